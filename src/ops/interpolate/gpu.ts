import { onHost } from "../../devices/gpu/onHost";
import { interpolateReference } from "./reference";

export const interpolateGpu = onHost("interpolate", interpolateReference);
