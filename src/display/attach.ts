import { getDevice } from "../devices/device";
import { Module } from "../nn/module";
import { DISPLAY, type MimeBundle } from "../protocol";
import { Summary } from "../summary/summary";
import { formatTensor } from "../tensor/format";
import { Tensor } from "../tensor/tensor";
import { ConfusionMatrix } from "../train/confusionMatrix";
import { History } from "../train/history";
import { watching } from "../train/watch";
import { attachDatasets } from "./datasets";
import { attachInspections } from "./inspect/attach";
import { layersView, summaryView } from "./layers";
import { viewBundle } from "./picture";
import { confusionMatrix } from "./show/confusionMatrix";
import { curves } from "./show/curves";
import { trainingOfFit } from "./show/training";
import { numbersOf } from "./tensors";

/** Teaches tensors, networks, data sets, histories and confusion matrices how they look as the value of a cell, and `fit` to be watched. */
export function attachDisplays(): void {
  watching.start = (net, _, options) => trainingOfFit(net, options);
  attachDatasets();
  attachInspections();
  define(Tensor, async function (this: Tensor) {
    // Its numbers, read when the cell ends.
    return { "text/plain": formatTensor(await numbersOf(this), this.shape, this) };
  });
  define(Module, async function (this: Module) {
    // Where machines differ, what the device is here is part of the answer: `net.to("gpu")` is where one asks.
    const devices: string[] = [];
    for (const name of new Set(this.parameters().map(({ device }) => device))) {
      const description = await getDevice(name).describe?.();
      if (description) devices.push(description.text);
    }
    // One layer alone says all of itself in a line.
    const table = this.children().length > 0 ? viewBundle(layersView(this, devices)) : {};
    return { ...table, "text/plain": [String(this), ...devices].join("\n") };
  });
  define(Summary, function (this: Summary) {
    return { ...viewBundle(summaryView(this)), "text/html": this.html(), "text/plain": this.toString() };
  });
  define(ConfusionMatrix, async function (this: ConfusionMatrix) {
    return confusionMatrix(this)[DISPLAY]();
  });
  define(History, async function (this: History) {
    return curves(this)[DISPLAY]();
  });
}

function define<T>(
  type: abstract new (...args: never[]) => T,
  value: (this: T) => MimeBundle | Promise<MimeBundle>,
): void {
  Object.defineProperty(type.prototype, DISPLAY, { configurable: true, value });
}
