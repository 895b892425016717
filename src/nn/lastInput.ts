/** What networks last ran on: nothing else says which inputs a network takes. */
import type { Shape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import type { Module } from "./module";

const shapes = new WeakMap<Module, Shape>();

/** Notes the input of a forward pass that has succeeded; of the outermost module, so that it costs nothing a layer. */
export function rememberInput(module: Module, input: Tensor | undefined): void {
  // A program that is not type-checked may give no tensor.
  if (input?.shape) shapes.set(module, input.shape);
}

/** The shape of the last input, batch first; undefined if the module has not run by itself. */
export const lastInputShape = (module: Module): Shape | undefined => shapes.get(module);
