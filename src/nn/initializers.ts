/** Ways to draw first weights, as `nn.init`: each fills a parameter in place and returns it. */
import { checkNumber, checkTensor, show } from "../arguments";
import { ShapeError } from "../errors";
import { checkOptions, type OptionNames } from "../options";
import { defaultRandom } from "../tensor/random";
import { showShape, sizeOf } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { drawAgain, noteFirst } from "./firstWeights";

/** What follows the layer, by its name in `F`; conv2d and the like count as "linear". */
export type Nonlinearity = "linear" | "sigmoid" | "tanh" | "relu" | "leakyRelu" | "selu";

export interface GainOptions {
  /** What the standard deviation is multiplied by; default 1. */
  gain?: number;
}
const gainOptions: OptionNames<GainOptions> = { gain: true };

export interface KaimingOptions {
  /** Whether the size of the outputs ("fanIn") or of the gradients ("fanOut") is kept; default "fanIn". */
  mode?: "fanIn" | "fanOut";
  /** What follows the layer; default "leakyRelu". */
  nonlinearity?: Nonlinearity;
  /** Negative slope of the leakyRelu; default 0. */
  a?: number;
}
const kaimingOptions: OptionNames<KaimingOptions> = { a: true, mode: true, nonlinearity: true };

function fill<T extends Tensor>(caller: string, parameter: T, draw: () => number): T {
  checkTensor(`nn.init.${caller}`, "parameter", parameter, "Give a parameter, such as layer.weight.");
  noteFirst(parameter, (data) => {
    for (let i = 0; i < data.length; i++) data[i] = draw();
  });
  drawAgain(parameter);
  return parameter;
}

/** Uniform numbers in [a, b); default 0 to 1. @see torch.nn.init.uniform_ */
export function uniform<T extends Tensor>(parameter: T, a = 0, b = 1): T {
  for (const [name, value] of Object.entries({ a, b })) checkNumber("nn.init.uniform", name, value);
  return fill("uniform", parameter, () => a + (b - a) * defaultRandom().next());
}
/** Normal numbers; default mean 0 and standard deviation 1. @see torch.nn.init.normal_ */
export function normal<T extends Tensor>(parameter: T, mean = 0, std = 1): T {
  for (const [name, value] of Object.entries({ mean, std })) checkNumber("nn.init.normal", name, value);
  return fill("normal", parameter, () => mean + std * defaultRandom().normal());
}
/** `value` everywhere. @see torch.nn.init.constant_ */
export function constant<T extends Tensor>(parameter: T, value: number): T {
  checkNumber("nn.init.constant", "value", value);
  return fill("constant", parameter, () => value);
}
/** 0 everywhere. @see torch.nn.init.zeros_ */
export const zeros = <T extends Tensor>(parameter: T): T => fill("zeros", parameter, () => 0);
/** 1 everywhere. @see torch.nn.init.ones_ */
export const ones = <T extends Tensor>(parameter: T): T => fill("ones", parameter, () => 1);

/**
 * Uniform numbers that keep the size of both outputs and gradients: in +-gain * sqrt(6 / (fanIn + fanOut)).
 * @throws ShapeError if the parameter has fewer than 2 dimensions
 * @see Glorot & Bengio 2010; torch.nn.init.xavier_uniform_
 */
export function xavierUniform<T extends Tensor>(parameter: T, options: GainOptions = {}): T {
  const { gain = 1 } = checkOptions("xavierUniform", options, gainOptions, arguments, 1);
  const { fanIn, fanOut } = fans("xavierUniform", parameter);
  const bound = gain * Math.sqrt(6 / (fanIn + fanOut));
  return uniform(parameter, -bound, bound);
}

/**
 * Normal numbers that keep the size of both outputs and gradients: std = gain * sqrt(2 / (fanIn + fanOut)).
 * @throws ShapeError if the parameter has fewer than 2 dimensions
 * @see Glorot & Bengio 2010; torch.nn.init.xavier_normal_
 */
