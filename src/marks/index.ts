/**
 * What can be drawn. Views are made of marks; each mark is a folder here, painted as a static picture and drawn in a page from
 * the same payload. The extension imports the parts that it needs, so that it carries no painter.
 */
export type { ChartEvent, ChartKind, ChartLine, ChartMark } from "./chart/payload";
export { plotlyFigure } from "./chart/figure";
export type { ColourScale, Frames, GridMark, GridStatistics, Overlay } from "./grid/payload";
export { movingAverage } from "./chart/smooth";
export { chartOfFigure, figureWords, traceTypes } from "./chart/ofFigure";
export type { HistogramCell, HistogramsMark, HistogramsStep } from "./histograms/payload";
export { MOST_CLASSES } from "./matrix/check";
export type { MatrixMark } from "./matrix/payload";
export type { DiagramMark, DiagramNode, DiagramScope, Family } from "./diagram/payload";
export type { EmbeddingMark } from "./embedding/payload";
export type { Card, ClassBar, GalleryMark } from "./gallery/payload";
export {
  answerFields,
  type Answers,
  type BoxAnswer,
  type ImageAnswer,
  type LayerAnswer,
  type PickKind,
  type PixelAnswer,
  type UnitAnswer,
} from "./kit/asked";
export { floatsToBase64 } from "./kit/base64";
export type { FieldMark, FieldPanel, FieldStep } from "./field/payload";
export type { FrameMark, FramesMark } from "./frames/payload";
export { columnsFor } from "./kit/layout";
export { drawnNumber, formatNumber } from "./kit/numbers";
export { MOST_BYTES, numbersBehind, packPlanes, type Planes } from "./kit/pack";
export type { PackedPixels } from "./kit/pixels";
export { pictureBundle } from "./kit/picture";
export { unusualWords } from "./kit/words";
export { explain } from "./network/arithmetic";
export { weightGradient } from "./network/arithmetic/weightGradient";
export { fits } from "./network/checkOperation";
export { packExplanation, packGradient } from "./network/packExplanation";
export type { Explanation } from "./network/explanation";
export { unitsOf } from "./network/network";
export type { Numbers, Operation, OperationName } from "./network/operation";
export type { NetworkMark, NetworkNode, PackedNumbers, PackedOperation } from "./network/payload";
export { alone, paintView, viewText } from "./paint";
export { isAnswer, pickedIn } from "./question/answers";
export { MOST_CHOICES, MOST_PICKS } from "./question/check";
export { canPick, misfit, offersOf, whyNot, type Offers } from "./question/offers";
export type { Answer, ChoiceQuestion, NumberQuestion, PickQuestion, QuestionMark } from "./question/payload";
export type { Cell, TableColumn, TableMark } from "./table/payload";
export { tableHtml } from "./table/words";
export { limits as sandboxLimits } from "./sandbox/fit";
export type { SandboxMark } from "./sandbox/payload";
export { partFor, type Axis } from "./steps/axis";
export type { ActivationSteps, ConvolutionSteps, PoolingSteps, SoftmaxSteps, StepsMark } from "./steps/payload";
export type { Control, Figure, Notice, RunState, TrainingMark } from "./training/payload";
export type { Mark, MarkName, Marks, View } from "./view";
