export { curve, type Curve, type CurveOptions } from "./curve";
export { featureMaps, type FeatureMapsOptions } from "./featureMaps";
export { filters, type FiltersOptions } from "./filters";
export { images, type ImagesOptions } from "./images";
