import { DeviceError } from "../../errors";
import { type Device, type TypedArray } from "../device";
import { asGpuArray, GpuArray } from "./buffer";
import { describeGpu } from "./info";
import { referenceDevice } from "../reference/device";
import { launch } from "./launch";
import { onHost } from "./onHost";
import { gpuSetup } from "./setup";

function addBuffers(this: any, a: number[], b: number[]): number {
  return a[this.thread.x] + b[this.thread.x];
}

const host = onHost("sums of gradients of ops that are defined with onHost", { add: referenceDevice.add });

/** The graphics card through GPU.js, float32. Results are computed in their own time; `gpuInfo()` says where. */
export const gpuDevice: Device = {
  name: "gpu",
  dtypes: ["float32", "int32", "bool"],
  upload: (data) => new GpuArray(data),
  adapt: onHost,
  describe: describeGpu,
  announce: (memory, shape, dtype) => asGpuArray(memory).announce(shape, dtype),
  read(memory) {
    const numbers = asGpuArray(memory).read();
    return numbers instanceof Promise ? numbers.then(trusted) : numbers;
  },
  add(a, b) {
    const sized = [a, b].map(asGpuArray).find((array) => array.sizeIsKnown);
    return sized ? launch(addBuffers, { output: [sized.length] }, a, b) : host.add(a, b);
  },
};

/** @throws DeviceError if the GPU reported an error that it could not tie to one call, such as a lack of memory */
function trusted(numbers: TypedArray): TypedArray {
  const setup = gpuSetup();
  if (!(setup instanceof Promise) && setup.failure)
    throw new DeviceError(
      `gpu: the device reported "${setup.failure.split("\n")[0]}" (mode ${setup.mode}, ${setup.adapter}). ` +
        `Its numbers cannot be trusted: restart the kernel, with smaller batches or on device "cpu".`,
    );
  return numbers;
}
