import { numbersBehind, type Mark, type View } from "../../marks";
import { inspected } from "./registry";
import { ShownNumbers, type GridNumbers } from "./shownNumbers";

/**
 * The view with the id under which the kernel is asked for the numbers that its grids leave out; as it is, if it leaves out
 * none or there is no notebook.
 * @param made the view as it was made, from whose pixels nothing was taken away
 * @param keep keeps the numbers and gives their id; default: as what views have shown, within a budget
 */
export function askable(
  view: View,
  made: View,
  keep: (shown: ShownNumbers) => string | undefined = (shown) => inspected.keep(shown, shown.bytes),
): View {
  const marks = view.marks.map((mark, i) => leftOut(mark, made.marks[i]));
  if (marks.every((grid) => grid === undefined)) return view;
  const inspect = keep(new ShownNumbers(marks));
  return inspect === undefined ? view : { ...view, inspect };
}

function leftOut(mark: Mark, made: Mark): GridNumbers | undefined {
  if (mark.mark !== "grid" || made.mark !== "grid" || mark.pixels.values !== undefined) return undefined;
  const values = numbersBehind(made.pixels);
  const { height, width } = mark.pixels;
  return values && { values, channels: mark.scale === "rgb" ? 3 : 1, height, width };
}
