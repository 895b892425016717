/** Whole networks in ONNX files. */
export { exportOnnx as export } from "./export";
export { load } from "./load";
export type { OnnxNetwork } from "./network";
