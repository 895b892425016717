import type { FloatArray } from "../../devices/device";
import type { Tensor } from "../../tensor/tensor";
import { pairOf } from "./random";
import { mapImages, readStack, type ImageSize } from "./stack";
import { Transform } from "./transform";

/** Copies the window that begins at row `top` and column `left`; what lies outside the image becomes `fill`. */
export function copyWindow(
  x: FloatArray,
  y: FloatArray,
  { channels, height, width }: ImageSize,
  [rows, columns]: readonly [number, number],
  top: number,
  left: number,
  fill: number,
): void {
  if (fill !== 0) y.fill(fill);
  const first = Math.max(0, -left);
  const last = Math.min(columns, width - left);
  if (last <= first) return;
  for (let c = 0; c < channels; c++)
    for (let row = Math.max(0, -top); row < Math.min(rows, height - top); row++) {
      const from = (c * height + top + row) * width + left;
      y.set(x.subarray(from + first, from + last), (c * rows + row) * columns + first);
    }
}

/**
 * The middle of each image; an image that is smaller gets zeros around it.
 * Shapes: [...,C,H,W] float -> [...,C,size,size].
 * @param size  rows and columns, or [height, width]
 * @throws DataError unless size holds whole numbers >= 1
 * @see torchvision.transforms.CenterCrop
 * @example console.log(new transforms.CenterCrop(24)(images).shape);
 */
export class CenterCrop extends Transform {
  /** [height, width] */
  readonly size: readonly [number, number];

  constructor(size: number | readonly [number, number]) {
    super();
    this.size = pairOf("CenterCrop", size);
  }

  protected apply(images: Tensor): Tensor {
    const stack = readStack("CenterCrop", images);
    const [height, width] = this.size;
    const top = offset(stack.height, height);
    const left = offset(stack.width, width);
    return mapImages(images, stack, { channels: stack.channels, height, width }, (x, y) =>
      copyWindow(x, y, stack, this.size, top, left, 0),
    );
  }
}

/** Where the window begins. An odd rest is halved as torchvision does, to the even number, and padding rounds down. */
function offset(length: number, window: number): number {
  if (window > length) return -Math.floor((window - length) / 2);
  const half = (length - window) / 2;
  return Number.isInteger(half) ? half : 2 * Math.round(half / 2);
}
