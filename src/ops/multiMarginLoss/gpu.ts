import { onHost } from "../../devices/gpu/onHost";
import { multiMarginLossReference } from "./reference";

export const multiMarginLossGpu = onHost("multiMarginLoss", multiMarginLossReference);
