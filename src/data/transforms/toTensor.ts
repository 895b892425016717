import { DataError } from "../../errors";
import { callable } from "../../tensor/callable";
import { fromArray } from "../../tensor/create";
import type { Tensor } from "../../tensor/tensor";

/** Pixels as image files and canvases hold them: row by row, the channels of a pixel side by side. */
export interface PixelArray {
  data: Uint8Array | Uint8ClampedArray;
  width: number;
  height: number;
  channels: number;
}

// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- the interface gives the call signature
export interface ToTensor {
  (image: PixelArray): Tensor;
}

/**
 * An image of bytes as a tensor.
 * Shapes: bytes [H,W,C], 0..255 -> [C,H,W] float32, 0..1.
 * @throws DataError, when applied, if the bytes do not fill the size
 * @see torchvision.transforms.ToTensor
 * @example
 * const image = { data: Uint8Array.of(255, 0, 0, 0, 0, 255), width: 2, height: 1, channels: 3 };
 * console.log(await new transforms.ToTensor()(image).tolist()); // [[[1, 0]], [[0, 0]], [[0, 1]]]
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- the interface gives the call signature
export class ToTensor {
  constructor() {
    return callable<this, [PixelArray], Tensor>(new.target, (_, image) => tensorOf(image));
  }
}

/** @throws DataError if the bytes do not fill the size */
export function tensorOf({ data, width, height, channels }: PixelArray): Tensor {
  const plane = width * height;
  if (!(plane > 0 && channels > 0) || data.length !== plane * channels)
    throw new DataError(
      `ToTensor: ${data.length} bytes do not fill ${width}x${height} pixels of ${channels} channels. ` +
        `Give { data, width, height, channels } with data.length = width * height * channels.`,
    );
  const out = new Float32Array(data.length);
  for (let c = 0, to = 0; c < channels; c++)
    for (let from = c; from < data.length; from += channels) out[to++] = data[from] / 255;
  return fromArray(out, [channels, height, width]);
}
