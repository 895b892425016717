/** Turns an op's sample rows into tensors. Tests and the PyTorch goldens draw the same numbers. */
import { isFloat, type DeviceName, type FloatArray, type TypedArray } from "../../src/devices/device";
import type { AnyOp, Fill, Sample } from "../../src/ops/define/defineOp";
import { fromArray } from "../../src/tensor/create";
import { Random } from "../../src/tensor/random";
import { sizeOf } from "../../src/tensor/shape";
import type { Tensor } from "../../src/tensor/tensor";

/** The numbers of one input, in double precision, or class indices, or bools. */
export function fillNumbers(fill: Fill, size: number, random: Random): TypedArray {
  if (fill === "bools") return Uint8Array.from({ length: size }, () => random.int(2));
  if (typeof fill === "object") return Int32Array.from({ length: size }, () => random.int(fill.classes));
  if (fill === "distinct") return Float64Array.from(random.permutation(size), (rank) => (rank - size / 2) / 8);
  if (fill === "probability") return Float64Array.from({ length: size }, () => 0.05 + 0.9 * random.next());
  return Float64Array.from({ length: size }, () => {
    const value = random.normal();
    return fill === "positive" || fill === "constant" ? Math.abs(value) + 0.5 : value;
  });
}

/** The inputs of a sample on a device; floats require gradients. The same seed gives the same numbers everywhere. */
export function sampleInputs(
  sample: Sample<unknown>,
  device: DeviceName,
  dtype: "float32" | "float64",
  seed = 1,
): Tensor[] {
  const random = new Random(seed);
  return sample.inputs.map((shape, i) => {
    const numbers = fillNumbers(sample.fill?.[i] ?? "normal", sizeOf(shape), random);
    const exact = numbers instanceof Float64Array && dtype === "float32" ? Float32Array.from(numbers) : numbers;
    const tensor = fromArray(exact, shape, { device });
    tensor.requiresGrad = isFloat(tensor.dtype) && sample.fill?.[i] !== "constant";
    return tensor;
  });
}

/** Whether a sample's output has a gradient: not that of an op without derivative, nor bools and whole numbers. */
export const isDifferentiable = (op: AnyOp, sample: Sample<unknown>): boolean =>
  op(sampleInputs(sample, "reference", "float64"), sample.options as never).requiresGrad;

/** Weights that make a scalar of any result, a different one for each element. */
export const weightsFor = (size: number): Float64Array =>
  Float64Array.from({ length: size }, (_, i) => Math.cos(3 * i + 1));

export interface RunResult {
  shape: readonly number[];
  output: number[];
  /** Gradients of sum(output * weights), null for inputs that have none. */
  grads: (number[] | null)[];
}

/** Runs an op forward and, if it has a derivative, backward. */
export async function runSample(
  op: (inputs: readonly Tensor[], options: never) => Tensor,
  sample: Sample<unknown>,
  device: DeviceName,
  dtype: "float32" | "float64",
  seed = 1,
): Promise<RunResult> {
  const inputs = sampleInputs(sample, device, dtype, seed);
  const output = op(inputs, sample.options as never);
  if (output.requiresGrad) {
    const weights: FloatArray = weightsFor(output.numel());
    const typed = dtype === "float64" ? weights : Float32Array.from(weights);
    output
      .mul(fromArray(typed, output.shape, { device }))
      .sum()
      .backward();
  }
  return {
    shape: output.shape,
    output: Array.from(await output.data()),
    grads: await Promise.all(inputs.map(async ({ grad }) => (grad ? Array.from(await grad.data()) : null))),
  };
}
