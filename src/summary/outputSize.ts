import { show } from "../arguments";
import { ShapeError } from "../errors";
import { checkOptions, type OptionNames } from "../options";

export interface OutputSizeOptions {
  /** Step in pixels between windows; default 1. */
  stride?: number;
  /** Pixels added on each side; default 0. */
  padding?: number;
  /** Distance in pixels between the window's taps; default 1. */
  dilation?: number;
}
const optionNames: OptionNames<OutputSizeOptions> = { stride: true, padding: true, dilation: true };

/** How many windows fit along one side, and how that is worked out. Prints as the formula with its numbers. */
export class FittedSize {
  /** @internal */
  constructor(
    /** How many results: what PyTorch and this package compute, rounded down. */
    readonly size: number,
    /** The formula's value before rounding. */
    readonly exact: number,
    /** The formula with its numbers: "(32 + 2*2 - 5)/1 + 1". */
    readonly formula: string,
    /** Pixels at the far end (padding included) that no window reaches. */
    readonly unseen: number,
  ) {}

  /** Whether the windows cover the padded side without a rest. */
  get fits(): boolean {
    return this.unseen === 0;
  }
  /** "(7 - 3)/2 + 1 = 3"; of what does not fit, what PyTorch makes of it. */
  toString(): string {
    if (this.fits) return `${this.formula} = ${this.size}`;
    const [pixels, are] = this.unseen === 1 ? ["pixel", "is"] : ["pixels", "are"];
    return (
      `${this.formula} = ${this.exact.toFixed(2)} is not whole: it does not fit. PyTorch ` +
      `floors to ${this.size}, and the last ${this.unseen} ${pixels} ${are} never looked at.`
    );
  }
  /** @internal */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/**
 * The size of a convolution's or pooling's output along one side: (N + 2P - F)/stride + 1, with the numbers filled in.
 * `.size` is the number; printed, it shows the formula, and says so if the windows do not fit evenly.
 * @param size       pixels of the input's side, N
 * @param kernelSize pixels of the window's side, F
 * @throws ShapeError if the window is larger than the padded side, or a number is not whole
 * @see CS231n lecture 5, "a closer look at spatial dimensions"; Dumoulin & Visin 2016, arXiv:1603.07285
 * @example
 * outputSize(32, 5, { padding: 2 }).size; // 32
 * console.log(String(outputSize(7, 3, { stride: 3 })));
 */
export function outputSize(size: number, kernelSize: number, options: OutputSizeOptions = {}): FittedSize {
  const { stride = 1, padding = 0, dilation = 1 } = checkOptions("outputSize", options, optionNames, arguments, 2);
  const least = { size: 1, kernelSize: 1, stride: 1, padding: 0, dilation: 1 };
  for (const [name, value] of Object.entries({ size, kernelSize, stride, padding, dilation }))
    if (!Number.isInteger(value) || value < least[name as keyof typeof least])
      throw new ShapeError(
        `outputSize: ${name} must be a whole number >= ${least[name as keyof typeof least]}, got ${show(value)}. ` +
          `For an image, ask for each side on its own.`,
      );
  const window = dilation * (kernelSize - 1) + 1;
  const padded = size + 2 * padding;
  const room = padded - window;
  if (room < 0)
    throw new ShapeError(
      `outputSize: a window of ${window} does not fit ${padded} pixels (size ${size}, padding ${padding}). ` +
        `Use a smaller window or more padding.`,
    );
  const sides = padding > 0 ? `${size} + 2*${padding}` : `${size}`;
  const taps = dilation > 1 ? `(${dilation}*(${kernelSize} - 1) + 1)` : `${kernelSize}`;
  const formula = `(${sides} - ${taps})/${stride} + 1`;
  return new FittedSize(Math.floor(room / stride) + 1, room / stride + 1, formula, room % stride);
}
