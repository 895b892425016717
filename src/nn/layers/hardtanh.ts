import { hardtanh, hardtanhOptions, type HardtanhOptions } from "../../ops";
import { checkOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";

/**
 * x held between two bounds. Shape: as the input.
 * @param options minVal: default -1; maxVal: default 1
 * @throws RangeError unless minVal is below maxVal
 * @see torch.nn.Hardtanh
 */
export class Hardtanh extends Module {
  constructor(readonly options: HardtanhOptions = {}) {
    super();
    const { minVal = -1, maxVal = 1 } = checkOptions("Hardtanh", options, hardtanhOptions, arguments, 0);
    if (!(minVal < maxVal))
      throw new RangeError(`Hardtanh: minVal must be < maxVal, got ${minVal} and ${maxVal}. Exchange them.`);
  }
  forward(x: Tensor): Tensor {
    return hardtanh(x, this.options);
  }
  override extraRepr(): string {
    const { minVal = -1, maxVal = 1 } = this.options;
    return `minVal=${minVal}, maxVal=${maxVal}`;
  }
}
