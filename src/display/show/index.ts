/** Every view, in the order of the gallery. */
// The network and what runs in it.
export { network, type NetworkOptions } from "./network";
export { graph, type GraphOptions } from "./graph";
export { receptiveField, type ReceptiveFieldOptions } from "./receptiveField";
export { featureMaps, type FeatureMapsOptions, type LayerMapsOptions } from "./featureMaps";
export { filters, type FiltersOptions } from "./filters";
export { compare, type Compared, type CompareOptions } from "./compare";

// One layer, step by step.
export { convolution, type ConvolutionOptions } from "./convolution";
export { pooling, type PoolingOptions } from "./pooling";
export { activation, type ActivationOptions } from "./activation";
export { softmax, type SoftmaxOptions } from "./softmax";
export { sandbox, type SandboxOptions } from "./sandbox";
export { batchNorm, type BatchNormViewOptions } from "./batchNorm";
export { dropout, type DropoutViewOptions } from "./dropout";

// Training.
export {
  training,
  type RunEvent,
  type TrainingOptimizer,
  type TrainingOptions,
  type TrainingRun,
  type TrainingView,
} from "./training";
export { curve, type Curve, type CurveOptions } from "./curve";
export { curves, type CurvesOptions, type Run } from "./curves";
export { histograms, type HistogramsOptions } from "./histograms";

// What it has learnt.
export { predictions, type PredictionsOptions } from "./predictions";
export { confusionMatrix, type ConfusionMatrixOptions } from "./confusionMatrix";
export { perClass, type PerClassOptions } from "./perClass";
export { embedding, type EmbeddingOptions } from "./embedding";

// What it looks at.
export { saliency, type SaliencyViewOptions } from "./saliency";
export { inputXGradient, type InputXGradientViewOptions } from "./inputXGradient";
export { integratedGradients, type IntegratedGradientsViewOptions } from "./integratedGradients";
export { smoothGrad, type SmoothGradViewOptions } from "./smoothGrad";
export { guidedBackprop, type GuidedBackpropViewOptions } from "./guidedBackprop";
export { deconvolution, type DeconvolutionViewOptions } from "./deconvolution";
export { gradCam, type GradCamViewOptions } from "./gradCam";
export { occlusion, type OcclusionViewOptions } from "./occlusion";
export { topPatches, type TopPatchesViewOptions } from "./topPatches";
export { featureVisualization, type FeatureVisualizationViewOptions } from "./featureVisualization";

// Questions.
export { ask, type AskOptions } from "./ask";
export { quiz, type ChoiceOptions, type NumberOptions } from "./quiz";
export type { Answers, BoxAnswer, ImageAnswer, LayerAnswer, PickKind, PixelAnswer, UnitAnswer } from "./ask";

// Data and numbers.
export { images, type ImagesOptions } from "./images";
export { augmentations, type AugmentationsOptions } from "./augmentations";
export { table, type TableOptions } from "./table";
export { plot, type PlotOptions } from "./plot";
export { plotly, type Figure } from "./plotly";
