import { onHost } from "../../devices/gpu/onHost";
import { batchMatmulCpu } from "./cpu";

export const batchMatmulGpu = onHost("batchMatmul", batchMatmulCpu);
