/** Other shapes over the same numbers, and shapes as numbers. */
import { DataError } from "../../../errors";
import { resolveDim } from "../../../tensor/shape";
import { fromArray } from "../../../tensor/create";
import { ints, listFrom, listOf, need, numbersOf } from "./host";
import { only, type Operator, type OperatorTable } from "./operator";

const reshape: Operator = {
  settings: [1],
  run(inputs, context) {
    const x = need(inputs, 0, context);
    const wanted = listFrom(inputs, 1, "shape", context) ?? [];
    const keepZeros = context.attributes.int("allowzero", 0) === 1;
    return x.reshape(...wanted.map((length, d) => (length === 0 && !keepZeros ? x.shape[d] : length)));
  },
};

const flatten = only((inputs, context) => {
  const x = need(inputs, 0, context);
  const axis = context.attributes.int("axis", 1);
  const at = axis < 0 ? axis + x.shape.length : axis;
  const rows = x.shape.slice(0, at).reduce((product, length) => product * length, 1);
  return x.reshape(
    rows,
    x.shape.slice(at).reduce((product, length) => product * length, 1),
  );
});

const squeeze: Operator = {
  settings: [1],
  run(inputs, context) {
    const x = need(inputs, 0, context);
    const axes = listFrom(inputs, 1, "axes", context)?.map((axis) => resolveDim(context.name, axis, x.shape.length));
    return x.reshape(...x.shape.filter((length, d) => (axes ? !axes.includes(d) : length !== 1)));
  },
};

const unsqueeze: Operator = {
  settings: [1],
  run(inputs, context) {
    const x = need(inputs, 0, context);
    const axes = listFrom(inputs, 1, "axes", context) ?? [];
    const rank = x.shape.length + axes.length;
    const places = axes.map((axis) => resolveDim(context.name, axis, rank)).sort((a, b) => a - b);
    const shape = [...x.shape];
    for (const place of places) shape.splice(place, 0, 1);
    return x.reshape(...shape);
  },
};

const transpose = only((inputs, context) => {
  const x = need(inputs, 0, context);
  return x.permute(...(context.attributes.ints("perm") ?? x.shape.map((_, d) => x.shape.length - 1 - d)));
});

const shape = only((inputs, context) => {
  const { shape: lengths } = need(inputs, 0, context);
  const { attributes } = context;
  return ints(lengths.slice(attributes.int("start", 0), attributes.has("end") ? attributes.int("end", 0) : undefined));
});

/** Blocks of channels become blocks of pixels, in one of two orders. */
const depthToSpace = only((inputs, context) => {
  const x = need(inputs, 0, context);
  const [N, C, H, W] = x.shape;
  const b = context.attributes.int("blocksize", 1);
  const [K, first] = [C / (b * b), context.attributes.text("mode", "DCR") === "DCR"];
  const blocks = first ? x.reshape(N, b, b, K, H, W) : x.reshape(N, K, b, b, H, W);
  return blocks.permute(...(first ? [0, 3, 4, 1, 5, 2] : [0, 1, 4, 2, 5, 3])).reshape(N, K, H * b, W * b);
});

const spaceToDepth = only((inputs, context) => {
  const x = need(inputs, 0, context);
  const [N, C, H, W] = x.shape;
  const b = context.attributes.int("blocksize", 1);
  const order = context.attributes.text("mode", "DCR") === "DCR" ? [0, 3, 5, 1, 2, 4] : [0, 1, 3, 5, 2, 4];
  return x
    .reshape(N, C, H / b, b, W / b, b)
    .permute(...order)
    .reshape(N, C * b * b, H / b, W / b);
});

const constant = only((_, context) => {
  const { attributes } = context;
  const value = attributes.tensor("value");
  if (value) return value;
  if (attributes.has("value_float")) return fromArray(Float32Array.of(attributes.float("value_float", 0)), []);
  if (attributes.has("value_int")) return ints([attributes.int("value_int", 0)], []);
  const floats = attributes.floats("value_floats");
  if (floats) return fromArray(Float32Array.from(floats), [floats.length]);
  const whole = attributes.ints("value_ints");
  if (whole) return ints(whole);
  throw new DataError(`onnx: ${context.name} holds no number or tensor. Export the model again.`);
});

const constantOfShape: Operator = {
  settings: [0],
  run(inputs, context) {
    const lengths = listOf(inputs, 0, context) ?? [];
    const size = lengths.reduce((product, length) => product * length, 1);
    const value = context.attributes.tensor("value");
    if (!value) return fromArray(new Float32Array(size), lengths);
    const numbers = numbersOf(value, context);
    const Kind = numbers.constructor as Float32ArrayConstructor;
    return fromArray(new Kind(size).fill(numbers[0]), lengths);
  },
};

export const shapes: OperatorTable = {
  Reshape: reshape,
  Flatten: flatten,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Transpose: transpose,
  Shape: shape,
  Size: only((inputs, context) => ints([need(inputs, 0, context).numel()], [])),
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
  Constant: constant,
  ConstantOfShape: constantOfShape,
};
