import { ShapeError } from "../errors";
import { showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { adaptiveAvgPool2dOp } from "./adaptiveAvgPool2d";
import { adaptiveMaxPool2dOp } from "./adaptiveMaxPool2d";
import { checkVolumes, poolSlices, resolveTriple } from "./geometry/volumes";

/** [depth, height, width] of the result, or one number for all; null keeps the volume's own. */
export type OutputSize3d = number | readonly [number | null, number | null, number | null];

/** [O,P,Q]. @throws ShapeError, DTypeError */
function sizeOf(caller: string, x: Tensor, outputSize: OutputSize3d): [number, number, number] {
  const lengths = checkVolumes(caller, x).slice(2);
  if (Math.min(...lengths) < 1)
    throw new ShapeError(
      `${caller}: the volume is empty (input ${showShape(x.shape)}). An earlier layer already reduced it.`,
    );
  if (!Array.isArray(outputSize)) return resolveTriple(caller, "outputSize", outputSize as number, 1);
  const [o, p, q] = outputSize as readonly (number | null)[];
  return resolveTriple(caller, "outputSize", [o ?? lengths[0], p ?? lengths[1], q ?? lengths[2]], 1);
}

/**
 * Averages over windows chosen so that the result has the wanted size. Shapes: [N,C,D,H,W] -> [N,C,O,P,Q]; the windows of
 * each direction are adaptiveAvgPool2d's.
 * @param outputSize [O,P,Q] or one number for all; null keeps the volume's own length
 * @throws ShapeError if a size is not a whole number >= 1
 * @see torch.nn.functional.adaptive_avg_pool3d
 * @example
 * const y = F.adaptiveAvgPool3d(zeros([1, 8, 7, 9, 9]), [3, null, 1]); // y.shape is [1, 8, 3, 9, 1]
 */
export function adaptiveAvgPool3d(x: Tensor, outputSize: OutputSize3d): Tensor {
  const [O, P, Q] = sizeOf("adaptiveAvgPool3d", x, outputSize);
  return poolSlices(
    "adaptiveAvgPool3d",
    x,
    (slices) => adaptiveAvgPool2dOp([slices], { outputSize: [P, Q] }),
    (depth) => adaptiveAvgPool2dOp([depth], { outputSize: [O, null] }),
  );
}

/**
 * The largest numbers of windows chosen so that the result has the wanted size. Shapes: [N,C,D,H,W] -> [N,C,O,P,Q].
 * @param outputSize [O,P,Q] or one number for all; null keeps the volume's own length
 * @throws ShapeError if a size is not a whole number >= 1
 * @see torch.nn.functional.adaptive_max_pool3d
 */
export function adaptiveMaxPool3d(x: Tensor, outputSize: OutputSize3d): Tensor {
  const [O, P, Q] = sizeOf("adaptiveMaxPool3d", x, outputSize);
  return poolSlices(
    "adaptiveMaxPool3d",
    x,
    (slices) => adaptiveMaxPool2dOp([slices], { outputSize: [P, Q] }),
    (depth) => adaptiveMaxPool2dOp([depth], { outputSize: [O, null] }),
  );
}
