import { onHost } from "../../devices/gpu/onHost";
import { catReference } from "./reference";

export const catGpu = onHost("cat", catReference);
