import { checkNumbers, checkTensor, show } from "../../arguments";
import { ShapeError } from "../../errors";
import { checkOptions, type OptionNames } from "../../options";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { defineOp } from "../define/defineOp";
import { clone } from "../strided";
import { padCpu } from "./cpu";
import { padGpu } from "./gpu";
import type { PadGeometry, PadKernels } from "./kernels";
import { padReference } from "./reference";

export interface PadOptions {
  /** "constant" (default), "reflect" (mirrored at the edge's number) or "replicate" (the edge's number). */
  mode?: "constant" | "reflect" | "replicate";
  /** What "constant" writes; default 0. */
  value?: number;
}
export const padOptions: OptionNames<PadOptions> = { mode: true, value: true };

type OpOptions = PadOptions & { pad: readonly number[] };
const modes: readonly string[] = ["constant", "reflect", "replicate"];

function padGeometry({ shape }: Tensor, { pad, mode = "constant", value = 0 }: OpOptions): PadGeometry {
  const shapes = `input ${showShape(shape)}, pad ${showShape(pad)}`;
  if (!modes.includes(mode)) throw new RangeError(`pad: mode must be one of ${modes.join(", ")}, got ${show(mode)}.`);
  if (pad.length % 2 !== 0 || pad.length > 2 * shape.length || !pad.every(Number.isInteger))
    throw new ShapeError(
      `pad: needs pairs of whole numbers, at most one pair a dimension (${shapes}). ` +
        `Give [left, right, top, bottom, ...], the last dimension first.`,
    );
  const sources = shape.map((length, d) => {
    const pair = 2 * (shape.length - 1 - d);
    const [before, after] = [pad[pair] ?? 0, pad[pair + 1] ?? 0];
    if (length + before + after < 0)
      throw new ShapeError(`pad: cuts ${-before - after} of ${length} in dimension ${d} (${shapes}). Cut less.`);
    if (mode === "reflect" && Math.max(before, after) >= length && Math.max(before, after) > 0)
      throw new ShapeError(
        `pad: reflecting ${Math.max(before, after)} needs more than ${length} in dimension ${d} (${shapes}). ` +
          `Pad less than the length.`,
      );
    if (mode === "replicate" && length === 0 && before + after > 0)
      throw new ShapeError(`pad: dimension ${d} has no edge to replicate (${shapes}). Use mode "constant".`);
    return Int32Array.from({ length: length + before + after }, (_, i) => {
      const at = i - before;
      if (at >= 0 && at < length) return at;
      if (mode === "constant") return -1;
      if (mode === "replicate") return at < 0 ? 0 : length - 1;
      return at < 0 ? -at : 2 * (length - 1) - at;
    });
  });
  return { inShape: shape, outShape: sources.map((source) => source.length), sources, value };
}

export const padOp = defineOp<PadKernels, OpOptions, PadGeometry>({
  name: "pad",
  inputNames: ["input"],
  shape: ([x], options) => padGeometry(x, options),
  forward: (k, [x], g) => k.forward(x, g),
  backward: (k, dy, { geometry }) => [k.backward(dy, geometry)],
  kernels: { reference: padReference, cpu: padCpu, gpu: padGpu },
  samples: [
    { inputs: [[2, 3, 4]], options: { pad: [1, 2], value: 1.5 } },
    { inputs: [[2, 3, 4, 3]], options: { pad: [1, 0, 2, 1] } },
    { inputs: [[5, 6]], options: { pad: [-1, 2, 1, -2], value: -1 } },
    { inputs: [[2, 3, 4, 5]], options: { pad: [4, 1, 2, 3], mode: "reflect" } },
    { inputs: [[2, 3, 5]], options: { pad: [2, 4], mode: "reflect" } },
    { inputs: [[2, 3, 4, 5]], options: { pad: [7, 1, 0, 3], mode: "replicate" } },
    { inputs: [[1, 2, 3, 2, 3]], options: { pad: [1, 1, 2, 0, 0, 3], mode: "replicate" } },
  ],
});

/**
 * x with more numbers around it. Shapes: each dimension grows by its pair; negative numbers cut.
 * @param pad pairs of counts, the last dimension first: [left, right, top, bottom] for images
 * @throws ShapeError if there are more pairs than dimensions, or a reflection is longer than the tensor
 * @see torch.nn.functional.pad
 * @example
 * const framed = F.pad(images, [2, 2, 2, 2], { mode: "reflect" }); // [4,3,36,36]
 */
export function pad(x: Tensor, pad: readonly number[], options: PadOptions = {}): Tensor {
  checkTensor("pad", "input", x);
  checkNumbers("pad", "pad", pad, "Give [left, right, top, bottom, ...], the last dimension first.");
  checkOptions("pad", options, padOptions, arguments, 2);
  return pad.length === 0 ? clone(x) : padOp([x], { pad, ...options });
}
