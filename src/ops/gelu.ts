import { show } from "../arguments";
import { checkOptions, type OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";
import { unary } from "./unary";

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
