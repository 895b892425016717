import { checkTensor } from "../arguments";
import { isFloat } from "../devices/device";
import { DTypeError, ShapeError } from "../errors";
import { showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { adaptiveAvgPool2dOp } from "./adaptiveAvgPool2d";
import { adaptiveMaxPool2dOp } from "./adaptiveMaxPool2d";
import { overLines } from "./geometry/line";
import { resolveLength } from "./geometry/window";

/** @throws ShapeError, DTypeError unless x are lines with elements and the size is a count */
function check(caller: string, input: Tensor, outputSize: number): void {
  checkTensor(caller, "input", input);
  const { shape, dtype } = input;
  if (!isFloat(dtype))
    throw new DTypeError(`${caller}: takes a float tensor, got ${dtype} (input ${showShape(shape)}).`);
  if (shape.length !== 3)
    throw new ShapeError(
      `${caller}: input has ${shape.length} dimensions, needs 3 (input ${showShape(shape)}). ` +
        `Give [N,C,L]; one line is x.unsqueeze(0).`,
    );
  if (shape[2] < 1)
    throw new ShapeError(
      `${caller}: the lines are empty (input ${showShape(shape)}). An earlier layer already reduced them.`,
    );
  resolveLength(caller, "outputSize", outputSize, 1);
}

/**
 * Averages over windows chosen so that lines get the wanted length, whatever their own. Shapes: [N,C,L] -> [N,C,Q].
 * Element q averages those from floor(q*L/Q) to ceil((q+1)*L/Q) (not included).
 * @throws ShapeError if the size is not a whole number >= 1
 * @see torch.nn.functional.adaptive_avg_pool1d
 * @example F.adaptiveAvgPool1d(zeros([1, 8, 50]), 7).shape; // [1, 8, 7]
 */
export function adaptiveAvgPool1d(x: Tensor, outputSize: number): Tensor {
  check("adaptiveAvgPool1d", x, outputSize);
  return overLines(x, (images) => adaptiveAvgPool2dOp([images], { outputSize: [1, outputSize] }));
}

/**
 * The largest numbers of windows chosen so that lines get the wanted length. Shapes: [N,C,L] -> [N,C,Q]; the windows are
 * adaptiveAvgPool1d's.
 * @throws ShapeError if the size is not a whole number >= 1
 * @see torch.nn.functional.adaptive_max_pool1d
 */
export function adaptiveMaxPool1d(x: Tensor, outputSize: number): Tensor {
  check("adaptiveMaxPool1d", x, outputSize);
  return overLines(x, (images) => adaptiveMaxPool2dOp([images], { outputSize: [1, outputSize] }));
}
