import { onHost } from "../../devices/gpu/onHost";
import { batchNormReference } from "./reference";

export const batchNormGpu = onHost("batchNorm", batchNormReference, {
  stats: ["mean", "variance"],
  backward: ["x", "weight", "bias", "mean", "variance"],
});
