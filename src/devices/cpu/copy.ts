/** Copies of 4-byte numbers between arrays that are walked in different orders. */
import type { Shape } from "../../tensor/shape";
import { collapse, padded } from "./collapse";
import type { Pointer } from "./heap";
import type { WasmKernels } from "./kernels";

/** The address of the first number, and the strides of the dimensions in numbers. */
export interface Walk {
  at: Pointer;
  strides: readonly number[];
}

/** Copies the numbers at each position of `shape`. False if that would take more than five nested loops: then no number is copied. */
export function copyWalk(k: WasmKernels, shape: Shape, from: Walk, to: Walk): boolean {
  if (shape.includes(0)) return true;
  const { lengths, steps } = collapse(shape, [from.strides, to.strides]);
  if (lengths.length > 5) return false;
  const [n0, n1, n2, n3, n4] = padded(lengths, 5, 1);
  const [s0, s1, s2, s3, s4] = padded(steps[0], 5, 0);
  const [t0, t1, t2, t3, t4] = padded(steps[1], 5, 0);
  k.copy_f32(from.at, to.at, n0, n1, n2, n3, n4, s0, s1, s2, s3, s4, t0, t1, t2, t3, t4);
  return true;
}
