import { onHost } from "../../devices/gpu/onHost";
import { unfoldReference } from "./reference";

export const unfoldGpu = onHost("unfold", unfoldReference);
