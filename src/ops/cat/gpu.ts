/** Concatenation on the GPU: each thread fetches one number, from one of up to four inputs; more are joined in groups. */
import type { DType, Memory } from "../../devices/device";
import { areLargeIntegers } from "../../devices/gpu/integers";
import { launch, shaped } from "../../devices/gpu/launch";
import { onHost } from "../../devices/gpu/onHost";
import { freeScratch } from "../../devices/gpu/residents";
import type { CatGeometry, CatKernels } from "./kernels";
import { catReference } from "./reference";

/** Threads: x is the position in the row of the result, y the row. E0 ... E2 say where inputs end. */
function catForward(this: any, a: number[][], b: number[][], c: number[][], d: number[][]): number {
  let value = 0.0;
  if (this.thread.x < this.constants.E0) {
    value = a[this.thread.y][this.thread.x];
  } else if (this.thread.x < this.constants.E1) {
    value = b[this.thread.y][this.thread.x - this.constants.E0];
  } else if (this.thread.x < this.constants.E2) {
    value = c[this.thread.y][this.thread.x - this.constants.E1];
  } else {
    value = d[this.thread.y][this.thread.x - this.constants.E2];
  }
  return value;
}

/** The part of dy that came from one input. Threads: position in its row, row. */
function catBackward(this: any, dy: number[][]): number {
  return dy[this.thread.y][this.thread.x + this.constants.start];
}

interface Part {
  memory: Memory;
  length: number;
  /** Made here, and of no further use. */
  scratch: boolean;
}

function join(parts: readonly Part[], outer: number, dtype: DType): Part {
  const ends = parts.map((_, i) => parts.slice(0, i + 1).reduce((sum, { length }) => sum + length, 0));
  const total = ends[ends.length - 1];
  const end = (i: number): number => ends[Math.min(i, ends.length - 1)];
  const inputs = [0, 1, 2, 3].map((i) => parts[Math.min(i, parts.length - 1)]);
  const memory = launch(
    catForward,
    { output: [total, outer], constants: { E0: end(0), E1: end(1), E2: end(2) }, dtype },
    ...inputs.map(({ memory: part, length }) => shaped(part, length, outer)),
  );
  for (const part of parts) if (part.scratch) freeScratch(part.memory, memory);
  return { memory, length: total, scratch: true };
}

const host = onHost("cat of large int32", catReference);

export const catGpu: CatKernels = {
  forward(g: CatGeometry, ...inputs: Memory[]) {
    let parts: Part[] = inputs
      .map((memory, i) => ({ memory, length: g.lengths[i], scratch: false }))
      .filter(({ length }) => length > 0);
    if (parts.length === 0 || g.outer === 0) return inputs[0];
    if (inputs.some(areLargeIntegers)) return host.forward(g, ...inputs);
    do {
      const groups = Array.from({ length: Math.ceil(parts.length / 4) }, (_, i) => parts.slice(4 * i, 4 * i + 4));
      parts = groups.map((group) => join(group, g.outer, g.dtype));
    } while (parts.length > 1);
    return parts[0].memory;
  },
  backward(g, dy, which) {
    const start = g.lengths.slice(0, which).reduce((sum, length) => sum + length, 0);
    const row = g.lengths.reduce((sum, length) => sum + length, 0);
    return launch(catBackward, { output: [g.lengths[which], g.outer], constants: { start } }, shaped(dy, row, g.outer));
  },
};
