export { bagOfVisualWords, BagOfVisualWords, type BagOfVisualWordsOptions } from "./bagOfVisualWords";
export { colorHistogram, type ColorHistogramOptions } from "./colorHistogram";
export { hog, type HogOptions } from "./hog";
export { KNearestNeighbor } from "./kNearestNeighbor";
export { LinearClassifier, type LinearClassifierOptions } from "./linearClassifier";
