import { show } from "../arguments";
import type { DeviceName } from "../devices/device";
import { DeviceError } from "../errors";
import { allOps } from "../ops";
import { conv2d } from "../ops/conv2d";
import { kernelSourceOf, type KernelSource } from "./kernelSource";

/**
 * The text of an op's kernels: on "gpu" the GPU.js functions and the WGSL they become, on "reference" plain loops. A
 * notebook colours it. `F.conv2d.kernelSource("gpu")` is short for `kernelSource("conv2d", "gpu")`.
 * @param op     the op's name: "conv2d", "softmax", "relu", ...
 * @param kernel one of the op's kernels, such as "forward"; default: all
 * @throws DeviceError if there is no such op or kernel, or the device is "cpu", whose kernels are WebAssembly
 * @example
 * console.log(String(kernelSource("relu", "gpu", "forward")));
 */
export function kernelSource(op: string, device: DeviceName = "gpu", kernel?: string): KernelSource {
  const found = allOps.find(({ definition }) => definition.name === op);
  if (!found)
    throw new DeviceError(
      `kernelSource: there is no op ${show(op)}. There are ${allOps.map(({ definition }) => definition.name).join(", ")}.`,
    );
  return kernelSourceOf(found, device, kernel);
}

declare module "../ops/conv2d" {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- what a function carries is declared as a namespace of its name
  namespace conv2d {
    /** The text of its kernels: on "gpu" the GPU.js functions and the WGSL they become, on "reference" plain loops. */
    let kernelSource: (device?: DeviceName, kernel?: string) => KernelSource;
  }
}

/** Gives `F.conv2d` its `kernelSource`. */
export function attachKernelSource(): void {
  conv2d.kernelSource = (device, kernel) => kernelSource("conv2d", device, kernel);
}
