/** Networks in files: weights (safetensors) and whole networks (ONNX). */
export * as onnx from "./onnx";
export { loadSafetensors } from "./safetensors/load";
export { saveSafetensors, type SaveSafetensorsOptions } from "./safetensors/save";
