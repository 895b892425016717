/** Inputs and weights that every engine makes for itself, the same in JavaScript and Python (peers/pytorch/data.py). */

/** Numbers from -1 to 1, each a hash of its position. */
export function hashed(count: number, seed: number, scale = 1): Float32Array {
  const out = new Float32Array(count);
  const offset = Math.imul(seed, 747796405);
  for (let i = 0; i < count; i++) {
    let x = Math.imul(i + offset, 2654435769);
    x ^= x >>> 15;
    x = Math.imul(x, 2246822519);
    x ^= x >>> 13;
    out[i] = ((x >>> 0) / 2 ** 31 - 1) * scale;
  }
  return out;
}

const product = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);

const isScale = (key: string): boolean => /(running_var|bn\d?\.weight|downsample\.1\.weight)$/.test(key);

/**
 * The numbers of a network's `index`th entry of its state dict: He-uniform weights, small biases and means, scales and
 * variances from 0.5 to 1.5, so that numbers neither vanish nor explode in deep networks.
 */
export function weights(key: string, shape: readonly number[], index: number): Float32Array {
  const size = product(shape);
  if (shape.length > 1) return hashed(size, index, Math.sqrt(6 / (size / shape[0])));
  if (isScale(key)) return hashed(size, index, 0.5).map((value) => 1 + value);
  return hashed(size, index, 0.1);
}

/** Seeds of what is not a weight. */
export const SEED = { images: 12345, filters: 777 };

export const images = (shape: readonly number[]): Float32Array => hashed(product(shape), SEED.images);

/** One class of ten for each image. */
export const labels = (count: number): Int32Array => Int32Array.from({ length: count }, (_, i) => (i * 7) % 10);

/** At most `count` numbers, evenly spread over the result. */
export function probeOf(values: ArrayLike<number>, count = 64): number[] {
  const step = Math.max(1, Math.floor(values.length / count));
  return Array.from({ length: Math.min(count, values.length) }, (_, i) => values[i * step]);
}
