/**
 * Transpositions, slices and flips on the GPU. Forward a thread fetches a number with strides. Backward a thread asks of
 * each position of the input which output element read it, if any did.
 */
import { asGpuArray } from "../../devices/gpu/buffer";
import { areLargeIntegers } from "../../devices/gpu/integers";
import { launch } from "../../devices/gpu/launch";
import { onHost } from "../../devices/gpu/onHost";
import { collapse, isWalkable, walkThreads, type Dimension } from "../../devices/gpu/walk";
import { sizeOf } from "../../tensor/shape";
import type { StridedGeometry, StridedKernels } from "./kernels";
import { stridedReference } from "./reference";

/** Threads are the output's dimensions, the third to the sixth of them share z. */
function stridedForward(this: any, x: number[]): number {
  const rest3 = ((this.thread.z + 0.5) / this.constants.Z2) | 0;
  const i2 = this.thread.z - rest3 * this.constants.Z2;
  const rest4 = ((rest3 + 0.5) / this.constants.Z3) | 0;
  const i3 = rest3 - rest4 * this.constants.Z3;
  const i5 = ((rest4 + 0.5) / this.constants.Z4) | 0;
  const i4 = rest4 - i5 * this.constants.Z4;
  return x[
    this.constants.offset +
      this.thread.x * this.constants.a0 +
      this.thread.y * this.constants.a1 +
      (i2 | 0) * this.constants.a2 +
      (i3 | 0) * this.constants.a3 +
      (i4 | 0) * this.constants.a4 +
      (i5 | 0) * this.constants.a5
  ];
}

/**
 * dy where it came from, 0 elsewhere. The dimensions come largest stride first: step0 > step1 > ..., lengths L0, L1, ...
 * and where dy keeps them, at0, at1, ... A position that no output read leaves a rest, or an index beyond a length.
 */
function stridedBackward(this: any, dy: number[]): number {
  let rest = this.thread.x - this.constants.offset;
  let inside = rest >= 0 ? 1 : 0;
  const i0 = ((rest + 0.5) / this.constants.step0) | 0;
  rest = rest - i0 * this.constants.step0;
  const i1 = ((rest + 0.5) / this.constants.step1) | 0;
  rest = rest - i1 * this.constants.step1;
  const i2 = ((rest + 0.5) / this.constants.step2) | 0;
  rest = rest - i2 * this.constants.step2;
  const i3 = ((rest + 0.5) / this.constants.step3) | 0;
  rest = rest - i3 * this.constants.step3;
  const i4 = ((rest + 0.5) / this.constants.step4) | 0;
  rest = rest - i4 * this.constants.step4;
  const i5 = ((rest + 0.5) / this.constants.step5) | 0;
  rest = rest - i5 * this.constants.step5;
  if (rest !== 0 || i0 >= this.constants.L0 || i1 >= this.constants.L1 || i2 >= this.constants.L2) {
    inside = 0;
  }
  if (i3 >= this.constants.L3 || i4 >= this.constants.L4 || i5 >= this.constants.L5) {
    inside = 0;
  }
  let value = 0.0;
  if (inside > 0) {
    value =
      dy[
        this.constants.first +
          (i0 | 0) * this.constants.at0 +
          (i1 | 0) * this.constants.at1 +
          (i2 | 0) * this.constants.at2 +
          (i3 | 0) * this.constants.at3 +
          (i4 | 0) * this.constants.at4 +
          (i5 | 0) * this.constants.at5
      ];
  }
  return value;
}

const host = onHost(
  "copies of large int32, transpositions of more than six dimensions, slices backward above 2^24 numbers",
  stridedReference,
);
/** Larger positions are no longer exact in the float variables of `stridedBackward`. */
const exactly = 2 ** 24;

interface Axis {
  length: number;
  /** Between neighbours in the input, positive. */
  step: number;
  /** Between neighbours in dy; negative where the output ran backwards. */
  at: number;
}

/** The collapsed dimensions, largest step first, with steps made positive. */
function axesOf(dimensions: readonly Dimension[], offset: number): { axes: Axis[]; offset: number; first: number } {
  let at = 1;
  let first = 0;
  const axes: Axis[] = [];
  for (const {
    length,
    strides: [step],
  } of dimensions) {
    if (step < 0) {
      offset += (length - 1) * step;
      first += (length - 1) * at;
    }
    axes.push({ length, step: Math.abs(step), at: step < 0 ? -at : at });
    at *= length;
  }
  return { axes: axes.sort((a, b) => b.step - a.step), offset, first };
}

/** A permutation keeps all numbers, so that its gradient is the opposite permutation. */
function opposite(g: StridedGeometry, axes: readonly Axis[]): StridedGeometry | null {
  if (sizeOf(g.outShape) !== g.inSize) return null;
  const { first } = axesOf(collapse(g.outShape, [g.strides]), g.offset);
  const outShape = axes.map(({ length }) => length);
  return { strides: axes.map(({ at }) => at), offset: first, inSize: g.inSize, outShape };
}

export const stridedGpu: StridedKernels = {
  forward(x, g) {
    const dimensions = collapse(g.outShape, [g.strides]);
    if (!isWalkable(dimensions) || sizeOf(g.outShape) === 0 || areLargeIntegers(x)) return host.forward(x, g);
    const { output, constants } = walkThreads(dimensions);
    const array = asGpuArray(x);
    const dtype = array.sizeIsKnown ? array.dtype : "float32";
    return launch(stridedForward, { output, constants: { ...constants, offset: g.offset }, dtype }, x);
  },
  backward(dy, g) {
    const dimensions = collapse(g.outShape, [g.strides]);
    const { axes, offset, first } = axesOf(dimensions, g.offset);
    if (!isWalkable(dimensions) || sizeOf(g.outShape) === 0) return host.backward(dy, g);
    const back = opposite(g, axes);
    if (back) return stridedGpu.forward(dy, back);
    if (g.inSize > exactly) return host.backward(dy, g);
    const constants: Record<string, number> = { offset, first };
    for (let d = 0; d < 6; d++) {
      // An axis that is not there: no position reaches its index 1.
      const { length, step, at } = axes[d] ?? { length: 1, step: exactly, at: 0 };
      constants[`step${d}`] = step;
      constants[`L${d}`] = length;
      constants[`at${d}`] = at;
    }
    return launch(stridedBackward, { output: [g.inSize], constants }, dy);
  },
};
