/** Sorting: positions in order, and what lies there. */
import { show } from "../../arguments";
import { ShapeError } from "../../errors";
import { checkOptions, type OptionNames } from "../../options";
import { around, resolveDimOrScalar, showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { cast } from "../cast";
import { defineOp } from "../define/defineOp";
import { gather } from "../gather";
import { argsortCpu } from "./cpu";
import type { ArgsortGeometry, ArgsortKernels } from "./kernels";
import { argsortReference } from "./reference";

/** Numbers, and where along the dimension they were, as int32. */
export interface ValuesAndIndices {
  values: Tensor;
  indices: Tensor;
}

export interface SortOptions {
  /** The largest first; default false. */
  descending?: boolean;
  /** Whether equal numbers stay in their order; they do in any case. */
  stable?: boolean;
}
const sortOptions: OptionNames<SortOptions> = { descending: true, stable: true };

export interface TopkOptions {
  /** Whether the largest are taken; default true, else the smallest. */
  largest?: boolean;
  /** Whether they come in order; they do in any case. */
  sorted?: boolean;
}
const topkOptions: OptionNames<TopkOptions> = { largest: true, sorted: true };

export const argsortOp = defineOp<
  ArgsortKernels,
  { dim: number; descending: boolean; count?: number },
  ArgsortGeometry
>({
  name: "argsort",
  inputNames: ["input"],
  shape([x], { dim, descending, count }) {
    const sizes = around(x.shape, dim);
    const outShape = x.shape.map((length, d) => (d === dim ? (count ?? length) : length));
    return { ...sizes, count: count ?? sizes.length, descending, outShape, outDType: "int32" };
  },
  forward: (k, [x], g) => k.argsort(x, g),
  backward: null,
  kernels: { reference: argsortReference, cpu: argsortCpu, gpu: argsortReference },
  samples: [
    { inputs: [[7]], fill: ["distinct"], options: { dim: 0, descending: false } },
    { inputs: [[3, 11]], fill: ["distinct"], options: { dim: 1, descending: true } },
    { inputs: [[2, 6, 3]], fill: ["distinct"], options: { dim: 1, descending: false, count: 2 } },
    { inputs: [[40]], fill: [{ classes: 5 }], options: { dim: 0, descending: true } },
  ],
});

/**
 * The positions that sort x along `dim`, as int32; NaN comes last (first if descending), equal numbers in their order.
 * Shape: as x.
 * @param dim default -1, the last one
 * @see torch.argsort
 */
export function argsort(x: Tensor, dim = -1, options: SortOptions = {}): Tensor {
  const { descending = false } = checkOptions("argsort", options, sortOptions, arguments, 2);
  return order("argsort", x, dim, descending);
}

function order(caller: string, x: Tensor, dim: number, descending: boolean, count?: number): Tensor {
  const d = resolveDimOrScalar(caller, dim, x.shape.length);
  return argsortOp([x.dtype === "bool" ? cast(x, "int32") : x], { dim: d, descending, count });
}

/**
 * The numbers of x in order along `dim`, and where they were. Shapes: as x.
 * @param dim default -1, the last one
 * @see torch.sort
 * @example
 * const { values, indices } = tensor([3, 1, 2]).sort(); // [1, 2, 3] and [1, 2, 0]
 */
export function sort(x: Tensor, dim = -1, options: SortOptions = {}): ValuesAndIndices {
  const { descending = false } = checkOptions("sort", options, sortOptions, arguments, 2);
  const indices = order("sort", x, dim, descending);
  return { values: gather(x, dim, indices), indices };
}

/**
 * The k largest (or smallest) numbers along `dim`, in order, and where they were. Shapes: [..,L,..] -> [..,k,..].
 * @param dim default -1, the last one
 * @throws ShapeError if there are fewer than k
 * @see torch.topk
 * @example
 * const { indices } = net(images).topk(5); // the five most probable classes of each image
 */
export function topk(x: Tensor, k: number, dim = -1, options: TopkOptions = {}): ValuesAndIndices {
  const { largest = true } = checkOptions("topk", options, topkOptions, arguments, 3);
  const length = x.shape[resolveDimOrScalar("topk", dim, x.shape.length)] ?? 1;
  if (!Number.isInteger(k) || k < 0 || k > length)
    throw new ShapeError(
      `topk: k must be a whole number from 0 to ${length}, got ${show(k)} (input ${showShape(x.shape)}). Ask for fewer.`,
    );
  const indices = order("topk", x, dim, largest, x.shape.length > 0 ? k : 1);
  return { values: gather(x, dim, indices), indices };
}
