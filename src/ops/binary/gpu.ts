/**
 * Elementwise functions of two tensors on the GPU. A broadcast is read with strides, 0 where an operand repeats (see
 * `devices/gpu/walk.ts`). What stays on the host: arithmetic of int32, which float32 would round above 2^24, and
 * broadcasts that alternate more than six times.
 */
import type { Memory } from "../../devices/device";
import { asGpuArray, isOnHost } from "../../devices/gpu/buffer";
import { areLargeIntegers } from "../../devices/gpu/integers";
import { kernelFunctions } from "../../devices/gpu/functions";
import { launch } from "../../devices/gpu/launch";
import { onHost } from "../../devices/gpu/onHost";
import { freeScratch } from "../../devices/gpu/residents";
import { sumOver } from "../../devices/gpu/sums";
import { collapse, isWalkable, walkThreads, type Dimension } from "../../devices/gpu/walk";
import { sizeOf } from "../../tensor/shape";
import type { BinaryGeometry, BinaryKernels } from "./kernels";
import { binaryReference } from "./reference";

/** The row's function comes in as a function of the kernel, under this name. */
declare function combine(a: number, b: number): number;

/** Operands that lie as the result does. */
function binaryForward(this: any, a: number[], b: number[]): number {
  return combine(a[this.thread.x], b[this.thread.x]);
}

/** Operands that repeat. Threads are the output's dimensions, the third to the sixth of them share z. */
function binaryForwardRepeated(this: any, a: number[], b: number[]): number {
  const rest3 = ((this.thread.z + 0.5) / this.constants.Z2) | 0;
  const i2 = this.thread.z - rest3 * this.constants.Z2;
  const rest4 = ((rest3 + 0.5) / this.constants.Z3) | 0;
  const i3 = rest3 - rest4 * this.constants.Z3;
  const i5 = ((rest4 + 0.5) / this.constants.Z4) | 0;
  const i4 = rest4 - i5 * this.constants.Z4;
  const first =
    a[
      this.thread.x * this.constants.a0 +
        this.thread.y * this.constants.a1 +
        (i2 | 0) * this.constants.a2 +
        (i3 | 0) * this.constants.a3 +
        (i4 | 0) * this.constants.a4 +
        (i5 | 0) * this.constants.a5
    ];
  const second =
    b[
      this.thread.x * this.constants.b0 +
        this.thread.y * this.constants.b1 +
        (i2 | 0) * this.constants.b2 +
        (i3 | 0) * this.constants.b3 +
        (i4 | 0) * this.constants.b4 +
        (i5 | 0) * this.constants.b5
    ];
  return combine(first, second);
}

/** dy times the derivative, where operands lie as the result does. */
function binaryBackward(this: any, dy: number[], a: number[], b: number[]): number {
  return dy[this.thread.x] * combine(a[this.thread.x], b[this.thread.x]);
}

/** The same where operands repeat; what belongs to the same number is summed afterwards. */
function binaryBackwardRepeated(this: any, dy: number[], a: number[], b: number[]): number {
  const rest3 = ((this.thread.z + 0.5) / this.constants.Z2) | 0;
  const i2 = this.thread.z - rest3 * this.constants.Z2;
  const rest4 = ((rest3 + 0.5) / this.constants.Z3) | 0;
  const i3 = rest3 - rest4 * this.constants.Z3;
  const i5 = ((rest4 + 0.5) / this.constants.Z4) | 0;
  const i4 = rest4 - i5 * this.constants.Z4;
  const first =
    a[
      this.thread.x * this.constants.a0 +
        this.thread.y * this.constants.a1 +
        (i2 | 0) * this.constants.a2 +
        (i3 | 0) * this.constants.a3 +
        (i4 | 0) * this.constants.a4 +
        (i5 | 0) * this.constants.a5
    ];
  const second =
    b[
      this.thread.x * this.constants.b0 +
        this.thread.y * this.constants.b1 +
        (i2 | 0) * this.constants.b2 +
        (i3 | 0) * this.constants.b3 +
        (i4 | 0) * this.constants.b4 +
        (i5 | 0) * this.constants.b5
    ];
  const upstream = dy[this.thread.x + this.constants.Y * this.thread.y + this.constants.Z * this.thread.z];
  return upstream * combine(first, second);
}

const host = onHost("arithmetic of int32, broadcasts of more than six alternating dimensions", binaryReference);

/** Whether operands lie as the result does, so that flat positions agree. */
const isFlat = ([first, ...more]: readonly Dimension[]): boolean =>
  more.length === 0 && (first === undefined || first.strides.every((stride) => stride === 1));

function backward(
  derivative: (a: number, b: number) => number,
  side: 0 | 1,
  inputs: [dy: Memory, a: Memory, b: Memory],
  dimensions: Dimension[],
): Memory {
  const functions = kernelFunctions("combine", derivative, 2);
  const length = dimensions.reduce((n, dimension) => n * dimension.length, 1);
  if (isFlat(dimensions)) return launch(binaryBackward, { output: [length], functions }, ...inputs);
  const { output, constants } = walkThreads(dimensions);
  const [X, Y = 1] = output;
  const full = launch(
    binaryBackwardRepeated,
    { output, functions, constants: { ...constants, Y: X, Z: X * Y } },
    ...inputs,
  );
  return sumRepeats(full, dimensions, side);
}

/** Sums over the dimensions along which operand `side` repeats, the innermost first. */
function sumRepeats(full: Memory, dimensions: readonly Dimension[], side: 0 | 1): Memory {
  let sum = full;
  let outer = dimensions.reduce((n, dimension) => n * dimension.length, 1);
  let inner = 1;
  for (const { length, strides } of dimensions) {
    outer /= length;
    if (strides[side] !== 0) inner *= length;
    else {
      const before = sum;
      sum = sumOver(before, { outer, length, inner });
      freeScratch(before, sum);
    }
  }
  return sum;
}

function dimensionsOf({ outShape, stridesA, stridesB }: BinaryGeometry): Dimension[] {
  return collapse(outShape, [stridesA, stridesB]);
}

/** What is compared on the host, exactly: class indices that lie there anyway, and large integers. */
const onHostAnyway = (...operands: Memory[]): boolean =>
  operands.some(areLargeIntegers) ||
  operands.every((operand) => {
    const value = asGpuArray(operand).now();
    return value !== null && isOnHost(value) && !(value instanceof Float32Array);
  });

export const binaryGpu: BinaryKernels = {
  forward(a, b, g) {
    const dimensions = dimensionsOf(g);
    if (g.outDType === "int32" || !isWalkable(dimensions) || onHostAnyway(a, b)) return host.forward(a, b, g);
    const functions = kernelFunctions("combine", g.row.f, 2);
    const dtype = g.outDType;
    if (isFlat(dimensions)) return launch(binaryForward, { output: [sizeOf(g.outShape)], functions, dtype }, a, b);
    return launch(binaryForwardRepeated, { ...walkThreads(dimensions), functions, dtype }, a, b);
  },
  backwardA(dy, a, b, g) {
    const dimensions = dimensionsOf(g);
    if (!g.row.da || !isWalkable(dimensions)) return host.backwardA(dy, a, b, g);
    return backward(g.row.da, 0, [dy, a, b], dimensions);
  },
  backwardB(dy, a, b, g) {
    const dimensions = dimensionsOf(g);
    if (!g.row.db || !isWalkable(dimensions)) return host.backwardB(dy, a, b, g);
    return backward(g.row.db, 1, [dy, a, b], dimensions);
  },
};
