/**
 * Numbers by index on the GPU. Backward each number of the input asks which indices named it, so that no two threads add
 * to one; where that would be too many questions the host adds.
 */
import type { DType, Memory } from "../../devices/device";
import { asGpuArray } from "../../devices/gpu/buffer";
import { checkedClasses } from "../../devices/gpu/classes";
import { areLargeIntegers } from "../../devices/gpu/integers";
import { launch, shaped } from "../../devices/gpu/launch";
import { onHost } from "../../devices/gpu/onHost";
import type { GatherGeometry, GatherKernels } from "./kernels";
import { checkIndices, gatherReference } from "./reference";

/** Threads: inner, count, outer. */
function gatherForward(this: any, x: number[][][], index: number[]): number {
  const row =
    index[
      this.thread.z * this.constants.stepOuter +
        this.thread.y * this.constants.stepCount +
        this.thread.x * this.constants.stepInner
    ] | 0;
  return x[this.thread.z][row][this.thread.x];
}

/** The same where inner is 1. Threads: count, outer. */
function gatherForwardRows(this: any, x: number[][], index: number[]): number {
  const row = index[this.thread.y * this.constants.stepOuter + this.thread.x * this.constants.stepCount] | 0;
  return x[this.thread.y][row];
}

/** Threads: inner, length, outer. */
function gatherBackward(this: any, dy: number[][][], index: number[]): number {
  let sum = 0.0;
  for (let c = 0; c < this.constants.count; c++) {
    const row =
      index[
        this.thread.z * this.constants.stepOuter +
          c * this.constants.stepCount +
          this.thread.x * this.constants.stepInner
      ];
    if (row === this.thread.y) {
      sum += dy[this.thread.z][c][this.thread.x];
    }
  }
  return sum;
}

/** The same where inner is 1. Threads: length, outer. */
function gatherBackwardRows(this: any, dy: number[][], index: number[]): number {
  let sum = 0.0;
  for (let c = 0; c < this.constants.count; c++) {
    const row = index[this.thread.y * this.constants.stepOuter + c * this.constants.stepCount];
    if (row === this.thread.x) {
      sum += dy[this.thread.y][c];
    }
  }
  return sum;
}

const host = onHost("gather of large int32, gradients of large gathers", gatherReference);
/** Questions of one number that a thread may ask. */
const mostQuestions = 4096;

const constantsOf = ({ count, stepOuter, stepCount, stepInner }: GatherGeometry): Record<string, number> => ({
  count,
  stepOuter,
  stepCount,
  stepInner,
});

const dtypeOf = (memory: Memory): DType => {
  const array = asGpuArray(memory);
  return array.sizeIsKnown ? array.dtype : "float32";
};

export const gatherGpu: GatherKernels = {
  forward(x, index, g) {
    if (areLargeIntegers(x)) return host.forward(x, index, g);
    const { outer, length, inner, count } = g;
    const checked = checkedClasses(index, (rows) => checkIndices(rows, g));
    const options = { constants: constantsOf(g), dtype: dtypeOf(x) };
    return inner === 1
      ? launch(gatherForwardRows, { ...options, output: [count, outer] }, shaped(x, length, outer), checked)
      : launch(gatherForward, { ...options, output: [inner, count, outer] }, shaped(x, inner, length, outer), checked);
  },
  backward(dy, index, g) {
    const { outer, length, inner, count } = g;
    if (count > mostQuestions) return host.backward(dy, index, g);
    const constants = constantsOf(g);
    return inner === 1
      ? launch(gatherBackwardRows, { output: [length, outer], constants }, shaped(dy, count, outer), index)
      : launch(gatherBackward, { output: [inner, length, outer], constants }, shaped(dy, inner, count, outer), index);
  },
};
