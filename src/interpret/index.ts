/** What a network looks at and what it looks for, as `interpret`: numbers that views draw. */
export type { Baseline } from "./baseline";
export { featureVisualization, type FeatureVisualizationOptions } from "./featureVisualization";
export { gradCam, type GradCamOptions } from "./gradCam";
export { deconvolution, guidedBackprop } from "./guidedBackprop";
export { integratedGradients, type IntegratedGradientsOptions } from "./integratedGradients";
export type { Layer } from "./layer";
export { occlusion, type OcclusionOptions } from "./occlusion";
export { randomized } from "./randomized";
export { inputXGradient, saliency } from "./saliency";
export { smoothGrad, type SmoothGradOptions } from "./smoothGrad";
export type { Target, TargetOptions } from "./target";
export type { Inputs } from "../data/inputs";
export { topPatches, type TopPatches, type TopPatchesOptions } from "./topPatches";
