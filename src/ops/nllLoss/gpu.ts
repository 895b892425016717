import { onHost } from "../../devices/gpu/onHost";
import { nllLossReference } from "./reference";

export const nllLossGpu = onHost("nllLoss", nllLossReference);
