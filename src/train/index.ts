export type { Batches } from "./batches";
export { fit, type EpochInfo, type FitOptions, type History, type StepInfo } from "./fit";
export * as metrics from "./metrics";
