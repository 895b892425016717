import type { Tensor } from "../tensor/tensor";
import type { Module } from "./module";

/** Sees what a module got and gave; a tensor that it returns takes the place of the output. */
export type ForwardHook = (module: Module, inputs: Tensor[], output: Tensor) => Tensor | void;

/** What registering a hook gives: the way to get rid of it. */
export interface HookHandle {
  /** The hook is not called any more. */
  remove(): void;
}

const hooks = new WeakMap<Module, Set<{ hook: ForwardHook }>>();

/** @internal The same function may be registered twice, and then runs twice. */
export function addForwardHook(module: Module, hook: ForwardHook): HookHandle {
  const own = hooks.get(module) ?? new Set();
  hooks.set(module, own);
  const entry = { hook };
  own.add(entry);
  return { remove: () => void own.delete(entry) };
}

/** @internal The output after all hooks of the module, in the order they were registered. */
export function runForwardHooks(module: Module, inputs: Tensor[], output: Tensor): Tensor {
  // A copy: a hook may remove itself while it runs.
  for (const { hook } of [...(hooks.get(module) ?? [])]) output = hook(module, inputs, output) ?? output;
  return output;
}
