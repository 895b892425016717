/** Random shapes for an op: one of its samples, whose lengths are changed where they are equal, and whose small numbers are redrawn. */
import { DataError, DTypeError, ShapeError } from "../../src/errors";
import * as ops from "../../src/ops";
import type { AnyOp, Sample } from "../../src/ops/define/defineOp";
import type { Random } from "../../src/tensor/random";
import { sizeOf } from "../../src/tensor/shape";
import { runSample, type RunResult } from "../support/samples";
import type { Tensor } from "../../src/tensor/tensor";
import { windowFunctions } from "../support/windowFunctions";
import { distance } from "./distance";
import type { Outcome } from "./outcome";

/** Some ops are told the name of the function that the user called. */
interface Called {
  caller?: string;
}
type Run = (inputs: readonly Tensor[], options: never) => Tensor;

/** Ops that leave their checks to the function in front of them: the function runs instead. */
const functions: Record<string, Run> = {
  linear: ([x, w, b]) => ops.linear(x, w, b ?? null),
  sum: ([x], { dim }: { dim: number }) => ops.sum(x, dim),
  max: ([x], { dim }: { dim: number }) => ops.max(x, dim),
  min: ([x], { dim }: { dim: number }) => ops.min(x, dim),
  argmax: ([x], { dim }: { dim: number }) => ops.argmax(x, dim),
  argmin: ([x], { dim }: { dim: number }) => ops.argmin(x, dim),
  gather: ([x, index], { dim, rows }: { dim: number; rows?: boolean }) =>
    rows ? ops.selectRows(x, dim, index) : ops.gather(x, dim, index),
  where: ([condition, a, b]) => ops.where(condition, a, b),
  argsort: ([x], { dim, descending, count }: { dim: number; descending: boolean; count?: number }) =>
    count === undefined
      ? ops.argsort(x, dim, { descending })
      : ops.topk(x, count, dim, { largest: descending }).indices,
  prod: ([x], { dim }: { dim: number }) => ops.prod(x, dim),
  cumsum: ([x], { dim }: { dim: number }) => ops.cumsum(x, dim),
  expand: ([x], { shape }: { shape: number[] }) => ops.expand(x, shape),
  nllLoss: ([x, y, w], { caller: _, ...options }: ops.NllLossOptions & Called) =>
    ops.nllLoss(x, y, { ...options, weight: w }),
  multiMarginLoss: ([x, y, w], { caller: _, ...options }: ops.MultiMarginLossOptions & Called) =>
    ops.multiMarginLoss(x, y, { ...options, weight: w }),
  strided: ([x]) => ops.flip(ops.slice(ops.transpose(x, 0, -1), 0, 1, undefined, 2), -1),
};
export const fuzzedOps: readonly AnyOp[] = [...ops.allOps, ...windowFunctions].map((op) => {
  const run = functions[op.definition.name];
  return run ? Object.assign((...given: Parameters<Run>) => run(...given), { definition: op.definition }) : op;
});

/** What an op says to shapes that do not fit. */
export const isRefusal = (error: unknown): boolean =>
  [ShapeError, DTypeError, DataError, RangeError].some((kind) => error instanceof kind);

/** How far a result may be from double precision, as a part of its largest number. */
const TOLERANCE = 2e-4;
/** Numbers in all inputs of a case at most: the reference loops are slow. */
const MOST_NUMBERS = 4000;

/** A length: mostly small, at times 0, 1, or more than a few vectors. */
function randomLength(random: Random): number {
  const kind = random.int(20);
  if (kind === 0) return 0;
  if (kind < 4) return 1;
  return kind < 17 ? 2 + random.int(9) : 12 + random.int(30);
}

/** The sample with other lengths: equal ones mostly stay equal, as ops want them to. */
export function changedSample(sample: Sample<unknown>, random: Random): Sample<unknown> {
  const lengths = new Map<number, number>();
  const shapes = sample.inputs.map((shape) =>
    shape.map((length) => {
      if (random.int(4) === 0) return length;
      if (random.int(12) === 0) return randomLength(random);
      if (!lengths.has(length)) lengths.set(length, randomLength(random));
      return lengths.get(length) as number;
    }),
  );
  return { ...sample, inputs: shapes, options: changedOptions(sample.options, random) };
}

/** Options whose whole numbers, such as strides and dimensions, are others at times. */
function changedOptions(options: unknown, random: Random): unknown {
  if (typeof options === "number" && Number.isInteger(options) && random.int(4) === 0) return random.int(5);
  if (typeof options === "boolean" && random.int(4) === 0) return !options;
  if (Array.isArray(options)) return options.map((each) => changedOptions(each, random));
  if (typeof options !== "object" || options === null) return options;
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, changedOptions(value, random)]));
}

/** One random case of an op on a device; null if the op refuses what was drawn. */
export async function fuzzOp(op: AnyOp, device: "cpu" | "gpu", random: Random): Promise<Outcome | null> {
  const { name, samples } = op.definition;
  const sample = changedSample(samples[random.int(samples.length)], random);
  if (sample.inputs.reduce((sum, shape) => sum + sizeOf(shape), 0) > MOST_NUMBERS) return null;
  const seed = random.int(2 ** 31);
  let truth: RunResult;
  try {
    truth = await runSample(op, sample, "reference", "float64", seed);
  } catch (error) {
    if (isRefusal(error)) return null;
    const what = `${name} ${JSON.stringify({ ...sample, seed })}`;
    return { covers: [], problems: [`reference throws ${String(error)}`], what };
  }
  const problems: string[] = [];
  try {
    const result = await runSample(op, sample, device, "float32", seed);
    const differences = [result.output, ...result.grads].map((got, i) =>
      distance(got ?? [], [truth.output, ...truth.grads][i] ?? []),
    );
    if (differences.some((apart) => !(apart <= TOLERANCE))) {
      // Where sums cancel, single precision can do no better: as near as reference's own loops is near enough.
      const single = await runSample(op, sample, "reference", "float32", seed);
      [truth.output, ...truth.grads].forEach((want, i) => {
        const inevitable = distance([single.output, ...single.grads][i] ?? [], want ?? []);
        if (!(differences[i] <= Math.max(TOLERANCE, 4 * inevitable)))
          problems.push(`${i ? `gradient ${i - 1}` : "output"} is ${differences[i]} away from reference`);
      });
    }
  } catch (error) {
    problems.push(`${device} throws ${String(error)}`);
  }
  return { covers: [name], problems, what: `${name} ${JSON.stringify({ ...sample, seed })}` };
}
