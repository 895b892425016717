/** What a page imports to compare device gpu with the reference on every op's samples. */
export { compareSamples } from "../../devices/gpuSamples";
export { gpuInfo, useGpu } from "../../../src/devices/gpu/info";
