import { checkModule } from "../../arguments";
import type { Tensor } from "../../tensor/tensor";
import { Module, modulesIn } from "../module";

/** Modules one after another, each fed with the result of the one before; named "0", "1", ... @see torch.nn.Sequential */
export class Sequential extends Module {
  [index: `${number}`]: Module;

  constructor(...modules: Module[]) {
    super();
    modules.forEach((module, i) => {
      checkLayer(module, i);
      this[`${i}`] = module;
    });
  }
  forward(x: Tensor): Tensor {
    return modulesIn(this).reduce((value, [, module]) => module(value), x);
  }
}

/** @throws TypeError unless it is a module; an array of them is what Python's users write */
function checkLayer(module: unknown, i: number): void {
  if (Array.isArray(module))
    throw new TypeError(
      `Sequential: takes modules one by one, got an array of ${module.length}. Write new nn.Sequential(...layers).`,
    );
  checkModule("Sequential", `module ${i}`, module);
}
