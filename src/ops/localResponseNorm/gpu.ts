import { onHost } from "../../devices/gpu/onHost";
import { localResponseNormReference } from "./reference";

export const localResponseNormGpu = onHost("localResponseNorm", localResponseNormReference, {
  forward: ["output", "base"],
});
