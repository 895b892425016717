import { nextStep, show } from "../arguments";
import { allocate, getDevice, type TypedArray } from "../devices/device";
import { DataError } from "../errors";
import { fromArray } from "../tensor/create";
import { showShape, sizeOf } from "../tensor/shape";
import { Tensor } from "../tensor/tensor";
import { Dataset, type Batch } from "./dataset";
import { toIndices, type Indices } from "./indices";

/**
 * A data set over tensors: item i is row i of each. Batches stay on the device and in the dtype of the tensors.
 * Shapes: [N,...] each -> items [...], batches [B,...].
 * @throws DataError if there is no tensor, a scalar among them, or their first dimensions differ
 * @see torch.utils.data.TensorDataset
 * @example
 * const data = new TensorDataset(images, labels);
 * const loader = new DataLoader(data, { batchSize: 16, shuffle: true });
 */
export class TensorDataset<T extends readonly Tensor[]> extends Dataset<T> {
  readonly tensors: T;
  readonly length: number;

  constructor(...tensors: T) {
    super();
    const other = tensors.findIndex((each: unknown) => !(each instanceof Tensor));
    if (other >= 0)
      throw new DataError(
        `TensorDataset: takes tensors, got ${show(tensors[other])}. ${nextStep(tensors[other], "Write tensor([...]).")}`,
      );
    const shapes = tensors.map(({ shape }) => shape);
    if (tensors.length === 0 || shapes.some((shape) => shape.length === 0 || shape[0] !== shapes[0][0]))
      throw new DataError(
        `TensorDataset: every tensor needs the same number of rows, got ` +
          `${shapes.map(showShape).join(", ") || "no tensor"}. The first dimension counts the items.`,
      );
    this.tensors = tensors;
    this.length = shapes[0][0];
  }

  override async get(index: number): Promise<T> {
    const rows = await this.batch([index]);
    return rows.map((row) => row.reshape(...row.shape.slice(1))) as unknown as T;
  }

  override async batch(given: Indices): Promise<Batch<T>> {
    const indices = toIndices("TensorDataset", given, this.length);
    const rows = this.tensors.map(async (t) => {
      const numbers = await getDevice(t.device).read(t.storage.memory);
      const shape = [indices.length, ...t.shape.slice(1)];
      return fromArray(gather(numbers, indices, t), shape, { device: t.device });
    });
    return (await Promise.all(rows)) as Batch<T>;
  }
}

function gather(numbers: TypedArray, indices: Int32Array, { dtype, shape }: Tensor): TypedArray {
  const size = sizeOf(shape.slice(1));
  const out = allocate(dtype, indices.length * size);
  indices.forEach((index, i) => out.set(numbers.subarray(index * size, (index + 1) * size), i * size));
  return out;
}
