/** A GPU.js function of your own in place of a built-in kernel: checked, raced, and taken out again by `reset`. */
import { checkFunction, show } from "../arguments";
import { allocate, getDevice, isFloat, type DType, type Memory, type TypedArray } from "../devices/device";
import { GpuArray } from "../devices/gpu/buffer";
import type { KernelFunction } from "../devices/gpu/compile";
import { forgetReplacements, replace, type Replacement } from "../devices/gpu/replaced";
import { gpuSetup } from "../devices/gpu/setup";
import { formatNumber } from "../marks/kit/numbers";
import { Table } from "../text/table";
import { DeviceError } from "../errors";
import { checkOptions, type OptionNames } from "../options";
import { showShape, stridesOf, type Shape } from "../tensor/shape";
import type { AnyOp, Geometry, Sample } from "../ops/define/defineOp";
import { runKernels, sampleTensors } from "./kernelSource";
import { replaceable, type ReplaceableOp, type Slot } from "./replaceable";
import { readFunction } from "./userFunction";

export interface UseKernelOptions {
  /** Numbers that the function reads as `this.constants.NAME`, besides the sizes. */
  constants?: Record<string, number>;
  /** Functions that it calls; they see their arguments alone. */
  functions?: ((...numbers: number[]) => number)[];
  /** For which sizes (N, C, H, W, K, R, S, P, Q, strideH, ...) it is meant; the built-in one serves the others. Default: all. */
  when?: (sizes: Record<string, number>) => boolean;
  /** Whether to race it against the built-in kernel; default true. */
  race?: boolean;
}
const optionNames: OptionNames<UseKernelOptions> = {
  constants: true,
  functions: true,
  when: true,
  race: true,
};

/** One shape of a race. */
export interface RaceRow {
  shape: string;
  ms: number;
  builtInMs: number;
  gflops: number;
  builtInGflops: number;
}

/** What `useKernel` found. A notebook shows the race as a table. */
export class KernelRace extends Table {
  constructor(
    title: string,
    readonly race: readonly RaceRow[],
    notes: readonly string[],
  ) {
    const rows = race.map(({ shape, ms, builtInMs, gflops, builtInGflops }) => [
      shape,
      ...[ms, builtInMs, gflops, builtInGflops].map((value) => formatNumber(value)),
    ]);
    super(title, ["shape", "yours, ms", "built-in, ms", "yours, GFLOP/s", "built-in, GFLOP/s"], rows, notes);
  }
}

const tolerance = 1e-4;

/**
 * Puts a GPU.js function in the place of a kernel of device gpu, for all tensors from now on. First it is checked against
 * `reference` on the op's samples, then raced against the built-in kernel. It computes one number a thread, from the same
 * inputs, threads and constants as the built-in one that `F.conv2d.kernelSource("gpu")` shows. Numbers from other cells
 * become constants by themselves.
 * @param op     "conv2d" or "matmul"
 * @param kernel "forward", "backwardInput" or "backwardWeight" of conv2d; "matmul" of matmul
 * @param fn     a function with its own text: `function mine(x, w, b) { ... this.thread.x ... }`
 * @throws DeviceError if it captures what is no number, GPU.js cannot translate it, or a number is wrong; the built-in
 *         kernel then stays
 * @example
 * const race = await useKernel("matmul", "matmul", function rows(this: any, a: number[], b: number[]) {
 *   let sum = 0.0;
 *   for (let l = 0; l < this.constants.L; l++) {
 *     sum += a[this.thread.y * this.constants.rowA + l * this.constants.stepA] *
 *       b[l * this.constants.stepB + this.thread.x * this.constants.columnB];
 *   }
 *   return sum;
 * });
 * console.log(race.rows.length > 0); // true
 * useKernel.reset();
 */
export async function useKernel<O extends ReplaceableOp>(
  op: O,
  kernel: keyof (typeof replaceable)[O]["slots"] & string,
  fn: KernelFunction,
  options: UseKernelOptions = {},
): Promise<KernelRace> {
  checkOptions("useKernel", options, optionNames, arguments, 3);
  const entry = (replaceable as Record<string, { op: AnyOp; slots: Record<string, Slot>; race: Sample<unknown>[] }>)[
    op
  ];
  const slot = entry?.slots[kernel];
  if (!slot) {
    const all = Object.entries(replaceable).map(([name, { slots }]) => `${name} (${Object.keys(slots).join(", ")})`);
    throw new DeviceError(
      `useKernel: there is no kernel ${show(kernel)} of ${typeof op === "string" ? op : show(op)} to replace. There are ${all.join(" and ")}.`,
    );
  }
  checkFunction("useKernel", "fn", fn, "Write function mine(x, w, b) { ... }.");
  if (fn.length !== slot.inputs.length)
    throw new DeviceError(
      `useKernel: a kernel for ${labelOf(op, kernel)} takes (${slot.inputs.join(", ")}), "${fn.name}" takes ${fn.length} ` +
        `arguments. Start from F.conv2d.kernelSource("gpu").`,
    );
  const { constants, functions, when = () => true } = options;
  const replacement: Replacement = { ...readFunction("useKernel", fn, { constants, functions }), when };
  const { mode, kernelFallbacks } = await gpuSetup();
  kernelFallbacks.delete(replacement.name); // of a former function with this name
  replace(slot.kernel, replacement);
  try {
    await check(entry.op, kernel, slot, replacement);
  } catch (error) {
    replace(slot.kernel, null);
    throw error;
  }
  const rows = options.race === false ? [] : await race(entry, kernel, slot, replacement);
  const fallback = kernelFallbacks.get(replacement.name);
  return new KernelRace(`${replacement.name} takes the place of ${labelOf(op, kernel)} on gpu (mode ${mode})`, rows, [
    `Its numbers agree with reference on the samples of ${op} (${tolerance}).`,
    ...(fallback ? [`Mode ${mode} cannot translate it (${fallback}): GPU.js runs it as plain JavaScript.`] : []),
    "useKernel.reset() brings the built-in kernel back.",
  ]);
}

