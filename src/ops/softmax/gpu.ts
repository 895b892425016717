import { onHost } from "../../devices/gpu/onHost";
import { softmaxReference } from "./reference";

export const softmaxGpu = onHost("softmax", softmaxReference);
