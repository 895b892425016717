import { checkTensor, isTensor } from "../../arguments";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";

/** What the loss layers share: options that go to the function, their tensors on the device of the input. */
export abstract class Loss<Options extends object> extends Module {
  constructor(protected readonly options: Options) {
    super();
  }

  /** @internal The options with their tensors (weights) moved to where the network computes. */
  protected optionsFor(input: Tensor): Options {
    checkTensor(this.constructor.name, "input", input);
    const moved = Object.entries(this.options).map(([name, value]: [string, unknown]) => [
      name,
      isTensor(value) ? value.to(input.device) : value,
    ]);
    return Object.fromEntries(moved) as Options;
  }
}
