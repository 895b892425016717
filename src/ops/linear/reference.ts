import { binaryReference } from "../binary/reference";
import { matmulReference } from "../matmul/reference";
import { linearBy } from "./composed";

export const linearReference = linearBy(matmulReference, binaryReference);
