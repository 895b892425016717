import { describeGpu, gpuInfo } from "../devices/gpu/info";
import { Module } from "../nn/module";
import { DISPLAY, type MimeBundle } from "../protocol";
import { formatTensor } from "../tensor/format";
import { Tensor } from "../tensor/tensor";
import { attachDatasets } from "./datasets";
import { attachInspections } from "./inspect/attach";
import { numbersOf } from "./tensors";

/** Teaches tensors, networks and data sets how they look as the value of a cell. */
export function attachDisplays(): void {
  attachDatasets();
  attachInspections();
  define(Tensor, async function (this: Tensor) {
    // Its numbers, read when the cell ends.
    return { "text/plain": formatTensor(await numbersOf(this), this.shape, this) };
  });
  define(Module, async function (this: Module) {
    // On gpu, what computes there is part of the answer: `net.to("gpu")` is where one asks.
    const isOnGpu = this.parameters().some(({ device }) => device === "gpu");
    return { "text/plain": [String(this), ...(isOnGpu ? [describeGpu(await gpuInfo())] : [])].join("\n") };
  });
}

function define<T>(type: abstract new (...args: never[]) => T, value: (this: T) => Promise<MimeBundle>): void {
  Object.defineProperty(type.prototype, DISPLAY, { configurable: true, value });
}
