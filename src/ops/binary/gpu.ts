/**
 * Elementwise functions of two tensors on the GPU. A broadcast is read with strides, 0 where an operand repeats.
 * Neighbouring dimensions in which both operands behave alike count as one, so that three are enough for all common
 * cases, and they are the threads' x, y and z. What is left runs on the host: more dimensions, integers, comparisons.
 */
import type { Memory } from "../../devices/device";
import { kernelFunctions } from "../../devices/gpu/functions";
import { launch } from "../../devices/gpu/launch";
import { onHost } from "../../devices/gpu/onHost";
import type { BinaryGeometry, BinaryKernels } from "./kernels";
import { binaryReference } from "./reference";

/** The row's function comes in as a function of the kernel, under this name. */
declare function combine(a: number, b: number): number;

/** Threads are the output's dimensions. */
function binaryForward(this: any, a: number[], b: number[]): number {
  const x = this.thread.x;
  const y = this.thread.y;
  const z = this.thread.z;
  const first = a[x * this.constants.ax + y * this.constants.ay + z * this.constants.az];
  const second = b[x * this.constants.bx + y * this.constants.by + z * this.constants.bz];
  return combine(first, second);
}

/**
 * dy times the derivative. Threads are the dimensions of the operand whose gradient it is; where it repeats there is
 * one thread, which sums over the rx, ry, rz places where the output used the number.
 */
function binaryBackward(this: any, dy: number[], a: number[], b: number[]): number {
  let sum = 0.0;
  for (let k = 0; k < this.constants.rz; k++) {
    const z = this.thread.z + k;
    for (let j = 0; j < this.constants.ry; j++) {
      const y = this.thread.y + j;
      let ofRow = 0.0; // summed apart, so that long sums lose no precision
      for (let i = 0; i < this.constants.rx; i++) {
        const x = this.thread.x + i;
        const first = a[x * this.constants.ax + y * this.constants.ay + z * this.constants.az];
        const second = b[x * this.constants.bx + y * this.constants.by + z * this.constants.bz];
        ofRow += dy[(z * this.constants.Y + y) * this.constants.X + x] * combine(first, second);
      }
      sum += ofRow;
    }
  }
  return sum;
}

interface Dimension {
  length: number;
  strideA: number;
  strideB: number;
}

/** The fewest dimensions that describe the broadcast, innermost first, filled up to three; null if it needs more. */
function threeDimensions({ outShape, stridesA, stridesB }: BinaryGeometry): Dimension[] | null {
  const dimensions: Dimension[] = [];
  for (let d = outShape.length - 1; d >= 0; d--) {
    const [length, strideA, strideB] = [outShape[d], stridesA[d], stridesB[d]];
    const inner = dimensions.at(-1);
    if (length === 1) continue;
    if (inner && strideA === inner.strideA * inner.length && strideB === inner.strideB * inner.length)
      inner.length *= length;
    else dimensions.push({ length, strideA, strideB });
  }
  if (dimensions.length > 3) return null;
  while (dimensions.length < 3) dimensions.push({ length: 1, strideA: 0, strideB: 0 });
  return dimensions;
}

function strides([x, y, z]: Dimension[]): Record<string, number> {
  const a = { ax: x.strideA, ay: y.strideA, az: z.strideA };
  return { ...a, bx: x.strideB, by: y.strideB, bz: z.strideB };
}

/** A flat output has no limit on its length, so dimensions that are not needed are left out. */
function threads(lengths: number[]): number[] {
  while (lengths.length > 1 && lengths.at(-1) === 1) lengths.pop();
  return lengths;
}

const host = onHost(
  "binary (int32, bool, comparisons, more than three broadcast dimensions)",
  binaryReference,
);

function backward(
  derivative: (a: number, b: number) => number,
  side: "strideA" | "strideB",
  inputs: [dy: Memory, a: Memory, b: Memory],
  dimensions: Dimension[],
): Memory {
  const [x, y, z] = dimensions;
  const repeats = ({ length, [side]: stride }: Dimension): number => (stride === 0 ? length : 1);
  const [rx, ry, rz] = dimensions.map(repeats);
  return launch(
    binaryBackward,
    {
      output: threads([x.length / rx, y.length / ry, z.length / rz]),
      constants: { rx, ry, rz, X: x.length, Y: y.length, ...strides(dimensions) },
      functions: kernelFunctions("combine", derivative, 2),
    },
    ...inputs,
  );
}

export const binaryGpu: BinaryKernels = {
  forward(a, b, g) {
    const dimensions = threeDimensions(g);
    if (g.outDType !== "float32" || !dimensions) return host.forward(a, b, g);
    const output = threads(dimensions.map(({ length }) => length));
    const functions = kernelFunctions("combine", g.row.f, 2);
    return launch(binaryForward, { output, constants: strides(dimensions), functions }, a, b);
  },
  backwardA(dy, a, b, g) {
    const dimensions = threeDimensions(g);
    if (!g.row.da || !dimensions) return host.backwardA(dy, a, b, g);
    return backward(g.row.da, "strideA", [dy, a, b], dimensions);
  },
  backwardB(dy, a, b, g) {
    const dimensions = threeDimensions(g);
    if (!g.row.db || !dimensions) return host.backwardB(dy, a, b, g);
    return backward(g.row.db, "strideB", [dy, a, b], dimensions);
  },
};
