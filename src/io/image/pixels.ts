/** Pixels as a file holds them, and their channels as PIL converts them. */
import { fromArray } from "../../tensor/create";
import type { Tensor } from "../../tensor/tensor";

/** Row by row, the channels of a pixel side by side: grey, grey and alpha, RGB, or RGB and alpha. */
export interface Pixels {
  data: Uint8Array | Uint16Array;
  width: number;
  height: number;
  channels: number;
}

/** Which channels are wanted: those of the file, or these. */
export type ImageReadMode = "UNCHANGED" | "GRAY" | "GRAY_ALPHA" | "RGB" | "RGB_ALPHA";
export const channelsOf: Readonly<Record<ImageReadMode, number>> = {
  UNCHANGED: 0,
  GRAY: 1,
  GRAY_ALPHA: 2,
  RGB: 3,
  RGB_ALPHA: 4,
};

/** The pixels with bytes for numbers: of 16 bits the upper eight. */
export const toBytes = ({ data, ...size }: Pixels): Pixels & { data: Uint8Array } => ({
  ...size,
  data: data instanceof Uint8Array ? data : Uint8Array.from(data, (value) => value >> 8),
});

/**
 * With `channels` channels: grey repeats, colours become grey by ITU-R 601-2 (PIL's whole numbers), alpha is left out or is
 * full.
 */
export function withChannels(pixels: Pixels, channels: number): Pixels {
  const { data, channels: own, width, height } = pixels;
  if (channels === own) return pixels;
  const full = data instanceof Uint8Array ? 255 : 65535;
  const colour = own >= 3;
  const size = width * height * channels;
  // Not the bytes' own class, which may be Node's Buffer.
  const out = data instanceof Uint16Array ? new Uint16Array(size) : new Uint8Array(size);
  const colours = channels >= 3 ? 3 : 1;
  for (let from = 0, to = 0; to < out.length; from += own, to += channels) {
    for (let c = 0; c < colours; c++)
      out[to + c] = colours === 3 || !colour ? data[from + (colour ? c : 0)] : grey(data, from);
    if (channels > colours) out[to + colours] = own === 2 || own === 4 ? data[from + own - 1] : full;
  }
  return { data: out, width, height, channels };
}

/** 0.299 R + 0.587 G + 0.114 B, rounded. */
const grey = (data: Uint8Array | Uint16Array, at: number): number =>
  Math.floor((data[at] * 19595 + data[at + 1] * 38470 + data[at + 2] * 7471 + 0x8000) / 65536);

/** CMYK as PIL makes RGB of it: what a colour of ink and black leave of white. */
export function fromCmyk({ data, width, height }: Pixels, channels: number): Pixels {
  const out = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < out.length; from += channels, to += 3) {
    const white = 255 - data[from + 3];
    for (let c = 0; c < 3; c++) {
      // ink * white / 255, rounded, without a division.
      const product = data[from + c] * white + 128;
      out[to + c] = Math.max(0, white - (((product >> 8) + product) >> 8));
    }
  }
  return { data: out, width, height, channels: 3 };
}

/** [C,H,W] float32, 0..1. */
export function pixelTensor({ data, width, height, channels }: Pixels): Tensor {
  const full = data instanceof Uint8Array ? 255 : 65535;
  const out = new Float32Array(data.length);
  for (let c = 0, to = 0; c < channels; c++)
    for (let from = c; from < data.length; from += channels) out[to++] = data[from] / full;
  return fromArray(out, [channels, height, width]);
}
