/** What a layer costs: parameters, with the way they are counted, and multiply-adds. */
import type { Module } from "../nn/module";
import { sizeOf, type Shape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { ownParameters } from "./trace";

export interface Parameters {
  count: number;
  /** Those that are trained. */
  trained: number;
  /** "5*5*3*10+10 = 760"; "" without parameters. */
  formula: string;
}

/** Parameters of a module's own, without those of modules inside it. */
export function parametersOf(module: Module): Parameters {
  const own = ownParameters(module).map(([, tensor]) => tensor);
  const count = total(own);
  const factors = own.map(({ shape }) => product(shape)).join("+");
  const counted = count.toLocaleString("en-US");
  return {
    count,
    trained: total(own.filter(({ requiresGrad }) => requiresGrad)),
    formula: own.length === 0 ? "" : /\D/.test(factors) ? `${factors} = ${counted}` : counted,
  };
}

/** Filters [K,C,R,S] are counted as on the slides, R*S*C*K; matrices [out,in] as in*out. */
function product(shape: Shape): string {
  const [first = 1, ...rest] = shape;
  const [second, ...window] = rest;
  return [...window, ...(second === undefined ? [] : [second]), first].join("*");
}

/**
 * Multiply-adds of one run, counted as torchinfo counts: every parameter of a convolution (the bias too) once per
 * position of the output and image, every other parameter once per image.
 * @see torchinfo, LayerInfo.calculate_macs
 */
export function multiplyAdds(module: Module, output: Shape): number {
  if (module.children().length > 0) return 0;
  const [images = 1, , ...positions] = output;
  const isConvolution = module.constructor.name.includes("Conv");
  return parametersOf(module).count * images * (isConvolution ? sizeOf(positions) : 1);
}

const total = (tensors: readonly Tensor[]): number => tensors.reduce((sum, t) => sum + t.numel(), 0);
