/** Activation functions with options; those without are `unary(name, x)`. */
import { checkOptions, type OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";
import { unary } from "./unary";

export interface LeakyReluOptions {
  /** Slope below 0; default 0.01. */
  negativeSlope?: number;
}
export const leakyReluOptions: OptionNames<LeakyReluOptions> = { negativeSlope: true };

/**
 * x where it is positive, negativeSlope times x elsewhere. Shape: as x.
 * @see Maas et al. 2013; torch.nn.functional.leaky_relu
 */
export function leakyRelu(x: Tensor, options: LeakyReluOptions = {}): Tensor {
  const { negativeSlope = 0.01 } = checkOptions("leakyRelu", options, leakyReluOptions);
  return unary("leakyRelu", x, negativeSlope);
}

export interface EluOptions {
  /** Minus the value far below 0; default 1. */
  alpha?: number;
}

/**
 * x where it is positive, alpha * (exp(x) - 1) elsewhere. Shape: as x.
 * @see Clevert et al. 2015, arXiv:1511.07289; torch.nn.functional.elu
 */
export const elu = (x: Tensor, { alpha = 1 }: EluOptions = {}): Tensor => unary("elu", x, alpha);

export interface GeluOptions {
  /** "none" (default): with the error function; "tanh": Hendrycks and Gimpel's approximation. */
  approximate?: "none" | "tanh";
}

/**
 * x times the probability that a standard normal number is below x. Shape: as x.
 * @see Hendrycks & Gimpel 2016, arXiv:1606.08415; torch.nn.functional.gelu
 */
export function gelu(x: Tensor, { approximate = "none" }: GeluOptions = {}): Tensor {
  if (approximate !== "none" && approximate !== "tanh")
    throw new RangeError(
      `gelu: approximate must be "none" or "tanh", got ${JSON.stringify(approximate)}. Leave it out for "none".`,
    );
  return unary(approximate === "tanh" ? "geluTanh" : "gelu", x);
}

export interface SoftplusOptions {
  /** How sharp the bend at 0 is; default 1. */
  beta?: number;
  /** Where beta * x is larger the result is x itself; default 20. */
  threshold?: number;
}

/**
 * log(1 + exp(beta * x)) / beta, a smooth max(x, 0). Shape: as x.
 * @see torch.nn.functional.softplus
 */
export const softplus = (x: Tensor, { beta = 1, threshold = 20 }: SoftplusOptions = {}): Tensor =>
  unary("softplus", x, beta, threshold);