export function xavierNormal<T extends Tensor>(parameter: T, options: GainOptions = {}): T {
  const { gain = 1 } = checkOptions("xavierNormal", options, gainOptions, arguments, 1);
  const { fanIn, fanOut } = fans("xavierNormal", parameter);
  return normal(parameter, 0, gain * Math.sqrt(2 / (fanIn + fanOut)));
}

/**
 * Uniform numbers that keep the size of what passes rectifiers: in +-gain * sqrt(3 / fan).
 * @throws ShapeError if the parameter has fewer than 2 dimensions; RangeError for an unknown word
 * @see He et al. 2015, arXiv:1502.01852; torch.nn.init.kaiming_uniform_
 */
export function kaimingUniform<T extends Tensor>(parameter: T, options: KaimingOptions = {}): T {
  checkOptions("kaimingUniform", options, kaimingOptions, arguments, 1);
  const bound = Math.sqrt(3) * kaimingStd("kaimingUniform", parameter, options);
  return uniform(parameter, -bound, bound);
}

/**
 * Normal numbers that keep the size of what passes rectifiers: std = gain / sqrt(fan).
 * @throws ShapeError if the parameter has fewer than 2 dimensions; RangeError for an unknown word
 * @see He et al. 2015, arXiv:1502.01852; torch.nn.init.kaiming_normal_
 * @example
 * const conv = new nn.Conv2d(3, 16, 3);
 * nn.init.kaimingNormal(conv.weight, { mode: "fanOut", nonlinearity: "relu" });
 * if (conv.bias) nn.init.zeros(conv.bias);
 */
export function kaimingNormal<T extends Tensor>(parameter: T, options: KaimingOptions = {}): T {
  checkOptions("kaimingNormal", options, kaimingOptions, arguments, 1);
  return normal(parameter, 0, kaimingStd("kaimingNormal", parameter, options));
}

/**
 * By how much a nonlinearity shrinks normal numbers, so by how much weights should be larger: sqrt(2) for relu.
 * @param param the negative slope of leakyRelu; default 0.01
 * @throws RangeError for a nonlinearity without a recommended gain
 * @see torch.nn.init.calculate_gain
 */
export function calculateGain(nonlinearity: Nonlinearity, param = 0.01): number {
  checkNumber("calculateGain", "param", param);
  const gains: Record<Nonlinearity, number> = {
    linear: 1,
    sigmoid: 1,
    tanh: 5 / 3,
    relu: Math.sqrt(2),
    leakyRelu: Math.sqrt(2 / (1 + param ** 2)),
    selu: 3 / 4,
  };
  if (!Object.hasOwn(gains, nonlinearity))
    throw new RangeError(
      `calculateGain: nonlinearity must be one of ${Object.keys(gains).join(", ")}, got ${show(nonlinearity)}.`,
    );
  return gains[nonlinearity];
}

function kaimingStd(caller: string, parameter: Tensor, options: KaimingOptions): number {
  const { mode = "fanIn", nonlinearity = "leakyRelu", a = 0 } = options;
  if (mode !== "fanIn" && mode !== "fanOut")
    throw new RangeError(`${caller}: mode must be "fanIn" or "fanOut", got ${show(mode)}.`);
  return calculateGain(nonlinearity, a) / Math.sqrt(fans(caller, parameter)[mode]);
}

/** How many inputs an output sums over, and how many outputs an input reaches. */
function fans(caller: string, parameter: Tensor): { fanIn: number; fanOut: number } {
  checkTensor(`nn.init.${caller}`, "parameter", parameter, "Give a parameter, such as layer.weight.");
  const { shape } = parameter;
  if (shape.length < 2)
    throw new ShapeError(
      `${caller}: the fans of a parameter need 2 dimensions or more (parameter ${showShape(shape)}). ` +
        `Is it a bias? Use nn.init.zeros.`,
    );
  const window = sizeOf(shape.slice(2));
  return { fanIn: shape[1] * window, fanOut: shape[0] * window };
}
