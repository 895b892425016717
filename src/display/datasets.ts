/** Data sets and loaders in one line: what they are, how many, and what an item is. Nothing is read or drawn for it. */
import { DataLoader } from "../data/dataLoader";
import { Dataset, type Item } from "../data/dataset";
import { Subset } from "../data/subset";
import { TensorDataset } from "../data/tensorDataset";
import { showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";

/** What `console.log` and Node's `inspect` call. */
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** Fields that data sets of images have; any other may lack them. */
interface ImageFields {
  readonly name?: unknown;
  readonly imageShape?: readonly number[];
  readonly classes?: readonly string[];
  readonly root?: unknown;
  readonly transform?: unknown;
}
type AnyDataset = Dataset<Item>;

/** Lets data sets and loaders be seen without their insides. */
export function attachDatasets(): void {
  define(Dataset.prototype, describeDataset);
  define(DataLoader.prototype, describeLoader);
}

function define<T extends object>(prototype: T, text: (self: T) => string): void {
  Object.defineProperty(prototype, INSPECT, {
    configurable: true,
    value(this: T) {
      return this === prototype ? `[${prototype.constructor.name}]` : text(this);
    },
  });
}

/** `MNIST: 60,000 items [image [1,28,28] float32, label of 10 classes]`. */
function describeDataset(dataset: AnyDataset): string {
  if (dataset instanceof Subset) {
    const whole: AnyDataset = (dataset as Subset<Item>).dataset;
    const part = `${count(dataset.length)} of the ${count(whole.length, "item")} of ${nameOf(whole)}`;
    return `${nameOf(dataset)}: ${part}${entries(whole, "item")}`;
  }
  const { root } = dataset as ImageFields;
  const place = typeof root === "string" ? ` below ${root}` : "";
  return `${nameOf(dataset)}: ${count(dataset.length, "item")}${place}${entries(dataset, "item")}`;
}

/** `DataLoader: 938 batches of 64 items of MNIST [images [64,1,28,28] float32, labels [64] int32], the last one of 32, shuffled (seed 0)`. */
function describeLoader(loader: DataLoader<Item>): string {
  const { batchSize, dropLast, length, seed } = loader;
  const dataset = loader.dataset;
  const rest = dataset.length % batchSize;
  const notes = [
    rest > 0 && !dropLast ? `, the last one of ${rest}` : "",
    rest > 0 && dropLast ? `, ${rest} left out` : "",
    loader.shuffle ? `, shuffled (seed ${seed})` : "",
  ];
  const batches = `${count(length, "batch", "batches")} of ${count(batchSize, "item")}`;
  const whole = dataset instanceof Subset ? `a ${nameOf(dataset)} of ${nameOf(baseOf(dataset))}` : nameOf(dataset);
  return `${nameOf(loader)}: ${batches} of ${whole}${entries(dataset, batchSize)}${notes.join("")}`;
}

/** What an item is made of, or a batch of so many; "" if that is known only to who reads one. */
function entries(dataset: AnyDataset, batch: number | "item"): string {
  const base = baseOf(dataset);
  const rows = (shape: readonly number[]): string => showShape(batch === "item" ? [...shape] : [batch, ...shape]);
  const plural = batch === "item" ? "" : "s";
  if (base instanceof TensorDataset) {
    const tensors = base.tensors as readonly Tensor[];
    return ` [${tensors.map(({ shape, dtype }) => `${rows(shape.slice(1))} ${dtype}`).join(", ")}]`;
  }
  const { imageShape, classes, transform } = base as ImageFields;
  if (!Array.isArray(classes)) return "";
  const shape = imageShape ? ` ${rows(imageShape)}` : "";
  const image = `image${plural}${shape} float32${transformName(transform)}`;
  const label = batch === "item" ? `label of ${count(classes.length, "class", "classes")}` : `labels ${rows([])} int32`;
  return ` [${image}, ${label}]`;
}

function transformName(transform: unknown): string {
  if (typeof transform !== "function") return "";
  const { name } = transform.constructor;
  return name === "Function" || name === "" ? ", then a transform" : `, then ${name}`;
}

function baseOf(dataset: AnyDataset): AnyDataset {
  return dataset instanceof Subset ? baseOf((dataset as Subset<Item>).dataset) : dataset;
}

function nameOf(object: object): string {
  const { name } = object as ImageFields;
  return typeof name === "string" && name !== "" ? name : object.constructor.name;
}

function count(n: number, one?: string, many = `${one}s`): string {
  const digits = n.toLocaleString("en-US");
  return one === undefined ? digits : `${digits} ${n === 1 ? one : many}`;
}
