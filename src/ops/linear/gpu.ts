import { binaryGpu } from "../binary/gpu";
import { matmulGpu } from "../matmul/gpu";
import { linearBy } from "./composed";

export const linearGpu = linearBy(matmulGpu, binaryGpu);
