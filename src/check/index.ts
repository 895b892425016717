export { check } from "./check";
export { expect } from "./expect";
export type { CheckBody, CheckTools } from "./check";
export type { CheckOptions, PartOptions } from "./options";
export type { NetworkOptions } from "./network";
export type { CheckSummary } from "./summary";
export type { Tolerance, ToleranceOptions } from "./tolerance";
