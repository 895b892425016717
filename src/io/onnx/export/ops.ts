/** How each op is written down in ONNX: one line or function an op. */
import { stridesOf, type Shape } from "../../../tensor/shape";
import { activationWriters } from "./activations";
import { normWriters } from "./norms";
import { windowWriters } from "./windows";
import { plain, type Writer } from "./writer";

const alongDim =
  (opType: string): Writer =>
  (e, { inputs, options, output }) =>
    e.add(
      opType,
      inputs.map((input) => e.nameOf(input)),
      output,
      { axis: Number(options.dim) },
    );

const reduce =
  (opType: string): Writer =>
  (e, { inputs: [x], options, output }) => {
    const dim = Number(options.dim);
    if (dim === 0) e.fixedBatch = true;
    if (opType === "ReduceSum") e.add(opType, [e.nameOf(x), e.ints([dim])], output, { keepdims: 0 });
    else if (opType === "ArgMax") e.add(opType, [e.nameOf(x)], output, { axis: dim, keepdims: 0 });
    else e.add(opType, [e.nameOf(x)], output, { axes: [dim], keepdims: 0 });
  };

/** Lengths that stay in front are copied (0), so that the file takes any number of images. */
const reshape: Writer = (e, { inputs: [x], output }) => {
  const to = output.shape.map((length, d) => (d === 0 && length === x.shape[0] && length > 0 ? 0 : length));
  if (to[0] !== 0) e.fixedBatch = true;
  e.add("Reshape", [e.nameOf(x), e.ints(to)], output);
};

const pow: Writer = (e, { inputs: [x], options, output }) =>
  e.add("Pow", [e.nameOf(x), e.scalar(x, Number(options.p))], output);

/** transposed matrices are Gemm's business, others MatMul's. */
const matmul: Writer = (e, { inputs: [a, b], options, output }) => {
  const [transA, transB] = [Number(options.transposeA ?? false), Number(options.transposeB ?? false)];
  const names = [e.nameOf(a), e.nameOf(b)];
  if (transA || transB) e.add("Gemm", names, output, { transA, transB });
  else e.add("MatMul", names, output);
};

const linear: Writer = (e, { inputs, output }) =>
  e.add(
    "Gemm",
    inputs.map((input) => e.nameOf(input)),
    output,
    { transB: 1 },
  );

/** permute, slice or clone: told apart by where they read. */
const strided: Writer = (e, { inputs: [x], options, output }) => {
  const { strides, offset } = options as { strides: readonly number[]; offset: number };
  const own = stridesOf(x.shape);
  const name = e.nameOf(x);
  const order = permutation(x.shape, own, output.shape, strides);
  if (offset === 0 && order) {
    if (order[0] !== 0) e.fixedBatch = true;
    const same = order.every((d, i) => d === i);
    return same ? e.add("Identity", [name], output) : e.add("Transpose", [name], output, { perm: order });
  }
  const starts = own.map((stride, d) => (x.shape[d] > 0 ? Math.floor(offset / stride) % x.shape[d] : 0));
  const steps = strides.map((stride, d) => stride / own[d]);
  const fits = output.shape.length === x.shape.length && steps.every((step) => Number.isInteger(step) && step > 0);
  if (!fits) return e.lack("strided");
  const ends = starts.map((start, d) => start + (output.shape[d] - 1) * steps[d] + 1);
  const axes = x.shape.map((_, d) => d).filter((d) => d > 0 || output.shape[0] !== x.shape[0]);
  if (axes[0] === 0) e.fixedBatch = true;
  const lists = [starts, ends, axes, steps].map((list, i) => e.ints(i === 2 ? axes : axes.map((d) => list[d])));
  e.add("Slice", [name, ...lists], output);
};

/** The order of dimensions in which `strides` walks through all of x; null if it does something else. */
function permutation(shape: Shape, own: readonly number[], to: Shape, strides: readonly number[]): number[] | null {
  if (to.length !== shape.length) return null;
  const free = new Set(shape.keys());
  const order = to.map((length, i) => {
    const found = [...free].find((d) => shape[d] === length && (own[d] === strides[i] || length === 1)) ?? -1;
    free.delete(found);
    return found;
  });
  return order.includes(-1) ? null : order;
}

const indexSelect: Writer = (e, { inputs: [x], options, output }) => {
  const { dim, indices } = options as { dim: number; indices: readonly number[] };
  if (indices.includes(-1)) return e.lack("indexSelect with fill rows");
  e.add("Gather", [e.nameOf(x), e.ints(indices)], output, { axis: dim });
};

/** [left, right, top, bottom, ...] of the last dimensions as ONNX's [first of all, last of all]. */
const pad: Writer = (e, { inputs: [x], options, output }) => {
  const {
    pad: pairs,
    mode = "constant",
    value = 0,
  } = options as { pad: readonly number[]; mode?: string; value?: number };
  const rank = x.shape.length;
  const side = (which: number): number[] => x.shape.map((_, d) => pairs[2 * (rank - 1 - d) + which] ?? 0);
  const words = { constant: "constant", reflect: "reflect", replicate: "edge" }[mode] ?? mode;
  const names = [e.nameOf(x), e.ints([...side(0), ...side(1)]), ...(mode === "constant" ? [e.scalar(x, value)] : [])];
  e.add("Pad", names, output, { mode: words });
};

export const writers: Readonly<Record<string, Writer>> = {
  neg: plain("Neg"),
  exp: plain("Exp"),
  log: plain("Log"),
  sqrt: plain("Sqrt"),
  abs: plain("Abs"),
  pow,
  add: plain("Add"),
  sub: plain("Sub"),
  mul: plain("Mul"),
  div: plain("Div"),
  maximum: plain("Max"),
  sum: reduce("ReduceSum"),
  max: reduce("ReduceMax"),
  min: reduce("ReduceMin"),
  argmax: reduce("ArgMax"),
  reshape,
  strided,
  indexSelect,
  pad,
  cat: alongDim("Concat"),
  linear,
  matmul,
  batchMatmul: plain("MatMul"),
  softmax: alongDim("Softmax"),
  logSoftmax: alongDim("LogSoftmax"),
  ...normWriters,
  ...activationWriters,
  ...windowWriters,
};
