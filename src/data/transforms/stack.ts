/** Images as plain numbers: what every transform reads and writes. */
import { checkTensor } from "../../arguments";
import { allocate, getDevice, isFloat, type FloatArray } from "../../devices/device";
import { DeviceError, DTypeError, ShapeError } from "../../errors";
import { fromArray } from "../../tensor/create";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";

/** Channels, rows and columns of one image. */
export interface ImageSize {
  channels: number;
  height: number;
  width: number;
}

/** The images of a tensor [...,C,H,W], one after another. */
export interface Stack extends ImageSize {
  /** Row-major, not a copy: only read it. */
  numbers: FloatArray;
  /** How many images. */
  count: number;
}

/**
 * The numbers of images [...,C,H,W].
 * @param caller begins messages: "RandomCrop"
 * @throws ShapeError for fewer dimensions, DTypeError unless float, DeviceError if they are not on the host
 */
export function readStack(caller: string, images: Tensor): Stack {
  checkTensor(caller, "input", images);
  const { shape, dtype, device } = images;
  if (shape.length < 3)
    throw new ShapeError(
      `${caller}: an image has three dimensions or more, [...,C,H,W] (input ${showShape(shape)}). Add them with unsqueeze().`,
    );
  if (!isFloat(dtype))
    throw new DTypeError(`${caller}: images must be float, got ${dtype} (input ${showShape(shape)}).`);
  const numbers = getDevice(device).read(images.storage.memory);
  if (numbers instanceof Promise)
    throw new DeviceError(
      `${caller}: the images are on the ${device}, transforms run on the cpu. Move the batch afterwards.`,
    );
  const [channels, height, width] = shape.slice(-3);
  const count = shape.slice(0, -3).reduce((product, length) => product * length, 1);
  return { numbers: numbers as FloatArray, count, channels, height, width };
}

/** `make` run on each image of a stack; the result has the leading dimensions, dtype and device of `images`. */
export function mapImages(
  images: Tensor,
  from: Stack,
  to: ImageSize,
  make: (x: FloatArray, y: FloatArray, index: number) => void,
): Tensor {
  const [inLength, outLength] = [from, to].map(({ channels, height, width }) => channels * height * width);
  const out = allocate(images.dtype, from.count * outLength) as FloatArray;
  for (let i = 0; i < from.count; i++)
    make(from.numbers.subarray(i * inLength, (i + 1) * inLength), out.subarray(i * outLength, (i + 1) * outLength), i);
  const shape = [...images.shape.slice(0, -3), to.channels, to.height, to.width];
  return fromArray(out, shape, { device: images.device });
}
