/** A notebook of saved outputs: one of each kind, and some that cannot be read. */
import type { Page } from "playwright-core";
import type { MimeBundle } from "../../../src/protocol";
import {
  chartBundle,
  colourFilters,
  curve,
  detectors,
  featureMaps,
  filters,
  greyImages,
  images,
  outputOf,
  several,
  type GridView,
} from "../../support/payloads";

/** One black pixel. */
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
export const VIEWS = {
  images: images(),
  featureMaps: featureMaps(),
  filters: filters(),
  colourFilters: colourFilters(),
};
export const GREY = greyImages();
export const BY_HAND = detectors();
/** The views in the order of their cells. */
export const ORDER: GridView[] = [VIEWS.images, VIEWS.featureMaps, VIEWS.filters, VIEWS.colourFilters, GREY, BY_HAND];
/** The cell of the chart. */
export const CHART = ORDER.length;

function cutOff(): GridView {
  const view = images();
  view.marks[0].pixels.bytes = "AAAA";
  return view;
}

export const cells = [
  ...ORDER.map((view) => ({ source: `show.${view.marks[0].tile}s(net)`, bundle: outputOf(view) })),
  { source: "history.plot()", bundle: chartBundle(curve()) },
  { source: "gradCam", bundle: outputOf({ ...images(), marks: [{ mark: "overlay" }] }, PNG) },
  { source: "tomorrow", bundle: outputOf({ ...images(), version: 3 }) },
  { source: "cut off", bundle: outputOf(cutOff()) },
  { source: "several", bundle: outputOf(several()) },
];

/** Gives a cell's output another bundle, as a kernel does with update_display_data. */
export async function update(page: Page, cell: number, bundle: MimeBundle): Promise<void> {
  const data = JSON.stringify({ output_type: "execute_result", execution_count: 1, metadata: {}, data: bundle });
  await page.evaluate(`window.jupyterapp.shell.currentWidget.content.widgets[${cell}].model.outputs.set(0, ${data})`);
}
