export { DataLoader, type DataLoaderOptions } from "./dataLoader";
export { Dataset, type Batch, type Entry, type Item } from "./dataset";
export type { Indices } from "./indices";
export { randomSplit, Subset } from "./subset";
export { TensorDataset } from "./tensorDataset";
export { yieldToEventLoop } from "../eventLoop";
