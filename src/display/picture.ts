import { alone, paintView, pictureBundle, plotlyFigure, viewText, type Mark, type View } from "../marks";
import { askable } from "./inspect/askable";
import { DISPLAY, PLOTLY_MIME, RECEPTIVE_MIME, type Displayable, type MimeBundle } from "../protocol";

/** Letters of JSON that a view has at most; exact numbers are left out of a larger one. */
const LARGEST_VIEW = 1_000_000;

/** What `show.*` gives: a picture that a notebook draws when it is the value of a cell. It reads its tensor then. */
export class Picture implements Displayable {
  constructor(private readonly view: () => Promise<View>) {}

  /** The view for the extension, a static picture for programs without it, and text. */
  async [DISPLAY](): Promise<MimeBundle> {
    return viewBundle(await this.view());
  }
}

/** A view in every form that a program may know. A chart that stands alone is plotly's, whose MIME type is known more widely. */
export function viewBundle(view: View): MimeBundle {
  const only = alone(view);
  return {
    ...(only?.mark === "chart"
      ? { [PLOTLY_MIME]: plotlyFigure(only) }
      : { [RECEPTIVE_MIME]: askable(bounded(view), view) }),
    ...pictureBundle(paintView(view)),
    "text/plain": viewText(view),
  };
}

function bounded(view: View): View {
  const carries = view.marks.some((mark) => mark.mark === "grid" && mark.pixels.values !== undefined);
  if (!carries || JSON.stringify(view).length < LARGEST_VIEW) return view;
  return { ...view, marks: view.marks.map(withoutExact) };
}

function withoutExact(mark: Mark): Mark {
  if (mark.mark !== "grid") return mark;
  const pixels = { ...mark.pixels };
  delete pixels.values;
  return { ...mark, pixels };
}
