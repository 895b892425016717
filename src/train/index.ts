export type { Batches } from "./batches";
export { fit, type FitOptions } from "./fit";
export type { EpochInfo, History, StepInfo } from "./history";
export * as metrics from "./metrics";
