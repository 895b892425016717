/** What `expect` can say of tensors besides all that chai can. */
import { checkNumbers, checkTensor, show } from "../../arguments";
import { sameShape, showShape, sizeOf, type Shape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { differenceLines, differenceOf, errorText } from "../difference";
import { read, type Numbers, type Read } from "../numbers";
import { resolveTolerance, toleranceText, type Tolerance, type ToleranceOptions } from "../tolerance";

/** How an assertion went: the words that it fails with, and those with which its negation fails. */
export interface Verdict {
  holds: boolean;
  message: string;
  negated: string;
}

/** What a failed comparison may be shown with besides: see `check`. */
export interface Compared {
  got: Read;
  expected: Read;
  tolerance: Required<ToleranceOptions>;
}

/** Says what may be the cause of a difference; null if the numbers do not show it. */
export type Cause = (compared: Compared) => string | null;

export async function closeToTensor(
  caller: string,
  got: Numbers,
  expected: Numbers,
  tolerance: Tolerance | undefined,
  cause: Cause,
): Promise<Verdict> {
  const allowed = resolveTolerance(caller, tolerance);
  const [a, given] = [await read(caller, "what is compared", got), await read(caller, "expected", expected)];
  const b = typeof expected === "number" ? filledLike(a, given.values[0]) : given;
  const compared = { got: a, expected: b, tolerance: allowed };
  const words = (...lines: string[]): string => {
    const hint = cause(compared);
    return [...lines, ...(hint === null ? [] : [`likely cause: ${hint}`])].join("\n  ");
  };
  if (!sameShape(a.shape, b.shape))
    return {
      holds: false,
      message: words(`${caller}: the shape is ${showShape(a.shape)}, expected ${showShape(b.shape)}`),
      negated: "",
    };
  const found = differenceOf(a, b, allowed);
  return {
    holds: found.count === 0,
    message: words(
      `${caller}: ${showShape(a.shape)} differs from what is expected`,
      ...differenceLines(found, allowed),
    ),
    negated:
      `${caller}: ${showShape(a.shape)} is as close as that to what it should differ from ` +
      `(relative error ${errorText(found.relError)}; tolerance ${toleranceText(allowed)})`,
  };
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
  cause: Cause,
): Promise<Verdict> {
  checkTensor(caller, "what is compared", of, "Give the tensor whose gradient is meant.");
  if (of.grad) return closeToTensor(caller, of.grad, expected, tolerance, cause);
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
