import { onHost } from "../../devices/gpu/onHost";
import { oneHotReference } from "./reference";

export const oneHotGpu = onHost("oneHot", oneHotReference);
