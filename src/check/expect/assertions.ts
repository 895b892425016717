/** What `expect` can say of tensors besides all that chai can. */
import { checkNumbers, checkTensor, show } from "../../arguments";
import { sameShape, showShape, sizeOf, type Shape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { differenceLines, differenceOf, errorText, type Place } from "../difference";
import { currentAssertions } from "../asserting";
import { likelyCause } from "../hints";
import { read, type Numbers, type Read } from "../numbers";
import { resolveTolerance, toleranceText, type Tolerance } from "../tolerance";

/** How an assertion went: the words that it fails with, and those with which its negation fails. */
export interface Verdict {
  holds: boolean;
  message: string;
  negated: string;
  /** The tensors that differ, if those of one shape do. */
  compared?: Compared;
}

/** Two tensors of one shape that differ. */
export interface Compared {
  got: Read;
  expected: Read;
  /** The element that exceeds the tolerance the most. */
  worst: Place;
}

export async function closeToTensor(
  caller: string,
  got: Numbers,
  expected: Numbers,
  tolerance: Tolerance | undefined,
): Promise<Verdict> {
  const assertions = currentAssertions();
  const allowed = resolveTolerance(caller, tolerance);
  const [a, wanted] = [await read(caller, "what is compared", got), await read(caller, "expected", expected)];
  const b = typeof expected === "number" ? filledLike(a, wanted.values[0]) : wanted;
  const fails = async (first: string, lines: readonly string[], compared?: Compared): Promise<Verdict> => {
    const cause = await likelyCause(a, b, assertions?.given.at(-1) ?? null, assertions?.mistakes);
    const all = [`${caller}: ${first}`, ...lines, ...(cause === null ? [] : [`likely cause: ${cause}`])];
    return { holds: false, message: all.join("\n  "), negated: "", ...(compared ? { compared } : {}) };
  };
  if (!sameShape(a.shape, b.shape))
    return fails(`the shape is ${showShape(a.shape)}, expected ${showShape(b.shape)}`, []);
  const found = differenceOf(a, b, allowed);
  if (found.count > 0)
    return fails(`${showShape(a.shape)} differs from what is expected`, differenceLines(found, allowed), {
      got: a,
      expected: b,
      worst: found.worst!,
    });
  assertions?.compared.push({ relError: found.relError, tolerance: allowed });
  const negated =
    `${caller}: ${showShape(a.shape)} is as close as that to what it should differ from ` +
    `(relative error ${errorText(found.relError)}; tolerance ${toleranceText(allowed)})`;
  return { holds: true, message: "", negated };
}

const filledLike = ({ shape }: Read, value: number): Read => ({
  values: new Float64Array(sizeOf(shape)).fill(value),
  shape,
  dtype: "float64",
});

/** @throws TypeError if `shape` is no array of numbers */
export function haveShape(caller: string, got: unknown, shape: Shape): Verdict {
  checkNumbers(caller, "shape", shape, "Write [1, 10].");
  const own = shapeOf(got);
  return {
    holds: own !== null && sameShape(own, shape),
    message: own
      ? `${caller}: the shape is ${showShape(own)}, expected ${showShape(shape)}`
      : `${caller}: ${show(got)} is no tensor, expected one of the shape ${showShape(shape)}`,
    negated: `${caller}: the shape is ${showShape(shape)}, which it should not be`,
  };
}

/** Of a tensor, or of whatever else has a shape. */
function shapeOf(value: unknown): Shape | null {
  const shape = (value as { shape?: unknown } | null | undefined)?.shape;
  return Array.isArray(shape) ? (shape as Shape) : null;
}

export async function haveGradient(
  caller: string,
  of: unknown,
  expected: Numbers,
  tolerance: Tolerance | undefined,
): Promise<Verdict> {
  checkTensor(caller, "what is compared", of, "Give the tensor whose gradient is meant.");
  if (of.grad) return closeToTensor(caller, of.grad, expected, tolerance);
  return {
    holds: false,
    message: `${caller}: ${showShape(of.shape)} has no gradient. ${reason(of)}`,
    negated: "",
  };
}

const reason = (of: Tensor): string =>
  of.requiresGrad
    ? "Call backward() on a loss that is made of it."
    : "It has requiresGrad false: create it with { requiresGrad: true }.";
