import { onHost } from "../../devices/gpu/onHost";
import { reduceReference } from "./reference";

export const reduceGpu = onHost("reduce", reduceReference, { extreme: ["values", "positions"] });
