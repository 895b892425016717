export type { Field, Sides } from "./field";
export { outputSize, type FittedSize, type OutputSizeOptions } from "./outputSize";
export { receptiveField, type LayerField, type ReceptiveFields } from "./receptiveField";
export { summary, type LayerSummary, type Summary } from "./summary";
