import { checkBias, checkTensor } from "../arguments";
import { ShapeError } from "../errors";
import { checkOptions, type OptionNames } from "../options";
import { showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { convTranspose2d } from "./convTranspose2d";
import { overLines } from "./geometry/line";
import { unsqueeze } from "./reshape";
import { resolveLength } from "./geometry/window";

export interface ConvTranspose1dOptions {
  /** How many elements of the result an element of the input moves on; default 1. */
  stride?: number;
  /** Elements cut off on each side of the result; default 0. */
  padding?: number;
  /** Elements by which the result is longer behind; default 0, less than stride or dilation. */
  outputPadding?: number;
  /** How many independent convolutions the channels are split into; default 1. */
  groups?: number;
  /** Distance in elements between filter taps; default 1. */
  dilation?: number;
}
const optionNames: OptionNames<ConvTranspose1dOptions> = {
  stride: true,
  padding: true,
  outputPadding: true,
  groups: true,
  dilation: true,
};

/**
 * Each element of the input adds the filters, times its own value, to the result. Shapes: input [N,Cin,L], weight
 * [Cin,Cout/groups,S], bias [Cout] or null -> [N,Cout,Q], Q = (L-1)*stride - 2*padding + dilation*(S-1) + outputPadding + 1.
 * @param options.stride        how far an element of the input moves on in the result; default 1
 * @param options.padding       elements cut off on each side of the result; default 0
 * @param options.outputPadding elements that the result is longer behind; default 0
 * @param options.groups        number of independent convolutions that the channels are split into; default 1
 * @param options.dilation      distance in elements between filter taps; default 1
 * @throws ShapeError if channels disagree, or outputPadding is not smaller than stride or dilation
 * @see torch.nn.functional.conv_transpose1d
 * @example
 * const y = F.convTranspose1d(zeros([1, 8, 7]), zeros([8, 4, 2]), null, { stride: 2 }); // y.shape is [1, 4, 14]
 */
export function convTranspose1d(
  input: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  options: ConvTranspose1dOptions = {},
): Tensor {
  if (bias !== null) checkBias("convTranspose1d", bias);
  checkTensor("convTranspose1d", "input", input);
  checkTensor("convTranspose1d", "weight", weight);
  const given = checkOptions("convTranspose1d", options, optionNames, arguments, 3);
  const sizes = check(input, weight, bias, given);
  const along = (value: number): [number, number] => [0, value];
  return overLines(input, (images) =>
    convTranspose2d(images, unsqueeze(weight, 2), bias, {
      stride: [1, sizes.stride],
      dilation: [1, sizes.dilation],
      padding: along(sizes.padding),
      outputPadding: along(sizes.outputPadding),
      groups: sizes.groups,
    }),
  );
}

/** The options, checked in the words of lines. @throws ShapeError */
function check(
  { shape: x }: Tensor,
  { shape: w }: Tensor,
  bias: Tensor | null,
  options: ConvTranspose1dOptions,
): Required<ConvTranspose1dOptions> {
  const name = "convTranspose1d";
  const shapes = `input ${showShape(x)}, weight ${showShape(w)}`;
  if (x.length !== 3)
    throw new ShapeError(
      `${name}: input has ${x.length} dimensions, needs 3 (${shapes}). Give [N,C,L]; one line is x.unsqueeze(0).`,
    );
  if (w.length !== 3)
    throw new ShapeError(`${name}: weight has ${w.length} dimensions, needs 3 (${shapes}). Give [Cin,Cout/groups,S].`);
  const { groups = 1 } = options;
  if (w[0] !== x[1])
    throw new ShapeError(
      `${name}: input has ${x[1]} channels, weight expects ${w[0]} (${shapes}). ` +
        `A transposed convolution's weight is ordered [Cin,Cout/groups,S].`,
    );
  if (!Number.isInteger(groups) || groups < 1 || x[1] % groups !== 0)
    throw new ShapeError(
      `${name}: ${groups} groups do not divide ${x[1]} input channels (${shapes}). Choose a divisor.`,
    );
  const stride = resolveLength(name, "stride", options.stride ?? 1, 1);
  const padding = resolveLength(name, "padding", options.padding ?? 0, 0);
  const dilation = resolveLength(name, "dilation", options.dilation ?? 1, 1);
  const outputPadding = resolveLength(name, "outputPadding", options.outputPadding ?? 0, 0);
  if (outputPadding >= Math.max(stride, dilation))
    throw new ShapeError(
      `${name}: outputPadding ${outputPadding} is not smaller than stride ${stride} or dilation ${dilation} (${shapes}). ` +
        `It only chooses among the sizes that the stride maps to one.`,
    );
  const length = (x[2] - 1) * stride - 2 * padding + dilation * (w[2] - 1) + outputPadding + 1;
  if (Math.min(x[2], w[2], length) < 1)
    throw new ShapeError(
      `${name}: the result would be ${length} elements long (${shapes}). Use less padding or a larger filter.`,
    );
  if (bias && (bias.shape.length !== 1 || bias.shape[0] !== w[1] * groups))
    throw new ShapeError(
      `${name}: bias must have shape [${w[1] * groups}], one number a channel of the result (bias ${showShape(bias.shape)}). ` +
        `The weight is ordered [Cin,Cout/groups,S].`,
    );
  return { stride, padding, outputPadding, groups, dilation };
}
