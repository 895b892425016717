/** What views ask of tensors. */
import { nextStep, show } from "../arguments";
import { getDevice, type TypedArray } from "../devices/device";
import { DataError } from "../errors";
import { unusualWords } from "../marks";
import { showShape, type Shape } from "../tensor/shape";
import { Tensor } from "../tensor/tensor";
import type { Statistics } from "./statistics";

/** The numbers of a tensor on any device, without a copy: read only. */
export const numbersOf = async (t: Tensor): Promise<TypedArray> => getDevice(t.device).read(t.storage.memory);

/** `[4,3,32,32] float32 on cpu`, and how many numbers are none. */
export function subtitleOf(t: Tensor, { unusual }: Pick<Statistics, "unusual">, ...notes: string[]): string {
  const broken = unusual > 0 ? [unusualWords(unusual)] : [];
  return [`${showShape(t.shape)} ${t.dtype} on ${t.device}`, ...notes, ...broken].join(", ");
}

/** @throws DataError unless `t` is a tensor with one of the given numbers of dimensions and holds something */
export function checkTensor(caller: string, t: Tensor, ranks: readonly number[], expected: string): void {
  if (!(t instanceof Tensor))
    throw new DataError(
      `${caller}: expected a Tensor ${expected}, got ${show(t)}. ${nextStep(t, "Make one with tensor().", "Call it with its input: net(x).")}`,
    );
  if (ranks.includes(t.shape.length) && t.numel() === 0)
    throw new DataError(`${caller}: ${showShape(t.shape)} holds no number. Give at least one of each.`);
  if (!ranks.includes(t.shape.length))
    throw new DataError(
      `${caller}: expected ${expected}, got ${showShape(t.shape)}. Bring it to that shape with reshape() or slice().`,
    );
}

/**
 * @param images how many there are to choose from
 * @param shape  in which they lie
 * @throws DataError unless there is this one; undefined is none in particular
 */
export function checkImage(caller: string, image: number | undefined, images: number, shape: Shape): void {
  if (image === undefined || (Number.isInteger(image) && image >= 0 && image < images)) return;
  throw new DataError(
    `${caller}: there is no image ${show(image)} (input ${showShape(shape)}). Count from 0 to ${images - 1}.`,
  );
}
