/** Outputs as the engine writes them: views of the marks' samples, and a saved notebook around them. */
import type { ChartMark, GridMark, Mark, View } from "../../src/marks";
import { plotlyFigure } from "../../src/marks/chart/figure";
import { samples as charts } from "../../src/marks/chart/samples";
import { samples as grids } from "../../src/marks/grid/samples";
import { PLOTLY_MIME, RECEPTIVE_MIME, type MimeBundle, type PlotlyFigure } from "../../src/protocol";

export interface GridView extends View {
  marks: [GridMark];
}
const gridView = (title: string, subtitle: string | undefined, grid: GridMark): GridView => ({
  ...{ version: 2, title, ...(subtitle === undefined ? {} : { subtitle }), marks: [grid] },
});

export const featureMaps = (): GridView =>
  gridView("Feature maps of conv1", "[1,6,24,24] float32 on cpu", grids.maps());
export const manyFeatureMaps = (): GridView =>
  gridView("Feature maps of layer2.0.conv1", "[1,64,12,12] float32 on cpu", grids.manyMaps());
export const filters = (): GridView => gridView("Filters of conv1", "[16,1,5,5] float32 on cpu", grids.filters());
export const detectors = (): GridView =>
  gridView("A diagonal and a vertical line detector", undefined, grids.detectors());
export const colourFilters = (): GridView =>
  gridView("Filters of conv1", "[6,3,5,5] float32 on cpu", grids.colourFilters());
export const images = (): GridView => gridView("A batch of CIFAR-10", "[8,3,32,32] float32", grids.images());
export const greyImages = (): GridView => gridView("Digits", undefined, grids.greyImages());

/** The figure of a chart of two lines. */
export const curve = (): PlotlyFigure => plotlyFigure({ ...charts.curves(), title: "Loss" });

/** A view of several marks. */
export const several = (marks: Mark[] = [grids.maps(), charts.curves(), grids.filters()]): View => ({
  ...{ version: 2, title: "What conv1 learnt", subtitle: "after 12,000 steps", marks },
});

/** {@link several} with these words wherever a reader sees words. */
export function wordedAs(words: string): View {
  const view = several();
  view.title = view.subtitle = words;
  for (const mark of view.marks) {
    mark.title = mark.subtitle = words;
    if (mark.mark === "grid") mark.labels = mark.labels.map(() => words);
    if (mark.mark === "chart") for (const line of mark.lines) line.name = words;
  }
  return view;
}
export const lossChart = (): ChartMark => charts.curves();

/** The bundle of a view as a cell's result; the picture stands for what other programs would show. */
export function outputOf(view: object, png?: string): MimeBundle {
  return { [RECEPTIVE_MIME]: view, "text/plain": "[a receptive view]", ...(png ? { "image/png": png } : {}) };
}

export function chartBundle(figure: PlotlyFigure): MimeBundle {
  return { [PLOTLY_MIME]: figure, "text/plain": "[a chart]" };
}

/**
 * A saved notebook with one cell per bundle, of a kernel that is installed nowhere; the language too, because Lab would start
 * another kernel of the same language.
 */
export function savedNotebook(cells: { source: string; bundle: MimeBundle }[]): string {
  return JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: "installed-nowhere", display_name: "Installed nowhere", language: "nowhere" },
      language_info: { name: "nowhere" },
    },
    cells: cells.map(({ source, bundle }, i) => ({
      cell_type: "code",
      id: `cell-${i}`,
      metadata: {},
      execution_count: i + 1,
      source,
      outputs: [{ output_type: "execute_result", execution_count: i + 1, metadata: {}, data: bundle }],
    })),
  });
}
