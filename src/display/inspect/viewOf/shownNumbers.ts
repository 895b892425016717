/** The numbers of an output, as the inspector shows them. */
import { columnsFor, packPlanes, type GridMark, type Mark, type View } from "../../../marks";
import { statisticsOf } from "../../statistics";
import type { GridNumbers, ShownNumbers } from "../shownNumbers";
import { ofFinite } from "./finite";
import { histogramMark } from "./histogram";

export function shownView(shown: ShownNumbers): View {
  const grids = shown.marks.filter((grid) => grid !== undefined);
  const marks = grids.flatMap((grid): Mark[] => [
    ...ofFinite([gridMark(grid)], grid.values),
    ...histogramMark(grid.values),
  ]);
  return { version: 2, title: "Output", subtitle: "the numbers as they were when it was drawn", marks };
}

function gridMark({ values, channels, height, width }: GridNumbers): GridMark {
  const { min, max, mean, finite } = statisticsOf(values);
  const range = (): [number, number] => finite;
  const planes = values.length / (height * width);
  const pixels = packPlanes({ values, planes, height, width }, { group: channels, exact: true, range });
  const count = pixels.planes / channels;
  return {
    mark: "grid",
    tile: channels === 3 ? "image" : "channel",
    scale: channels === 3 ? "rgb" : finite[0] < 0 ? "diverging" : "sequential",
    columns: columnsFor(count),
    labels: Array.from({ length: count }, (_, i) => `${i}`),
    pixels,
    statistics: { min, max, mean },
  };
}
