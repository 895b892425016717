import { show } from "../../arguments";
import { sandboxLimits, type SandboxMark } from "../../marks";
import { checkOptions, type OptionNames } from "../../options";
import { Picture } from "../picture";
import { viewFields, viewOptionNames, type ViewOptions } from "../viewOptions";
import type { Samples } from "./samples";

const CALLER = "show.sandbox";

export interface SandboxOptions extends ViewOptions {
  /** Pixels of the input along one direction, 1 to 512; default 7. */
  inputSize?: number;
  /** Taps of the window, 1 to 64; default 3. */
  kernelSize?: number;
  /** Step in pixels between windows, 1 to 64; default 1. */
  stride?: number;
  /** Zeros on each side, 0 to 64; default 0. */
  padding?: number;
  /** Distance in pixels between taps, 1 to 16; default 1. */
  dilation?: number;
}
const optionNames: OptionNames<SandboxOptions> = {
  inputSize: true,
  kernelSize: true,
  stride: true,
  padding: true,
  dilation: true,
  ...viewOptionNames,
};

/**
 * How large the output of a convolution or pooling is, to try out: a slider a setting, a picture of input, padding, windows
 * and output, and the formula (W - F + 2P)/S + 1 with numbers. Settings with which windows do not fit are refused: what is
 * left over is marked, and settings that would fit are named. Computes in the page, without a kernel.
 * @throws RangeError for a setting that is no whole number within its range
 * @see Stanford CS231n, Convolutional Networks, "Spatial arrangement"
 * @example show.sandbox({ inputSize: 7, kernelSize: 3, stride: 3 })
 */
export function sandbox(options: SandboxOptions = {}): Picture {
  checkOptions(CALLER, options, optionNames, arguments, 0);
  const fields = viewFields(CALLER, options, "Sandbox of output sizes");
  const { inputSize = 7, kernelSize = 3, stride = 1, padding = 0, dilation = 1 } = options;
  const settings = { inputSize, kernelSize, stride, padding, dilation };
  for (const [name, value] of Object.entries(settings)) {
    const [least, most] = sandboxLimits[name as keyof typeof settings];
    if (!Number.isInteger(value) || value < least || value > most)
      throw new RangeError(
        `${CALLER}: ${name} must be a whole number from ${least} to ${most}, got ${show(value)}. Give one number.`,
      );
  }
  const mark: SandboxMark = { mark: "sandbox", ...settings };
  return new Picture(async () => ({ ...fields, marks: [mark] }));
}

export const samples: Samples = {
  "that keeps the size": () => sandbox({ padding: 1 }),
  "that does not fit": () => sandbox({ inputSize: 7, kernelSize: 3, stride: 3 }),
  "with dilation": () => sandbox({ inputSize: 15, kernelSize: 3, stride: 2, padding: 2, dilation: 2 }),
};
