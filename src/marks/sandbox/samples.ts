/** Settings that fit, and those that do not: too large, and with pixels left over. */
import type { SandboxMark } from "./payload";

const sandbox = (inputSize: number, kernelSize: number, stride = 1, padding = 0, dilation = 1): SandboxMark => ({
  mark: "sandbox",
  inputSize,
  kernelSize,
  stride,
  padding,
  dilation,
});

export const samples = {
  same: () => sandbox(7, 3, 1, 1),
  /** The example of Stanford's CS231n. */
  refused: () => sandbox(7, 3, 3),
  dilated: () => sandbox(9, 3, 2, 2, 2),
  tooLarge: () => sandbox(3, 5),
  /** The first layer of AlexNet: 227, not the 224 of its paper. */
  alexNet: () => sandbox(224, 11, 4),
} satisfies Record<string, () => SandboxMark>;
