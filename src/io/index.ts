/** Networks in files: weights (safetensors) and whole networks (ONNX). */
export { loadSafetensors } from "./safetensors/load";
export { saveSafetensors, type SaveSafetensorsOptions } from "./safetensors/save";
