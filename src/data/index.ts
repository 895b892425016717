export { DataLoader, type DataLoaderOptions } from "./dataLoader";
export { Dataset, type Batch, type Item } from "./dataset";
export { randomSplit, Subset } from "./subset";
export { TensorDataset } from "./tensorDataset";
export { yieldToEventLoop } from "./yield";
