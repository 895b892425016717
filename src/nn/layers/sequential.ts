import type { Tensor } from "../../tensor/tensor";
import { Module, modulesIn } from "../module";

/** Modules one after another, each fed with the result of the one before; named "0", "1", ... @see torch.nn.Sequential */
export class Sequential extends Module {
  [index: `${number}`]: Module;

  constructor(...modules: Module[]) {
    super();
    modules.forEach((module, i) => (this[`${i}`] = module));
  }
  forward(x: Tensor): Tensor {
    return modulesIn(this).reduce((value, [, module]) => module(value), x);
  }
}
