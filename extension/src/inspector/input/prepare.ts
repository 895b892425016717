/** From pixels of a page to the numbers that a network reads. No DOM here. */

export interface Preparation {
  /** Numbers that the network was trained on are (pixel - mean) / std; one a channel, or one for all. */
  mean: readonly number[];
  std: readonly number[];
  /** Whether black and white change places. */
  inverted: boolean;
}

/**
 * Grey pixels [height,width] from 0 to 1 as an image of `channels`, all alike.
 */
export function fromGrey(grey: Float32Array, channels: number, how: Preparation): Float32Array {
  const out = new Float32Array(channels * grey.length);
  for (let c = 0; c < channels; c++) grey.forEach((value, i) => (out[c * grey.length + i] = value));
  return prepared(out, channels, how);
}

/**
 * An image of a page, RGBA row by row from 0 to 255, as [channels,height,width]; as grey by the weights of ITU-R BT.601, which
 * PIL's "L" has too.
 */
export function fromRgba(rgba: ArrayLike<number>, channels: number, how: Preparation): Float32Array {
  const size = rgba.length / 4;
  const out = new Float32Array(channels * size);
  for (let i = 0; i < size; i++) {
    const [r, g, b] = [rgba[4 * i] / 255, rgba[4 * i + 1] / 255, rgba[4 * i + 2] / 255];
    if (channels === 3) [out[i], out[size + i], out[2 * size + i]] = [r, g, b];
    else out[i] = 0.299 * r + 0.587 * g + 0.114 * b;
  }
  return prepared(out, channels, how);
}

function prepared(pixels: Float32Array, channels: number, { mean, std, inverted }: Preparation): Float32Array {
  const size = pixels.length / channels;
  const of = (numbers: readonly number[], channel: number): number => numbers[numbers.length === 1 ? 0 : channel];
  return pixels.map((value, i) => {
    const channel = Math.floor(i / size);
    // Rounded at each step to float32, as the engine's Normalize does.
    const centred = Math.fround((inverted ? 1 - value : value) - Math.fround(of(mean, channel)));
    return Math.fround(centred / Math.fround(of(std, channel)));
  });
}

/** `0.5` or `0.485, 0.456, 0.406`; undefined unless there is one number, or one a channel. */
export function readNumbers(text: string, channels: number): number[] | undefined {
  const numbers = text.split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
  const fits = numbers.length === 1 || numbers.length === channels;
  return fits && numbers.every(Number.isFinite) ? numbers : undefined;
}
