/** MIME types, and how a value chooses its own bundle. */
/** The ecosystem's MIME type for a plotly figure: `{data, layout, config?}`. Curves and bar charts use it. */
export const PLOTLY_MIME = "application/vnd.plotly.v1+json";
/** Our MIME type for views, which are made of marks: the `View` of src/marks. */
export const RECEPTIVE_MIME = "application/vnd.receptive.v1+json";

/** A value that has this method chooses its own MIME bundle. Deno's kernel and anywidget use the same symbol. */
export const DISPLAY: unique symbol = Symbol.for("Jupyter.display");
/** MIME type to data: a string, or a JSON value for `+json` types. Binary types (image/png) are base64 strings. */
export type MimeBundle = Record<string, unknown>;

/** A value that knows how it looks in a notebook. */
export interface Displayable {
  [DISPLAY](): MimeBundle | Promise<MimeBundle>;
  /**
   * Whether the method does what was asked for, as of a picture that runs a network first: a cell that ends with the value fails
   * with the method's error. Default false: the error is said, and the value is shown as text.
   */
  readonly displayIsWork?: boolean;
}

/** The payload of {@link PLOTLY_MIME}: handed to plotly as it is. */
export interface PlotlyFigure {
  data: Record<string, unknown>[];
  layout: Record<string, unknown>;
  config?: Record<string, unknown>;
}
