import { localResponseNorm, localResponseNormOptions, type LocalResponseNormOptions } from "../../ops";
import { checkOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";

/**
 * Each number divided by what the same pixel holds in the `size` channels around it. Shapes: [N,C,...] -> same.
 * @param size    how many channels count
 * @param options alpha (default 1e-4; divided by size), beta (0.75), k (1)
 * @see Krizhevsky et al. 2012, section 3.3; torch.nn.LocalResponseNorm
 */
export class LocalResponseNorm extends Module {
  constructor(
    readonly size: number,
    readonly options: LocalResponseNormOptions = {},
  ) {
    super();
    checkOptions("LocalResponseNorm", options, localResponseNormOptions, arguments, 1);
  }
  forward(x: Tensor): Tensor {
    return localResponseNorm(x, this.size, this.options);
  }
  override extraRepr(): string {
    const named = Object.entries(this.options).map(([name, value]) => `${name}=${value}`);
    return [this.size, ...named].join(", ");
  }
}
