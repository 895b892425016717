import { onHost } from "../../devices/gpu/onHost";
import { padReference } from "./reference";

export const padGpu = onHost("pad", padReference);
