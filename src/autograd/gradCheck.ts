import { checkFunction, checkNumber, checkTensor, checkTensors, wrongKind } from "../arguments";
import type { FloatArray } from "../devices/device";
import { DTypeError } from "../errors";
import { stridesOf } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";

/**
 * The largest of |a - b| / max(1e-8, |a| + |b|) over all pairs: CS231n's measure of how far two gradients differ.
 * @example relError([1, 2], [1, 2.0002]) // 5e-5
 */
export function relError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  for (const [name, numbers] of Object.entries({ a, b }))
    if (typeof (numbers as Partial<ArrayLike<number>> | null)?.length !== "number" || typeof numbers === "function")
      throw wrongKind("relError", name, "an array of numbers", numbers, "Read a tensor with await t.data().");
  let worst = 0;
  for (let i = 0; i < a.length; i++) {
    const error = Math.abs(a[i] - b[i]) / Math.max(1e-8, Math.abs(a[i]) + Math.abs(b[i]));
    // Math.max keeps a NaN, which must not pass for agreement.
    worst = Math.max(worst, error);
  }
  return worst;
}

export interface GradCheckResult {
  /** The relative error of the worst element. */
  relError: number;
  /** Which input it is in, and where: [row, column, ...]. */
  input: number;
  index: number[];
  numeric: number;
  analytic: number;
  /**
   * Elements whose slope differs to the left and to the right: a ReLU at 0, a tie in a max pooling. There is no
   * derivative to compare with, so they are listed here and do not count.
   */
  kinks: { input: number; index: number[] }[];
  /** One line for a notebook. */
  toString(): string;
}

/**
 * Compares `backward()` with central differences, element by element. A result of `f` that is no scalar is summed with
 * fixed weights first, so that every element counts differently.
 * Elements at a kink, where no derivative exists, are reported and left out. The `grad` of the inputs stays as it was.
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
  checkFunction("gradCheck", "f", f, "Write gradCheck((x) => x.exp(), [x]).");
  checkTensors("gradCheck", "inputs", inputs, "Write gradCheck((x) => x.exp(), [x]).");
  if (inputs.length === 0)
    throw new RangeError(`gradCheck: there are no inputs. Write gradCheck((x) => x.exp(), [x]).`);
  checkNumber("gradCheck", "h", h);
  const checked = inputs.map((input, i) => ({ input, i })).filter(({ input }) => input.requiresGrad);
  for (const { input, i } of checked)
    if (input.dtype !== "float64")
      throw new DTypeError(
        `gradCheck: input ${i} is ${input.dtype}; differences need float64. ` +
          `Create it with { dtype: "float64", device: "reference" }.`,
      );
  const loss = (): Tensor => {
    const result = f(...inputs);
    checkTensor("gradCheck", "what f returns", result);
    return weigh(result);
  };
  const middleLoss = loss();
  const gradients = gradientsOf(
    middleLoss,
    checked.map(({ input }) => input),
  );
  const middle = await middleLoss.item();

  const kinks: GradCheckResult["kinks"] = [];
  let worst = { relError: 0, input: 0, index: [] as number[], numeric: 0, analytic: 0 };
  for (const [k, { input, i }] of checked.entries()) {
    const gradient = gradients[k];
    const analytics = gradient ? await gradient.data() : new Float64Array(input.numel());
    const numbers = input.storage.memory as FloatArray;
    for (let position = 0; position < input.numel(); position++) {
      const value = numbers[position];
      numbers[position] = value + h;
      const above = await loss().item();
      numbers[position] = value - h;
      const below = await loss().item();
      numbers[position] = value;
      const numeric = (above - below) / (2 * h);
      const analytic = analytics[position];
      const error = relError([analytic], [numeric]);
      if (error <= worst.relError || Number.isNaN(worst.relError)) continue;
      const index = indexOf(position, input.shape);
      if (isKink((above - middle) / h, (middle - below) / h, analytic)) kinks.push({ input: i, index });
      else worst = { relError: error, input: i, index, numeric, analytic };
    }
  }
  return { ...worst, kinks, toString: () => describe(worst, kinks) };
}

/** Of a loss with respect to inputs, which keep the gradients that they had. */
function gradientsOf(loss: Tensor, inputs: readonly Tensor[]): (Tensor | null)[] {
  const before = inputs.map(({ grad }) => grad);
  for (const input of inputs) input.grad = null;
  loss.backward();
  return inputs.map((input, i) => {
    const { grad } = input;
    input.grad = before[i];
    return grad;
  });
}

/** The slopes on both sides differ, and the gradient is one of them or lies between them. */
function isKink(right: number, left: number, analytic: number): boolean {
  const [low, high] = [Math.min(left, right), Math.max(left, right)];
  const slack = 1e-3 * Math.max(Math.abs(low), Math.abs(high));
  return high - low > 10 * slack && analytic >= low - slack && analytic <= high + slack;
}

const indexOf = (position: number, shape: readonly number[]): number[] =>
  stridesOf(shape).map((stride, d) => Math.floor(position / stride) % shape[d]);

function describe(worst: Omit<GradCheckResult, "kinks" | "toString">, kinks: GradCheckResult["kinks"]): string {
  const { relError: error, input, index, numeric, analytic } = worst;
  const place = `worst in input ${input} at [${index.join(", ")}]: numeric ${numeric}, analytic ${analytic}`;
  const [first] = kinks;
  const warning = first
    ? ` ${kinks.length} element${kinks.length > 1 ? "s lie" : " lies"} at a kink (a ReLU at 0, a tie of maxima), the first in ` +
      `input ${first.input} at [${first.index.join(", ")}]; not compared.`
    : "";
  return `relative error ${error.toExponential(2)}${error > 0 ? ` (${place})` : ""}.${warning}`;
}

function weigh(result: Tensor): Tensor {
  const weights = Float64Array.from({ length: result.numel() }, (_, i) => Math.cos(3 * i + 1));
  return result.mul(result.sibling(weights, result.shape, "float64")).sum();
}
