export { CosineAnnealingLR } from "./cosineAnnealingLR";
export { ExponentialLR } from "./exponentialLR";
export { LambdaLR } from "./lambdaLR";
export { LRScheduler, type Schedulable } from "./lrScheduler";
export { MultiStepLR } from "./multiStepLR";
export { ReduceLROnPlateau, type ReduceLROnPlateauOptions } from "./reduceLROnPlateau";
export type { SchedulerState } from "./stateDict";
export { StepLR } from "./stepLR";
