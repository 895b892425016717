/** Upsample and Resize: nearest neighbours, linear and cubic interpolation, one dimension after another. */
import { DataError } from "../../../errors";
import { indexSelect } from "../../../ops";
import { resolveDim } from "../../../tensor/shape";
import type { Tensor } from "../../../tensor/tensor";
import { constantLike, listOf, need } from "./host";
import type { NodeContext, NodeInputs, Operator, OperatorTable } from "./operator";

interface Line {
  length: number;
  count: number;
  scale: number;
}

/** Where result `i` lies on the line of the input. */
const places: Record<string, (i: number, line: Line) => number> = {
  half_pixel: (i, { scale }) => (i + 0.5) / scale - 0.5,
  half_pixel_symmetric: (i, { length, count, scale }) =>
    (length / 2) * (1 - count / (length * scale)) + (i + 0.5) / scale - 0.5,
  pytorch_half_pixel: (i, { count, scale }) => (count > 1 ? (i + 0.5) / scale - 0.5 : 0),
  align_corners: (i, { length, count }) => (count > 1 ? (i * (length - 1)) / (count - 1) : 0),
  asymmetric: (i, { scale }) => i / scale,
};

/** Which neighbour is the nearest, where two are equally near or by another rule. */
const roundings: Record<string, (at: number) => number> = {
  round_prefer_floor: (at) => Math.ceil(at - 0.5),
  round_prefer_ceil: (at) => Math.floor(at + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
};

const held = (at: number, length: number): number => Math.min(length - 1, Math.max(0, at));

interface Kind {
  mode: string;
  place: string;
  rounding: string;
  /** How deep the cubic dips below 0, and whether neighbours outside have no weight. */
  dip: number;
  inside: boolean;
}

/** Keys' cubic convolution: the weight of a neighbour at this distance (at most 2). */
function cubic(distance: number, a: number): number {
  const d = Math.abs(distance);
  return d <= 1 ? ((a + 2) * d - (a + 3)) * d * d + 1 : ((a * d - 5 * a) * d + 8 * a) * d - 4 * a;
}

/** For each neighbour (its row less the one at or before the place) the weights of all results. */
function neighbours(at: readonly number[], length: number, { mode, dip, inside }: Kind): Map<number, number[]> {
  const shares = at.map((place) => place - Math.floor(place));
  if (mode === "linear")
    return new Map([
      [0, shares.map((share) => 1 - share)],
      [1, shares],
    ]);
  const weights = at.map((place, i) =>
    [-1, 0, 1, 2].map((shift) => {
      const row = Math.floor(place) + shift;
      return inside && (row < 0 || row >= length) ? 0 : cubic(shift - shares[i], dip);
    }),
  );
  const sums = weights.map((four) => (inside ? four.reduce((a, b) => a + b) : 1));
  return new Map([-1, 0, 1, 2].map((shift, k) => [shift, weights.map((four, i) => four[k] / sums[i])]));
}

function resizeDim(x: Tensor, dim: number, line: Line, kind: Kind): Tensor {
  const { length, count, scale } = line;
  if (count === length && scale === 1) return x;
  const at = Array.from({ length: count }, (_, i) => places[kind.place](i, line));
  if (kind.mode === "nearest")
    return indexSelect(
      x,
      dim,
      at.map((place) => held(roundings[kind.rounding](place), length)),
    );
  const along = [count, ...x.shape.slice(dim + 1).map(() => 1)];
  return [...neighbours(at, length, kind)]
    .map(([shift, weights]) => {
      const rows = at.map((place) => held(Math.floor(place) + shift, length));
      return indexSelect(x, dim, rows).mul(constantLike(x, weights, along));
    })
    .reduce((sum, part) => sum.add(part));
}

/** Scales or sizes: inputs whose place moved from version to version. */
function lines(inputs: NodeInputs, x: Tensor, context: NodeContext, isResize: boolean): Map<number, Line> {
  const { attributes, opset } = context;
  const newer = isResize && opset >= 11;
  const given = newer ? listOf(inputs, 2, context) : (listOf(inputs, 1, context) ?? attributes.floats("scales"));
  const sizes = newer ? listOf(inputs, 3, context) : undefined;
  const axes = attributes.ints("axes")?.map((axis) => resolveDim(context.name, axis, x.shape.length));
  const factors = given?.length ? given : undefined;
  if (!factors && !sizes)
    throw new DataError(`onnx: ${context.name} has neither scales nor sizes. Export the model again.`);
  return new Map(
    (factors ?? sizes ?? []).map((value, i): [number, Line] => {
      const dim = axes ? axes[i] : i;
      const length = x.shape[dim];
      return [
        dim,
        factors
          ? { length, count: Math.floor(length * value), scale: value }
          : { length, count: value, scale: value / length },
      ];
    }),
  );
}

const resizer = (isResize: boolean): Operator => ({
  settings: [1, 2, 3],
  lacks({ attributes }) {
    const mode = attributes.text("mode", "nearest");
    if (!["nearest", "linear", "bilinear", "cubic"].includes(mode)) return `mode=${mode}`;
    const place = attributes.text("coordinate_transformation_mode", "half_pixel");
    if (!(place in places)) return `coordinate_transformation_mode=${place}`;
    if (attributes.int("antialias", 0)) return "antialias=1";
    const policy = attributes.text("keep_aspect_ratio_policy", "stretch");
    return policy === "stretch" ? undefined : `keep_aspect_ratio_policy=${policy}`;
  },
  run(inputs, context) {
    const { attributes, opset } = context;
    // Until version 10 there was one way: places without half pixels, rounded down.
    const older = !isResize || opset < 11;
    const mode = attributes.text("mode", "nearest");
    const kind = {
      mode: mode === "bilinear" ? "linear" : mode,
      place: older ? "asymmetric" : attributes.text("coordinate_transformation_mode", "half_pixel"),
      rounding: older ? "floor" : attributes.text("nearest_mode", "round_prefer_floor"),
      dip: attributes.float("cubic_coeff_a", -0.75),
      inside: attributes.int("exclude_outside", 0) === 1,
    };
    const x = need(inputs, 0, context);
    return [...lines(inputs, x, context, isResize)].reduce(
      (image, [dim, line]) => resizeDim(image, dim, line, kind),
      x,
    );
  },
});

export const resizes: OperatorTable = { Upsample: resizer(false), Resize: resizer(true) };
