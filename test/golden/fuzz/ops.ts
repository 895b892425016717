/** Random cases of all ops with what device cpu makes of them, for PyTorch to judge. */
import type { DType, TypedArray } from "../../../src/devices/device";
import { isFloat } from "../../../src/devices/device";
import { fromArray } from "../../../src/tensor/create";
import type { Random } from "../../../src/tensor/random";
import type { Tensor } from "../../../src/tensor/tensor";
import { changedSample, fuzzedOps, isRefusal } from "../../fuzz/ops";
import { sampleInputs, weightsFor } from "../../support/samples";
import { sizeOf } from "../../../src/tensor/shape";

/** How an input of an op is seen through its leaf: what PyTorch gives as a view that is not contiguous. */
export type ViewStep =
  | { kind: "permute"; dims: number[] }
  | { kind: "slice"; dim: number; start: number; end: number; step: number }
  | { kind: "flip"; dims: number[] };

interface Given {
  shape: readonly number[];
  dtype: DType;
  requiresGrad: boolean;
  data: unknown[];
  views: ViewStep[];
}

export interface OpRow {
  op: string;
  index: number;
  differentiable: boolean;
  options: unknown;
  inputs: Given[];
  weights: number[];
  ours: { shape: readonly number[]; output: unknown[]; grads: (unknown[] | null)[] };
}

/** Numbers as JSON has them: what is no ordinary number as a string. */
const plain = (numbers: ArrayLike<number>): unknown[] =>
  Array.from(numbers, (value) => (Number.isFinite(value) ? value : String(value)));

/** A leaf and steps that lead from it to a tensor of these numbers and this shape. */
function behindViews(input: Tensor, numbers: TypedArray, random: Random): { leaf: Tensor; views: ViewStep[] } {
  let leaf = fromArray(numbers, input.shape);
  const views: ViewStep[] = [];
  // Backwards: the last step first, each undone on the leaf.
  if (input.shape.length > 0 && isFloat(input.dtype) && random.int(2)) {
    const kind = random.int(3);
    const rank = input.shape.length;
    if (kind === 0) {
      const dims = [...random.permutation(rank)];
      const back = dims.map((_, d) => dims.indexOf(d));
      leaf = leaf.permute(...back);
      views.push({ kind: "permute", dims });
    } else if (kind === 1) {
      const dims = [random.int(rank)];
      leaf = leaf.flip(dims);
      views.push({ kind: "flip", dims });
    } else {
      const dim = random.int(rank);
      const [before, after] = [random.int(3), random.int(3)];
      const pad = new Array<number>(2 * rank).fill(0);
      [pad[2 * (rank - 1 - dim)], pad[2 * (rank - 1 - dim) + 1]] = [before, after];
      leaf = leaf.pad(pad, { value: 0.5 });
      views.push({ kind: "slice", dim, start: before, end: before + input.shape[dim], step: 1 });
    }
  }
  const own = leaf.detach();
  own.requiresGrad = input.requiresGrad;
  return { leaf: own, views };
}

function seen(leaf: Tensor, views: readonly ViewStep[]): Tensor {
  return views.reduce((x, view) => {
    if (view.kind === "permute") return x.permute(...view.dims);
    if (view.kind === "flip") return x.flip(view.dims);
    return x.slice(view.dim, view.start, view.end, view.step);
  }, leaf);
}

/** `count` rows, the same number of each op as near as ops accept what is drawn. */
export async function opRows(count: number, random: Random): Promise<OpRow[]> {
  const rows: OpRow[] = [];
  const each = Math.ceil(count / fuzzedOps.length);
  for (const op of fuzzedOps)
    for (let made = 0, tries = 0; made < each && tries < 60 * each; tries++) {
      const row = await opRow(op, random, rows.length);
      if (!row) continue;
      rows.push(row);
      made++;
    }
  return rows;
}

async function opRow(op: (typeof fuzzedOps)[number], random: Random, index: number): Promise<OpRow | null> {
  const { name, samples, backward } = op.definition;
  const sample = changedSample(samples[random.int(samples.length)], random);
  if (sample.inputs.reduce((sum, shape) => sum + sizeOf(shape), 0) > 2000) return null;
  const drawn = sampleInputs(sample, "cpu", "float32", random.int(2 ** 31));
  const numbers = await Promise.all(drawn.map((input) => input.data()));
  const parts = drawn.map((input, i) => behindViews(input, numbers[i], random));
  let output: Tensor;
  try {
    output = op(
      parts.map(({ leaf, views }) => seen(leaf, views)),
      sample.options as never,
    );
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
  const weights = Float32Array.from(weightsFor(output.numel()));
  const differentiable = backward !== null && output.requiresGrad;
  if (differentiable) output.mul(fromArray(weights, output.shape)).sum().backward();
  return {
    op: name,
    index,
    differentiable,
    options: JSON.parse(
      JSON.stringify(sample.options ?? {}, (_, value: unknown) => (value === Infinity ? "inf" : value)),
    ) as unknown,
    inputs: await Promise.all(
      parts.map(async ({ leaf, views }) => ({
        shape: leaf.shape,
        dtype: leaf.dtype,
        requiresGrad: leaf.requiresGrad,
        data: plain(await leaf.data()),
        views,
      })),
    ),
    weights: Array.from(weights),
    ours: {
      shape: output.shape,
      output: plain(await output.data()),
      grads: await Promise.all(parts.map(async ({ leaf }) => (leaf.grad ? plain(await leaf.grad.data()) : null))),
    },
  };
}
