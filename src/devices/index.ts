import { cpuDevice } from "./cpu/device";
import { registerDevice } from "./device";
import { gpuDevice } from "./gpu/device";
import { referenceDevice } from "./reference/device";

for (const device of [referenceDevice, cpuDevice, gpuDevice]) registerDevice(device);
