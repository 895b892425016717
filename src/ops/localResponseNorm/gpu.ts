/** Local response normalisation on the GPU. Threads: x is the pixel, y the channel, z the image. */
import { launch, shaped } from "../../devices/gpu/launch";
import type { LocalResponseNormGeometry, LocalResponseNormKernels } from "./kernels";

/** base = k + scale * (sum of squares of the channels around). */
function localResponseNormBase(this: any, x: number[][][], scale: number, k: number): number {
  let squares = 0.0;
  for (let i = 0; i < this.constants.window; i++) {
    const channel = this.thread.y - this.constants.before + i;
    if (channel >= 0 && channel < this.constants.C) {
      const value = x[this.thread.z][channel][this.thread.x];
      squares += value * value;
    }
  }
  return k + scale * squares;
}

/** x / base^beta; the base is positive. */
function localResponseNormForward(this: any, x: number[][][], base: number[][][], beta: number): number {
  return (
    x[this.thread.z][this.thread.y][this.thread.x] * Math.pow(base[this.thread.z][this.thread.y][this.thread.x], -beta)
  );
}

/** x takes part in the windows of the channels that have it around them: the window mirrored. */
function localResponseNormBackward(
  this: any,
  dy: number[][][],
  x: number[][][],
  base: number[][][],
  scale: number,
  beta: number,
): number {
  let sum = 0.0;
  for (let i = 0; i < this.constants.window; i++) {
    const channel = this.thread.y - this.constants.after + i;
    if (channel >= 0 && channel < this.constants.C) {
      const product = dy[this.thread.z][channel][this.thread.x] * x[this.thread.z][channel][this.thread.x];
      sum += product * Math.pow(base[this.thread.z][channel][this.thread.x], -beta - 1.0);
    }
  }
  const own =
    dy[this.thread.z][this.thread.y][this.thread.x] *
    Math.pow(base[this.thread.z][this.thread.y][this.thread.x], -beta);
  return own - 2.0 * scale * beta * x[this.thread.z][this.thread.y][this.thread.x] * sum;
}

const shape = ({ N, C, inner }: LocalResponseNormGeometry): number[] => [inner, C, N];

export const localResponseNormGpu: LocalResponseNormKernels = {
  forward(x, g) {
    const output = shape(g);
    const constants = { C: g.C, before: g.before, window: g.before + g.after + 1 };
    const base = launch(localResponseNormBase, { output, constants }, shaped(x, ...output), g.scale, g.k);
    const result = launch(localResponseNormForward, { output }, shaped(x, ...output), shaped(base, ...output), g.beta);
    return { output: result, base };
  },
  backward(dy, x, base, g) {
    const output = shape(g);
    const constants = { C: g.C, after: g.after, window: g.before + g.after + 1 };
    const inputs = [dy, x, base].map((memory) => shaped(memory, ...output));
    return launch(localResponseNormBackward, { output, constants }, ...inputs, g.scale, g.beta);
  },
};
