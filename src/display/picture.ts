import {
  alone,
  paintView,
  pictureBundle,
  plotlyFigure,
  tableHtml,
  viewText,
  type Mark,
  type PackedPixels,
  type ChartMark,
  type View,
} from "../marks";
import { askable } from "./inspect/askable";
import { DISPLAY, PLOTLY_MIME, RECEPTIVE_MIME, type Displayable, type MimeBundle } from "../protocol";

/** Letters of JSON that a view has at most; exact numbers are left out of a larger one. */
const LARGEST_VIEW = 1_000_000;

/** What `show.*` gives: a picture that a notebook draws when it is the value of a cell. It reads its tensor then. */
export class Picture implements Displayable {
  /** @internal With all numbers, however many. */
  readonly view: () => Promise<View>;
  /** A network that is shown runs only now: its error belongs to the cell. */
  readonly displayIsWork = true;

  constructor(view: () => Promise<View>) {
    this.view = view;
  }

  /** The view for the extension, a static picture for programs without it, and text. */
  async [DISPLAY](): Promise<MimeBundle> {
    return viewBundle(await this.view());
  }
}

/**
 * A view in every form that a program may know. A chart of lines that stands alone is plotly's, whose MIME type is known more
 * widely, unless the reader may change more of it than plotly lets.
 */
export function viewBundle(view: View): MimeBundle {
  const only = alone(view);
  return {
    ...(only?.mark === "chart" && isPlain(only)
      ? { [PLOTLY_MIME]: plotlyFigure(only) }
      : { [RECEPTIVE_MIME]: askable(bounded(view), view) }),
    ...(only?.mark === "table" ? { "text/html": tableHtml(only) } : {}),
    ...pictureBundle(paintView(view)),
    "text/plain": viewText(view),
  };
}

/** Lines over two axes, of which the reader need not change more than plotly lets. */
const isPlain = ({ logX, logY, smoothing, y2, categories, lines }: ChartMark): boolean =>
  [logX, logY, smoothing, y2, categories].every((more) => more === undefined) &&
  lines.every(({ kind = "line" }) => kind === "line");

/** The view without its exact numbers, if those make it too large. */
export function bounded(view: View): View {
  const carries = view.marks.some(
    (mark) => mark.mark === "grid" && (mark.pixels.values !== undefined || mark.over?.pixels.values !== undefined),
  );
  if (!carries || JSON.stringify(view).length < LARGEST_VIEW) return view;
  return { ...view, marks: view.marks.map(withoutExact) };
}

function withoutExact(mark: Mark): Mark {
  if (mark.mark !== "grid") return mark;
  const without = (packed: PackedPixels): PackedPixels => {
    const pixels = { ...packed };
    delete pixels.values;
    return pixels;
  };
  const over = mark.over && { over: { ...mark.over, pixels: without(mark.over.pixels) } };
  return { ...mark, pixels: without(mark.pixels), ...over };
}
