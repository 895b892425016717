/** Kernels that users wrote in place of built-in ones. See `ops/useKernel.ts`. */
import type { KernelFunction } from "./compile";

export interface Replacement {
  name: string;
  /** Text of the function, ready for GPU.js. */
  source: string;
  /** Besides the constants of the kernel that it stands for. */
  constants: Readonly<Record<string, number>>;
  functions: readonly string[];
  /** For which sizes it stands in. */
  when: (sizes: Readonly<Record<string, number>>) => boolean;
}

const replacements = new Map<KernelFunction, Replacement>();

/** What stands in for `kernel` at these sizes; null if nothing does. */
export function replacementOf(kernel: KernelFunction, sizes: Readonly<Record<string, number>>): Replacement | null {
  const replacement = replacements.get(kernel);
  return replacement?.when(sizes) ? replacement : null;
}

export function replace(kernel: KernelFunction, replacement: Replacement | null): void {
  if (replacement) replacements.set(kernel, replacement);
  else replacements.delete(kernel);
}

export const forgetReplacements = (): void => replacements.clear();
