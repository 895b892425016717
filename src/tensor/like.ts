/** Tensors with another tensor's shape, dtype and device, which options can change. */
import { checkOptions, type OptionNames } from "../options";
import { full, rand, randn, type CreateOptions } from "./create";
import type { Tensor } from "./tensor";

/** @internal What every function that creates a tensor takes. */
export const createOptions: OptionNames<CreateOptions> = { dtype: true, device: true, requiresGrad: true };

function like(caller: string, x: Tensor, options: CreateOptions): CreateOptions {
  return { dtype: x.dtype, device: x.device, ...checkOptions(caller, options, createOptions) };
}

/** All zeros. Shape, dtype and device: as x. @see torch.zeros_like */
export const zerosLike = (x: Tensor, options: CreateOptions = {}): Tensor =>
  full(x.shape, 0, like("zerosLike", x, options), "zerosLike");

/** All ones. Shape, dtype and device: as x. @see torch.ones_like */
export const onesLike = (x: Tensor, options: CreateOptions = {}): Tensor =>
  full(x.shape, 1, like("onesLike", x, options), "onesLike");

/** `value` everywhere. Shape, dtype and device: as x. @see torch.full_like */
export const fullLike = (x: Tensor, value: number, options: CreateOptions = {}): Tensor =>
  full(x.shape, value, like("fullLike", x, options), "fullLike");

/** Uniform numbers in [0, 1). Shape, dtype and device: as x. @throws DTypeError for integers @see torch.rand_like */
export const randLike = (x: Tensor, options: CreateOptions = {}): Tensor =>
  rand(x.shape, like("randLike", x, options));

/** Standard normal numbers. Shape, dtype and device: as x. @throws DTypeError for integers @see torch.randn_like */
export const randnLike = (x: Tensor, options: CreateOptions = {}): Tensor =>
  randn(x.shape, like("randnLike", x, options));
