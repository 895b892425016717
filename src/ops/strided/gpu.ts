import { onHost } from "../../devices/gpu/onHost";
import { stridedReference } from "./reference";

export const stridedGpu = onHost("strided", stridedReference);
