/** Activation functions with options; those without are `unary(name, x)`. */
import { show } from "../arguments";
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
  const { negativeSlope = 0.01 } = checkOptions("leakyRelu", options, leakyReluOptions, arguments, 1);
  return unary("leakyRelu", x, negativeSlope);
}

export interface EluOptions {
  /** Minus the value far below 0; default 1. */
  alpha?: number;
}
export const eluOptions: OptionNames<EluOptions> = { alpha: true };

/**
 * x where it is positive, alpha * (exp(x) - 1) elsewhere. Shape: as x.
 * @see Clevert et al. 2015, arXiv:1511.07289; torch.nn.functional.elu
 */
export function elu(x: Tensor, options: EluOptions = {}): Tensor {
  const { alpha = 1 } = checkOptions("elu", options, eluOptions, arguments, 1);
  return unary("elu", x, alpha);
}

export interface GeluOptions {
  /** "none" (default): with the error function; "tanh": Hendrycks and Gimpel's approximation. */
  approximate?: "none" | "tanh";
}
export const geluOptions: OptionNames<GeluOptions> = { approximate: true };

/**
 * x times the probability that a standard normal number is below x. Shape: as x.
 * @see Hendrycks & Gimpel 2016, arXiv:1606.08415; torch.nn.functional.gelu
 */
export function gelu(x: Tensor, options: GeluOptions = {}): Tensor {
  const { approximate = "none" } = checkOptions("gelu", options, geluOptions, arguments, 1);
  if (approximate !== "none" && approximate !== "tanh")
    throw new RangeError(
      `gelu: approximate must be "none" or "tanh", got ${show(approximate)}. Leave it out for "none".`,
    );
  return unary(approximate === "tanh" ? "geluTanh" : "gelu", x);
}

export interface SoftplusOptions {
  /** How sharp the bend at 0 is; default 1. */
  beta?: number;
  /** Where beta * x is larger the result is x itself; default 20. */
  threshold?: number;
}

export const softplusOptions: OptionNames<SoftplusOptions> = { beta: true, threshold: true };

/**
 * log(1 + exp(beta * x)) / beta, a smooth max(x, 0). Shape: as x.
 * @see torch.nn.functional.softplus
 */
export function softplus(x: Tensor, options: SoftplusOptions = {}): Tensor {
  const { beta = 1, threshold = 20 } = checkOptions("softplus", options, softplusOptions, arguments, 1);
  return unary("softplus", x, beta, threshold);
}

export interface HardtanhOptions {
  /** The lower bound; default -1. */
  minVal?: number;
  /** The upper bound; default 1. */
  maxVal?: number;
}
export const hardtanhOptions: OptionNames<HardtanhOptions> = { minVal: true, maxVal: true };

/**
 * x held between minVal and maxVal; at the bounds and outside nothing is learned. Shape: as x.
 * @throws RangeError if minVal is above maxVal
 * @see torch.nn.functional.hardtanh
 * @example F.hardtanh(tensor([-2, 0.5, 2])); // [-1, 0.5, 1]
 */
export function hardtanh(x: Tensor, options: HardtanhOptions = {}): Tensor {
  const { minVal = -1, maxVal = 1 } = checkOptions("hardtanh", options, hardtanhOptions, arguments, 1);
  if (!(minVal <= maxVal))
    throw new RangeError(`hardtanh: minVal must be <= maxVal, got ${minVal} and ${maxVal}. Exchange them.`);
  return unary("hardtanh", x, minVal, maxVal);
}

export interface CeluOptions {
  /** Minus the value far below 0; default 1. */
  alpha?: number;
}
export const celuOptions: OptionNames<CeluOptions> = { alpha: true };

/**
 * x where it is positive, alpha * (exp(x / alpha) - 1) elsewhere: an ELU without a corner at 0. Shape: as x.
 * @throws RangeError if alpha is 0
 * @see Barron 2017, arXiv:1704.07483; torch.nn.functional.celu
 */
export function celu(x: Tensor, options: CeluOptions = {}): Tensor {
  const { alpha = 1 } = checkOptions("celu", options, celuOptions, arguments, 1);
  if (alpha === 0) throw new RangeError(`celu: alpha divides x, got 0. The default is 1.`);
  return unary("celu", x, alpha);
}
