import type { FloatArray } from "../devices/device";
import { DTypeError } from "../errors";
import type { Tensor } from "../tensor/tensor";

/**
 * The largest of |a - b| / max(1e-8, |a| + |b|) over all pairs: CS231n's measure of how far two gradients differ.
 * @example relError([1, 2], [1, 2.0002]) // 5e-5
 */
export function relError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let worst = 0;
  for (let i = 0; i < a.length; i++) {
    const error = Math.abs(a[i] - b[i]) / Math.max(1e-8, Math.abs(a[i]) + Math.abs(b[i]));
    // A NaN on either side must not pass for agreement.
    if (!(error <= worst)) worst = error;
  }
  return worst;
}

export interface GradCheckResult {
  /** The relative error of the worst element. */
  relError: number;
  /** Which input it is in, and where in its flat numbers. */
  input: number;
  position: number;
  numeric: number;
  analytic: number;
}

/**
 * Compares `backward()` with central differences, element by element. A result of `f` that is no scalar is summed with
 * fixed weights first, so that every element counts differently.
 * @param f      a function of the tensors alone; must be deterministic
 * @param inputs float64 tensors on device "reference"; those with requiresGrad are checked
 * @param h      step of the differences; default 1e-5
 * @throws DTypeError if an input is not float64: in float32 the differences drown in rounding
 * @see CS231n, "Neural Networks Part 3: gradient checks"
 */
export async function gradCheck(
  f: (...inputs: Tensor[]) => Tensor,
  inputs: Tensor[],
  h = 1e-5,
): Promise<GradCheckResult> {
  const checked = inputs.map((input, i) => ({ input, i })).filter(({ input }) => input.requiresGrad);
  for (const { input, i } of checked)
    if (input.dtype !== "float64")
      throw new DTypeError(
        `gradCheck: input ${i} is ${input.dtype}; differences need float64. ` +
          `Create it with { dtype: "float64", device: "reference" }.`,
      );
  const loss = (): Tensor => weigh(f(...inputs));
  for (const { input } of checked) input.grad = null;
  loss().backward();

  let worst: GradCheckResult = { relError: 0, input: -1, position: -1, numeric: 0, analytic: 0 };
  for (const { input, i } of checked) {
    const analytic = input.grad ? await input.grad.data() : new Float64Array(input.size);
    const numbers = input.storage.memory as FloatArray;
    for (let position = 0; position < input.size; position++) {
      const middle = numbers[position];
      numbers[position] = middle + h;
      const above = await loss().item();
      numbers[position] = middle - h;
      const below = await loss().item();
      numbers[position] = middle;
      const numeric = (above - below) / (2 * h);
      const error = relError([analytic[position]], [numeric]);
      if (!(error <= worst.relError))
        worst = { relError: error, input: i, position, numeric, analytic: analytic[position] };
    }
  }
  return worst;
}

function weigh(result: Tensor): Tensor {
  const weights = Float64Array.from({ length: result.size }, (_, i) => Math.cos(3 * i + 1));
  return result.mul(result.sibling(weights, result.shape, "float64")).sum();
}
