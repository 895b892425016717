import { onHost } from "../../devices/gpu/onHost";
import { indexSelectReference } from "./reference";

export const indexSelectGpu = onHost("indexSelect", indexSelectReference);
