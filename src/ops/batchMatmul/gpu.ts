import { onHost } from "../../devices/gpu/onHost";
import { batchMatmulReference } from "./reference";

export const batchMatmulGpu = onHost("batchMatmul", batchMatmulReference);
