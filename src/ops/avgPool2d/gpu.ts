import { onHost } from "../../devices/gpu/onHost";
import { avgPool2dReference } from "./reference";

export const avgPool2dGpu = onHost("avgPool2d", avgPool2dReference);
