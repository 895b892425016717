/** Whole networks in ONNX files. */
export { load } from "./load";
export type { OnnxNetwork } from "./network";
