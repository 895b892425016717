import { matmulCpu } from "../matmul/cpu";
import type { BatchMatmulKernels } from "./kernels";
import { batchBy } from "./reference";

export const batchMatmulCpu: BatchMatmulKernels = batchBy(matmulCpu);
