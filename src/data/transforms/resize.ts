import type { FloatArray } from "../../devices/device";
import type { Tensor } from "../../tensor/tensor";
import { pairOf } from "./random";
import { mapImages, readStack, type ImageSize } from "./stack";
import { Transform } from "./transform";

/**
 * Images of another size, by bilinear interpolation between the four nearest pixels (no antialiasing: an image that
 * shrinks to less than half leaves pixels out).
 * Shapes: [...,C,H,W] float -> [...,C,height,width].
 * @param size  [height, width]; one number is the shorter side, and the longer keeps the proportion (rounded down)
 * @throws DataError unless size holds whole numbers >= 1
 * @see torch.nn.functional.interpolate with mode "bilinear", alignCorners false, antialias false; torchvision.transforms.Resize
 * @example console.log(new transforms.Resize([48, 64])(images).shape);
 */
export class Resize extends Transform {
  readonly size: number | readonly [number, number];

  constructor(size: number | readonly [number, number]) {
    super();
    pairOf("Resize", size);
    this.size = size;
  }

  protected apply(images: Tensor): Tensor {
    const from = readStack("Resize", images);
    const to = this.target(from);
    const rows = weightsOf(from.height, to.height);
    const columns = weightsOf(from.width, to.width);
    return mapImages(images, from, to, (x, y) => resample(x, y, from, to, rows, columns));
  }

  private target({ channels, height, width }: ImageSize): ImageSize {
    if (typeof this.size !== "number") return { channels, height: this.size[0], width: this.size[1] };
    const long = Math.floor((this.size * Math.max(height, width)) / Math.min(height, width));
    return height <= width
      ? { channels, height: this.size, width: long }
      : { channels, height: long, width: this.size };
  }
}

/** For each output line: the two input lines it lies between, and how close it is to the second. */
interface Weights {
  first: Int32Array;
  second: Int32Array;
  share: Float64Array;
}

function weightsOf(from: number, to: number): Weights {
  const first = new Int32Array(to);
  const second = new Int32Array(to);
  const share = new Float64Array(to);
  for (let i = 0; i < to; i++) {
    const position = Math.max(0, ((i + 0.5) * from) / to - 0.5);
    first[i] = Math.min(Math.floor(position), from - 1);
    second[i] = Math.min(first[i] + 1, from - 1);
    share[i] = position - first[i];
  }
  return { first, second, share };
}

function resample(x: FloatArray, y: FloatArray, from: ImageSize, to: ImageSize, rows: Weights, columns: Weights): void {
  for (let c = 0, out = 0; c < to.channels; c++)
    for (let row = 0; row < to.height; row++) {
      const upper = (c * from.height + rows.first[row]) * from.width;
      const lower = (c * from.height + rows.second[row]) * from.width;
      const q = rows.share[row];
      for (let column = 0; column < to.width; column++, out++) {
        const [left, right, p] = [columns.first[column], columns.second[column], columns.share[column]];
        const top = x[upper + left] * (1 - p) + x[upper + right] * p;
        y[out] = top * (1 - q) + (x[lower + left] * (1 - p) + x[lower + right] * p) * q;
      }
    }
}
