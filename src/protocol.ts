/**
 * The one file that engine, kernel and extension all read: MIME types, payloads, comm targets and the two symbols.
 * It imports nothing, and every payload is plain JSON, so that a saved notebook draws without a kernel.
 */

/** The ecosystem's MIME type for a plotly figure: `{data, layout, config?}`. Curves and bar charts use it. */
export const PLOTLY_MIME = "application/vnd.plotly.v1+json";
/** Our MIME type for grids of maps, filters and images, which are drawn on a canvas: a {@link View}. */
export const RECEPTIVE_MIME = "application/vnd.receptive.v1+json";

/** A value that has this method chooses its own MIME bundle. Deno's kernel and anywidget use the same symbol. */
export const DISPLAY: unique symbol = Symbol.for("Jupyter.display");
/** `globalThis[NOTEBOOK]` is the kernel's {@link NotebookHost}; absent when the engine runs in plain Node. */
export const NOTEBOOK: unique symbol = Symbol.for("receptive.notebook");

/** Comm target on which the extension asks the kernel about an object that is registered for inspection. */
export const INSPECT_TARGET = "receptive.inspect.v1";
/** Comm target that lists the notebook's variables: on opening, on request and after each cell. */
export const VARIABLES_TARGET = "receptive.variables.v1";

/** MIME type to data: a string, or a JSON value for `+json` types. Binary types (image/png) are base64 strings. */
export type MimeBundle = Record<string, unknown>;

/** A value that knows how it looks in a notebook. */
export interface Displayable {
  [DISPLAY](): MimeBundle | Promise<MimeBundle>;
}

/** What the kernel offers the engine. The engine works without it; then nothing is drawn. */
export interface NotebookHost {
  /**
   * Shows a bundle below the running cell. With a `displayId`, `update: true` replaces every output of that id in place.
   */
  display(bundle: MimeBundle, options?: { displayId?: string; update?: boolean }): void;
  /** Answers requests of the extension about `id` until {@link unregister}; a second call with the same id replaces the first. */
  register(id: string, answer: InspectHandler): void;
  unregister(id: string): void;
  /** Throws if the user has stopped the running code. The engine calls it before each op and each batch. */
  checkInterrupt(): void;
  /** How often running code was cut off without its `finally` blocks: state that they would have restored is wrong. */
  readonly breaks: number;
}

/** Answers one question about a registered object. Large numbers travel as Float32 in `buffers`, never as JSON. */
export type InspectHandler = (question: InspectQuestion) => InspectAnswer | Promise<InspectAnswer>;

/** What the extension asks; `ask` names the question, the other fields are its arguments. */
export interface InspectQuestion {
  ask: string;
  [argument: string]: unknown;
}
export interface InspectAnswer {
  content: Record<string, unknown>;
  buffers?: ArrayBufferView[];
}

/** Comm message, extension to kernel. `request` is chosen by the extension and comes back in the one reply. */
export interface InspectRequestMessage {
  request: number;
  id: string;
  question: InspectQuestion;
}
/** Comm message, kernel to extension. Exactly one of `content` and `error` is there. */
export interface InspectReplyMessage {
  request: number;
  content?: Record<string, unknown>;
  /** One line: what is wrong and the next step. */
  error?: string;
}

/** Comm message, kernel to extension, on {@link VARIABLES_TARGET}; with the number of the request it answers, if any. */
export interface VariablesMessage {
  request?: number;
  variables: { name: string; type: string; size: string; preview: string }[];
}

/** How numbers become colours. `diverging` has its middle fixed at zero; `rgb` shows three channels as they are. */
export type ColourScale = "sequential" | "diverging" | "rgb";

/**
 * Pixels in one byte each: `value = min + byte * (max - min) / 255`, row by row, planes one after another.
 * At most 64 KiB of bytes a view, so that a notebook stays small; a larger tensor is down-sampled and says so.
 */
export interface PackedPixels {
  /** Planes, rows, columns. A tile of an `rgb` view takes three planes, any other takes one. */
  planes: number;
  height: number;
  width: number;
  /** base64 of planes * height * width bytes. */
  bytes: string;
  /** The values of byte 0 and byte 255, one pair a plane or one for all. */
  ranges: [min: number, max: number][];
  /** Present if the pixels were made smaller to fit: the size before. */
  reducedFrom?: { planes: number; height: number; width: number };
}

/** What all grids have in common; one tile per map, filter or image. */
export interface GridView {
  version: 1;
  title: string;
  /** One line below the title: shape, device, dtype. */
  subtitle?: string;
  scale: ColourScale;
  /** How many tiles a row; the renderer may use fewer on a narrow page. */
  columns: number;
  /** A word below each tile: "channel 3", "cat". */
  labels: string[];
  pixels: PackedPixels;
  /** Exact statistics of the numbers before they became bytes. */
  statistics: { min: number; max: number; mean: number };
}
/** Activations of one image: a tile per channel. */
export interface FeatureMapsView extends GridView {
  view: "featureMaps";
}
/** Weights of a convolution: a tile per filter (three input channels as colour) or per filter and input channel. */
export interface FiltersView extends GridView {
  view: "filters";
}
/** Images of a batch with their labels. */
export interface ImagesView extends GridView {
  view: "images";
}
/** The payload of {@link RECEPTIVE_MIME}. */
export type View = FeatureMapsView | FiltersView | ImagesView;

/** The payload of {@link PLOTLY_MIME}: handed to plotly as it is. */
export interface PlotlyFigure {
  data: Record<string, unknown>[];
  layout: Record<string, unknown>;
  config?: Record<string, unknown>;
}
