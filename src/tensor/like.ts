/** Tensors with another tensor's shape, dtype and device, which options can change. */
import { checkTensor } from "../arguments";
import { checkOptions } from "../options";
import { createOptions, filled, rand, randn, type CreateOptions } from "./create";
import type { Tensor } from "./tensor";

/** The options, with those of x where nothing is said. @param given all arguments; the last one that is known are the options */
function like(caller: string, x: Tensor, options: CreateOptions, given: ArrayLike<unknown>, place = 1): CreateOptions {
  checkTensor(caller, "input", x);
  return { dtype: x.dtype, device: x.device, ...checkOptions(caller, options, createOptions, given, place) };
}

/** All zeros. Shape, dtype and device: as x. @see torch.zeros_like */
export function zerosLike(x: Tensor, options: CreateOptions = {}): Tensor {
  const made = like("zerosLike", x, options, arguments);
  return filled("zerosLike", x.shape, 0, made);
}

/** All ones. Shape, dtype and device: as x. @see torch.ones_like */
export function onesLike(x: Tensor, options: CreateOptions = {}): Tensor {
  const made = like("onesLike", x, options, arguments);
  return filled("onesLike", x.shape, 1, made);
}

/** `value` everywhere. Shape, dtype and device: as x. @see torch.full_like */
export function fullLike(x: Tensor, value: number, options: CreateOptions = {}): Tensor {
  const made = like("fullLike", x, options, arguments, 2);
  return filled("fullLike", x.shape, value, made);
}

/** Uniform numbers in [0, 1). Shape, dtype and device: as x. @throws DTypeError for integers @see torch.rand_like */
export function randLike(x: Tensor, options: CreateOptions = {}): Tensor {
  const made = like("randLike", x, options, arguments);
  return rand(x.shape, made);
}

/** Standard normal numbers. Shape, dtype and device: as x. @throws DTypeError for integers @see torch.randn_like */
export function randnLike(x: Tensor, options: CreateOptions = {}): Tensor {
  const made = like("randnLike", x, options, arguments);
  return randn(x.shape, made);
}
