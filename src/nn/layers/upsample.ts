import { ShapeError } from "../../errors";
import { interpolate, type InterpolateOptions } from "../../ops";
import { checkOptions, type OptionNames } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";
import { listOptions } from "./shared";

const optionNames: OptionNames<InterpolateOptions> = {
  size: true,
  scaleFactor: true,
  mode: true,
  alignCorners: true,
};

/**
 * Lines, images or volumes in another size. Shapes: [N,C,H,W] -> [N,C,P,Q], and likewise for [N,C,L] and [N,C,D,H,W].
 * @param options size or scaleFactor, mode ("nearest" unless given) and alignCorners, as in F.interpolate
 * @throws ShapeError unless just one of size and scaleFactor is given
 * @see torch.nn.Upsample
 * @example
 * const twice = new nn.Upsample({ scaleFactor: 2, mode: "bilinear" });
 * console.log(twice(images).shape); // [4, 3, 64, 64]
 */
export class Upsample extends Module {
  constructor(readonly options: InterpolateOptions) {
    super();
    const { size, scaleFactor } = checkOptions("Upsample", options, optionNames, arguments, 0);
    if ((size === undefined) === (scaleFactor === undefined))
      throw new ShapeError(
        `Upsample: takes either size or scaleFactor, got ${size === undefined ? "neither" : "both"}. ` +
          `Give one: { size: [64, 64] } or { scaleFactor: 2 }.`,
      );
  }
  forward(x: Tensor): Tensor {
    return interpolate(x, this.options);
  }
  override extraRepr(): string {
    const { size, scaleFactor, mode = "nearest", alignCorners } = this.options;
    return listOptions({ size, scaleFactor, mode, alignCorners });
  }
}
