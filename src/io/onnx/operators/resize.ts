/** Upsample and Resize: nearest neighbours and linear interpolation, one dimension after another. */
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

function resizeDim(
  x: Tensor,
  dim: number,
  line: Line,
  kind: { mode: string; place: string; rounding: string },
): Tensor {
  const { length, count, scale } = line;
  if (count === length && scale === 1) return x;
  const at = Array.from({ length: count }, (_, i) => places[kind.place](i, line));
  if (kind.mode === "nearest")
    return indexSelect(x, dim, at.map((place) => held(roundings[kind.rounding](place), length))); // prettier-ignore
  const left = at.map((place) => Math.floor(place));
  const weights = at.map((place, i) => place - left[i]);
  const rows = (shift: number): Tensor =>
    indexSelect(x, dim, left.map((place) => held(place + shift, length))); // prettier-ignore
  const along = [count, ...x.shape.slice(dim + 1).map(() => 1)];
  const share = constantLike(x, weights, along);
  const rest = constantLike(x, weights.map((weight) => 1 - weight), along); // prettier-ignore
  return rows(0).mul(rest).add(rows(1).mul(share));
}

/** Scales or sizes: inputs whose place moved from version to version. */
function lines(inputs: NodeInputs, x: Tensor, context: NodeContext, isResize: boolean): Map<number, Line> {
  const { attributes, opset } = context;
  const newer = isResize && opset >= 11;
  const given = newer
    ? listOf(inputs, 2, context)
    : (listOf(inputs, 1, context) ?? attributes.floats("scales"));
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
    if (!["nearest", "linear", "bilinear"].includes(mode)) return `mode=${mode}`;
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
    const kind = {
      mode: attributes.text("mode", "nearest") === "nearest" ? "nearest" : "linear",
      place: older ? "asymmetric" : attributes.text("coordinate_transformation_mode", "half_pixel"),
      rounding: older ? "floor" : attributes.text("nearest_mode", "round_prefer_floor"),
    };
    const x = need(inputs, 0, context);
    return [...lines(inputs, x, context, isResize)].reduce(
      (image, [dim, line]) => resizeDim(image, dim, line, kind),
      x,
    );
  },
});

export const resizes: OperatorTable = { Upsample: resizer(false), Resize: resizer(true) };