const labelOf = (op: string, kernel: string): string => (op === kernel ? op : `${op} ${kernel}`);

/** All built-in kernels again. */
useKernel.reset = (): void => forgetReplacements();

type Call = { args: unknown[]; result: TypedArray };
type Kernels = Record<string, (...args: unknown[]) => Memory>;

/** Numbers between -1 and 1, the same each time, that differ from place to place. */
function fill(dtype: DType, size: number, seed: number): TypedArray {
  const numbers = allocate(dtype, size);
  for (let i = 0; i < size; i++) numbers[i] = isFloat(dtype) ? Math.sin(1.7 * i + seed) : i % 2;
  return numbers;
}

/** What reference's kernel `method` was called with in a run of the sample, and what it gave. */
function callsOf(op: AnyOp, method: string, sample: Sample<unknown>): Call[] {
  const calls: Call[] = [];
  const inputs = sampleTensors(sample).map((t, i) => fill(t.dtype, t.numel(), i));
  const reference = op.definition.kernels.reference;
  runKernels(op, reference, sample, [inputs, (size) => fill("float32", size, 9)], (name, call, args) => {
    const result = call();
    if (name === method) calls.push({ args, result: result as TypedArray });
    return result;
  });
  return calls;
}

const toGpu = (arg: unknown): unknown => (ArrayBuffer.isView(arg) ? new GpuArray(arg as TypedArray) : arg);

async function check(op: AnyOp, method: string, slot: Slot, { name, when }: Replacement): Promise<void> {
  const { samples } = op.definition;
  let checked = 0;
  for (const [i, sample] of samples.entries()) {
    const geometry = geometryOf(op, sample);
    if (!when(slot.sizes(geometry))) continue;
    for (const { args, result } of callsOf(op, method, sample)) {
      checked++;
      const gpu = (op.definition.kernels.gpu as Kernels)[method];
      let got: TypedArray;
      try {
        got = await getDevice("gpu").read(gpu(...args.map(toGpu)));
      } catch (error) {
        throw new DeviceError(
          `useKernel: ${String((error as Error).message).replace(/\. Use smaller batches.*$/, "")}. The built-in kernel stays.`,
        );
      }
      const wrong = result.findIndex(
        (value: number, at: number) => !(Math.abs(got[at] - value) <= tolerance * (1 + Math.abs(value))),
      );
      if (wrong < 0) continue;
      const shape = slot.shape(args.find(isGeometry) ?? geometry);
      const at = stridesOf(shape).map((stride, d) => Math.floor(wrong / stride) % shape[d]);
      throw new DeviceError(
        `useKernel: "${name}" gives a wrong number as ${labelOf(op.definition.name, method)}: ${slot.result}[${at.join(",")}] is ` +
          `${formatNumber(got[wrong])}, reference has ${formatNumber(result[wrong])} (sample ${i + 1} of ${samples.length}: ${describe(op, sample)}). ` +
          `The built-in kernel stays. A kernel for some sizes only says so with { when: (sizes) => ... }.`,
      );
    }
  }
  if (checked === 0)
    throw new DeviceError(
      `useKernel: \`when\` of "${name}" fits none of the samples of ${op.definition.name}, so it cannot be checked. Let it take more sizes.`,
    );
}

/** Backward a kernel may run with other sizes than forward. */
const isGeometry = (arg: unknown): arg is Geometry => typeof arg === "object" && arg !== null && "outShape" in arg;

const geometryOf = (op: AnyOp, sample: Sample<unknown>): Geometry =>
  (op.definition as unknown as { shape(inputs: unknown, options: unknown): Geometry }).shape(
    sampleTensors(sample),
    sample.options,
  );

function describe(op: AnyOp, { inputs, options }: Sample<unknown>): string {
  const shapes = inputs.map((shape: Shape, i) => `${op.definition.inputNames[i]} ${showShape(shape)}`);
  const given = JSON.stringify(options)
    .replace(/"/g, "")
    .replace(/^\{\}$/, "");
  return [...shapes, given].filter(Boolean).join(", ");
}

/** The best of some runs of both kernels at each shape, in turns, after one to warm up. */
async function race(
  { op, race: samples }: { op: AnyOp; race: Sample<unknown>[] },
  method: string,
  slot: Slot,
  replacement: Replacement,
): Promise<RaceRow[]> {
  const gpu = op.definition.kernels.gpu as Kernels;
  const rows: RaceRow[] = [];
  for (const sample of samples) {
    const geometry = geometryOf(op, sample);
    if (!replacement.when(slot.sizes(geometry))) continue;
    const args = slot
      .args(geometry)
      .map((arg, i) => (typeof arg === "number" ? new GpuArray(fill("float32", arg, i) as Float32Array) : arg));
    const best = { mine: Infinity, builtIn: Infinity };
    for (let round = 0; round < 4; round++)
      for (const who of ["mine", "builtIn"] as const) {
        replace(slot.kernel, who === "mine" ? replacement : null);
        const start = performance.now();
        await getDevice("gpu").read(gpu[method](...args));
        if (round > 0) best[who] = Math.min(best[who], performance.now() - start);
      }
    replace(slot.kernel, replacement);
    const gflop = slot.flop(geometry) / 1e6;
    rows.push({
      shape: describe(op, sample),
      ms: best.mine,
      builtInMs: best.builtIn,
      gflops: gflop / best.mine,
      builtInGflops: gflop / best.builtIn,
    });
  }
  return rows;
}
