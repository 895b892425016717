import { checkTensor, show } from "../arguments";
import { allocate, getDevice } from "../devices/device";
import { ShapeError } from "../errors";
import { checkOptions, type OptionNames } from "../options";
import { defaultRandom } from "../tensor/random";
import { showShape, sizeOf, type Shape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";

export interface DropoutOptions {
  /** Probability that a number becomes 0; default 0.5. */
  p?: number;
  /** Default true; false returns x as it is. */
  training?: boolean;
}
const dropoutOptions: OptionNames<DropoutOptions> = { p: true, training: true };

/** x times random factors of `shape`, which broadcasts against it: 0 with probability p, 1 / (1 - p) otherwise. */
function drop(x: Tensor, shape: Shape, p: number): Tensor {
  const factors = allocate(x.dtype, sizeOf(shape));
  const random = defaultRandom();
  const kept = p < 1 ? 1 / (1 - p) : 0;
  for (let i = 0; i < factors.length; i++) factors[i] = random.next() < p ? 0 : kept;
  return x.mul(x.sibling(getDevice(x.device).upload(factors), shape, x.dtype));
}

/** @throws RangeError unless p is a probability */
export function checkProbability(caller: string, p: number): void {
  if (!(p >= 0 && p <= 1))
    throw new RangeError(`${caller}: p must be a probability from 0 to 1, got ${show(p)}. The default is 0.5.`);
}

/**
 * Each number 0 with probability p, the others divided by 1 - p, so that the expected value stays. `manualSeed` decides
 * which. Shape: as x.
 * @throws RangeError unless p is in 0..1
 * @see Srivastava et al. 2014; torch.nn.functional.dropout
 * @example
 * manualSeed(1);
 * const half = F.dropout(ones([1000])); // about 500 zeros, the others 2
 */
export function dropout(x: Tensor, options: DropoutOptions = {}): Tensor {
  checkTensor("dropout", "input", x);
  const { p = 0.5, training = true } = checkOptions("dropout", options, dropoutOptions, arguments, 1);
  checkProbability("dropout", p);
  return training && p > 0 ? drop(x, x.shape, p) : x;
}

/** Whole channels 0 with probability p, the others divided by 1 - p. Shapes: [N,C,...] -> same. */
export function dropout2d(x: Tensor, options: DropoutOptions = {}): Tensor {
  checkTensor("dropout2d", "input", x);
  const { p = 0.5, training = true } = checkOptions("dropout2d", options, dropoutOptions, arguments, 1);
  return dropChannels("dropout2d", x, p, training);
}

/**
 * Whole channels of volumes 0 with probability p, the others divided by 1 - p. Shapes: [N,C,D,H,W] -> same.
 * @throws RangeError unless p is in 0..1
 * @see torch.nn.functional.dropout3d
 */
export function dropout3d(x: Tensor, options: DropoutOptions = {}): Tensor {
  checkTensor("dropout3d", "input", x);
  const { p = 0.5, training = true } = checkOptions("dropout3d", options, dropoutOptions, arguments, 1);
  return dropChannels("dropout3d", x, p, training);
}

function dropChannels(caller: string, x: Tensor, p: number, training: boolean): Tensor {
  checkProbability(caller, p);
  if (x.shape.length < 3)
    throw new ShapeError(
      `${caller}: input has ${x.shape.length} dimensions, needs [N,C,H,W] (input ${showShape(x.shape)}). ` +
        `Use dropout() for features.`,
    );
  const [N, C] = x.shape;
  return training && p > 0 ? drop(x, [N, C, ...x.shape.slice(2).map(() => 1)], p) : x;
}
