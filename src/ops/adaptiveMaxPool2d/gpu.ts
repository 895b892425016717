import { onHost } from "../../devices/gpu/onHost";
import { adaptiveMaxPool2dReference } from "./reference";

export const adaptiveMaxPool2dGpu = onHost("adaptiveMaxPool2d", adaptiveMaxPool2dReference, {
  forward: ["output", "positions"],
});
