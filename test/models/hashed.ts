import type { Module } from "../../src/nn";
import { fromArray } from "../../src/tensor/create";
import { sizeOf, type Shape } from "../../src/tensor/shape";
import type { Tensor } from "../../src/tensor/tensor";

/** Numbers from -1 to 1, each a hash of its position: as test/golden/makeModels.py makes them. */
export function hashed(count: number, seed: number): Float64Array {
  const out = new Float64Array(count);
  const offset = Math.imul(seed, 747796405);
  for (let i = 0; i < count; i++) {
    let x = Math.imul(i + offset, 2654435769);
    x ^= x >>> 15;
    x = Math.imul(x, 2246822519);
    x ^= x >>> 13;
    out[i] = (x >>> 0) / 2 ** 31 - 1;
  }
  return out;
}

export const hashedTensor = (shape: Shape, seed: number): Tensor =>
  fromArray(Float32Array.from(hashed(sizeOf(shape), seed)), shape);

/** The weights of makeModels.py: He-uniform, small biases and means, scales and variances from 0.5 to 1.5. */
export function fillHashed(net: Module): void {
  const state = net.stateDict();
  Object.entries(state).forEach(([key, tensor], seed) => {
    if (key.endsWith("num_batches_tracked")) return;
    const isScale = tensor.shape.length === 1 && /running_var$|bn\d?\.weight$|downsample\.1\.weight$/.test(key);
    const bound = Math.sqrt(6 / (tensor.numel() / tensor.shape[0]));
    const values = hashed(tensor.numel(), seed);
    for (let i = 0; i < values.length; i++)
      values[i] = tensor.shape.length > 1 ? values[i] * bound : isScale ? 1 + values[i] / 2 : values[i] / 10;
    state[key] = fromArray(Float32Array.from(values), tensor.shape);
  });
  net.loadStateDict(state);
}
