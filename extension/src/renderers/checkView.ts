/** Is this payload one that we can draw? A notebook may come from a newer Receptive, or from a text editor. No DOM here. */
import { RECEPTIVE_MIME, type ColourScale, type View } from "../../../src/protocol";
import { views } from "../views";

const scales: ColourScale[] = ["sequential", "diverging", "rgb"];

/** The view, or one line that says what is wrong with it and the next step. */
export function checkView(data: unknown): View | string {
  if (!isRecord(data)) return wrong("holds no object", "Run the cell again.");
  const { view, version, scale, labels, pixels, statistics } = data;
  const name = `view "${String(view)}"`;
  if (typeof view !== "string" || !Object.prototype.hasOwnProperty.call(views, view)) {
    return wrong(`has ${name}, known are ${Object.keys(views).join(", ")}`, "Update @receptive/jupyterlab.");
  }
  if (version !== 1) {
    return wrong(`has ${name} in version ${String(version)}, known is version 1`, "Update @receptive/jupyterlab.");
  }
  if (!scales.includes(scale as ColourScale)) {
    return wrong(
      `has colour scale "${String(scale)}", known are ${scales.join(", ")}`,
      "Update @receptive/jupyterlab.",
    );
  }
  const problem =
    (typeof data.title !== "string" && "title") ||
    (!isCount(data.columns) && "columns") ||
    (!(Array.isArray(labels) && labels.every((label) => typeof label === "string")) && "labels") ||
    (!(isRecord(statistics) && ["min", "max", "mean"].every((key) => isStatistic(statistics[key]))) && "statistics") ||
    (isRecord(pixels) ? wrongPixels(pixels, scale === "rgb" ? 3 : 1) : "pixels");
  return problem ? wrong(`has ${name} with unreadable ${problem}`, "Run the cell again.") : (data as unknown as View);
}

function wrongPixels(pixels: Record<string, unknown>, channels: number): string | false {
  const { planes, height, width, bytes, ranges } = pixels;
  if (!isCount(planes) || planes % channels !== 0 || !isCount(height) || !isCount(width)) return "pixel sizes";
  if (typeof bytes !== "string") return "pixel bytes";
  const isRange = (range: unknown) =>
    Array.isArray(range) && range.length === 2 && range.every((end) => Number.isFinite(end));
  const fits = Array.isArray(ranges) && (ranges.length === 1 || ranges.length === planes);
  return fits && ranges.every(isRange) ? false : "pixel ranges";
}

function wrong(what: string, next: string): string {
  return `${RECEPTIVE_MIME}: this output ${what}. ${next}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** JSON has no NaN: a tensor with one has null statistics, and just then its maps must still draw. */
function isStatistic(value: unknown): boolean {
  return typeof value === "number" || value === null;
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) > 0;
}
