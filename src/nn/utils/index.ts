/** What a training loop does with parameters and their gradients. @see torch.nn.utils */
export { clipGradNorm, type ClipGradNormOptions } from "./clipGradNorm";
export { clipGradValue } from "./clipGradValue";
export { parametersToVector, vectorToParameters } from "./parametersToVector";
