import { checkBias, checkTensor } from "../arguments";
import { ShapeError } from "../errors";
import { checkOptions, type OptionNames } from "../options";
import { showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { conv2d, type PaddingName } from "./conv2d";
import { checkChannels, checkPaddingName } from "./conv2d/geometry";
import { overLines } from "./geometry/line";
import { unsqueeze } from "./reshape";
import { countWindows, resolveLength } from "./geometry/window";

export interface Conv1dOptions {
  /** Step in elements between windows; default 1. */
  stride?: number;
  /** Zeros added on each side, or "same" or "valid"; default 0. */
  padding?: number | PaddingName;
  /** Distance in elements between filter taps; default 1. */
  dilation?: number;
  /** How many independent convolutions the channels are split into; default 1. */
  groups?: number;
}
export const conv1dOptions: OptionNames<Conv1dOptions> = {
  stride: true,
  padding: true,
  dilation: true,
  groups: true,
};

/**
 * The cross-correlation of each line with each filter. Shapes: input [N,C,L], weight [K,C/groups,S], bias [K] or null ->
 * [N,K,Q], Q = floor((L + 2*padding - dilation*(S-1) - 1)/stride) + 1.
 * @param options.stride   step in elements between windows; default 1
 * @param options.padding  zeros added on each side, or "valid" (none), or "same": as many as make Q = L (stride 1 only,
 *                         one more behind if their number is odd); default 0
 * @param options.dilation distance in elements between filter taps; default 1
 * @param options.groups   number of independent convolutions that the channels are split into; default 1
 * @throws ShapeError if channels disagree, the filter exceeds the padded line, or "same" meets a stride other than 1
 * @see torch.nn.functional.conv1d
 * @example
 * const y = F.conv1d(zeros([1, 3, 100]), zeros([8, 3, 5]), null, { stride: 2 }); // y.shape is [1, 8, 48]
 */
export function conv1d(input: Tensor, weight: Tensor, bias: Tensor | null = null, options: Conv1dOptions = {}): Tensor {
  if (bias !== null) checkBias("conv1d", bias);
  checkTensor("conv1d", "input", input);
  checkTensor("conv1d", "weight", weight);
  checkOptions("conv1d", options, conv1dOptions, arguments, 3);
  const { padding, ...window } = check(input, weight, bias, options);
  const groups = options.groups ?? 1;
  const sides = typeof padding === "number" ? ([0, padding] as const) : padding;
  const filters = unsqueeze(weight, 2);
  return overLines(input, (images) =>
    conv2d(images, filters, bias, {
      stride: [1, window.stride],
      dilation: [1, window.dilation],
      padding: sides,
      groups,
    }),
  );
}

/** The options, checked in the words of lines. @throws ShapeError */
function check(
  { shape: x }: Tensor,
  { shape: w }: Tensor,
  bias: Tensor | null,
  options: Conv1dOptions,
): Required<Omit<Conv1dOptions, "groups">> {
  const shapes = `input ${showShape(x)}, weight ${showShape(w)}`;
  if (x.length !== 3)
    throw new ShapeError(
      `conv1d: input has ${x.length} dimensions, needs 3 (${shapes}). Give [N,C,L]; one line is x.unsqueeze(0).`,
    );
  if (w.length !== 3)
    throw new ShapeError(`conv1d: weight has ${w.length} dimensions, needs 3 (${shapes}). Give [K,C/groups,S].`);
  checkChannels("conv1d", [x, w, bias && bias.shape], options.groups ?? 1, "[N,C,L]");
  if (x[2] < 1) throw new ShapeError(`conv1d: the lines have no elements (${shapes}). Only the batch may be empty.`);
  const stride = resolveLength("conv1d", "stride", options.stride ?? 1, 1);
  const dilation = resolveLength("conv1d", "dilation", options.dilation ?? 1, 1);
  const padding = options.padding ?? 0;
  checkPaddingName("conv1d", padding, stride);
  const pad = typeof padding === "number" ? resolveLength("conv1d", "padding", padding, 0) : 0;
  const span = dilation * (w[2] - 1) + 1;
  if (w[2] < 1 || (padding !== "same" && countWindows(x[2], [pad, pad], span, stride, false) < 1))
    throw new ShapeError(
      `conv1d: filter ${span} does not fit the padded line of ${x[2] + 2 * pad} (${shapes}). ` +
        `Use a smaller filter or more padding.`,
    );
  return { stride, padding, dilation };
}
