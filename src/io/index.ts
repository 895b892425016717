/** Networks in files: checkpoints of a training, weights (safetensors), whole networks (ONNX), ConvNetJS's snapshots, Python. */
export { load } from "./checkpoint/load";
export { save } from "./checkpoint/save";
export { fromConvNetJS } from "./convNetJS";
export { readImage, type ReadImageOptions } from "./image/readImage";
export type { ImageReadMode } from "./image/pixels";
export * as onnx from "./onnx";
export { loadSafetensors } from "./safetensors/load";
export { saveSafetensors, type SaveSafetensorsOptions } from "./safetensors/save";
export { toPyTorch } from "./pytorch";
