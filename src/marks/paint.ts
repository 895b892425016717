/** Views as static pictures and as text, for programs that do not know our MIME type. */
import { paintChart } from "./chart/paint";
import { chartText } from "./chart/words";
import { paintGrid } from "./grid/paint";
import { gridText } from "./grid/words";
import { PICTURE_WIDTH, stacked, type Picture } from "./kit/picture";
import { textPicture } from "./kit/raster";
import type { Mark, Marks, View } from "./view";

/** How a mark looks where nothing runs. Its own title and subtitle belong to it. */
export interface Painter<M> {
  picture(mark: M): Picture;
  /** Lines of plain text. */
  text(mark: M): string[];
}
export type Painters<All = Marks> = { [Name in keyof All]: Painter<All[Name]> };
const painters: Painters = {
  grid: { picture: paintGrid, text: gridText },
  chart: { picture: paintChart, text: chartText },
};

const painterOf = (mark: Mark): Painter<Mark> => painters[mark.mark];
const pictureOf = (mark: Mark): Picture => painterOf(mark).picture(mark);

/** A mark that stands alone, with the title of its view. */
export function alone({ title, subtitle, marks }: View): Mark | undefined {
  const [mark] = marks;
  return marks.length === 1 && !mark.title && !mark.subtitle ? { ...mark, title, subtitle } : undefined;
}

/** The marks below each other, with the title above them. */
export function paintView(view: View): Picture {
  const only = alone(view);
  if (only) return pictureOf(only);
  const { title, subtitle = "" } = view;
  const head = [
    { words: title, scale: 2 },
    { words: subtitle, scale: 1 },
  ].filter(({ words }) => words !== "");
  return stacked([...(head.length > 0 ? [textPicture(head, PICTURE_WIDTH)] : []), ...view.marks.map(pictureOf)], title);
}

/** The view in words. */
export function viewText(view: View): string {
  const only = alone(view);
  if (only) return painterOf(only).text(only).join("\n");
  const lines = [view.title, view.subtitle ?? "", ...view.marks.flatMap((mark) => painterOf(mark).text(mark))];
  return lines.filter(Boolean).join("\n");
}
