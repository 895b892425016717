/** One of two numbers, by a bool, on the GPU. Operands of one number are read with a step of 0. */
import type { Memory } from "../../devices/device";
import { GpuArray } from "../../devices/gpu/buffer";
import { areLargeIntegers } from "../../devices/gpu/integers";
import { launch } from "../../devices/gpu/launch";
import { onHost } from "../../devices/gpu/onHost";
import { sumOver } from "../../devices/gpu/sums";
import type { WhereKernels } from "./kernels";
import { whereReference } from "./reference";

function where(this: any, condition: number[], a: number[], b: number[]): number {
  let value = b[this.thread.x * this.constants.stepB];
  if (condition[this.thread.x * this.constants.stepC] > 0) {
    value = a[this.thread.x * this.constants.stepA];
  }
  return value;
}

const host = onHost("choices between large int32", whereReference);

export const whereGpu: WhereKernels = {
  where(condition, a, b, g) {
    if ([a, b].some((operand) => operand && areLargeIntegers(operand))) return host.where(condition, a, b, g);
    const { size, outShape, outDType } = g;
    const [left, right] = [a, b].map((operand): Memory => operand ?? new GpuArray(new Float32Array(1)));
    const step = (operand: Memory): number => (operand.length === size ? 1 : 0);
    const constants = { stepC: step(condition), stepA: step(left), stepB: step(right) };
    return launch(where, { output: [outShape.length ? size : 1], constants, dtype: outDType }, condition, left, right);
  },
  total: (dy) => sumOver(dy, { outer: 1, length: dy.length, inner: 1 }),
};
