/** Does an operation fit the shapes around it, so that its arithmetic finds every number and ends soon? */
import { isCount, isList, isRecord, isText, type Json } from "../kit/check";
import { base64Length } from "../kit/base64";
import { mapSides, type Operation, type OperationName } from "./operation";

type Shape = readonly number[];
type Check = (operation: Json, operands: readonly Shape[], shape: Shape) => boolean;

/** Of a window, a stride, a padding. */
const LONGEST_SIDE = 2 ** 14;
/** Terms of one number. */
const MOST_TERMS = 2 ** 24;

const sizeOf = (shape: Shape): number => shape.reduce((all, length) => all * length, 1);
const isShape = (value: unknown, ...lengths: number[]): boolean =>
  isList(value, isCount) &&
  (value as number[]).length === lengths.length &&
  lengths.every((length, i) => (value as number[])[i] === length);
const isPlace = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function isPacked(value: unknown, ...shape: number[]): boolean {
  if (!isRecord(value) || !isShape(value.shape, ...shape)) return false;
  return value.values === undefined || (isText(value.values) && base64Length(value.values) === 4 * sizeOf(shape));
}

function isSides(value: unknown, least: number): value is [number, number] {
  const isSide = (side: unknown) => isPlace(side) && side >= least && side <= LONGEST_SIDE;
  return isList(value, isSide) && (value as number[]).length === 2;
}

const conv2d: Check = ({ weight, bias, stride, padding, dilation, groups }, [input], output) => {
  const [x, shape] = [mapSides(input), mapSides(output)];
  if (!x || !shape || !isRecord(weight) || !isList(weight.shape, isCount)) return false;
  const [, perGroup, R, S] = weight.shape as number[];
  if (!isSides(stride, 1) || !isSides(padding, 0) || !isSides(dilation, 1) || !isCount(groups)) return false;
  const isRight = shape[0] % groups === 0 && perGroup * groups === x[0] && perGroup * R * S <= MOST_TERMS;
  return isRight && isPacked(weight, shape[0], perGroup, R, S) && (bias === null || isPacked(bias, shape[0]));
};

const linear: Check = ({ weight, bias }, [x], shape) => {
  const [inFeatures, outFeatures] = [x?.[x.length - 1], shape[shape.length - 1]];
  if (inFeatures === undefined || outFeatures === undefined || inFeatures > MOST_TERMS) return false;
  const isRight = sizeOf(x) / inFeatures === sizeOf(shape) / outFeatures;
  return isRight && isPacked(weight, outFeatures, inFeatures) && (bias === null || isPacked(bias, outFeatures));
};

const maxPool2d: Check = ({ size, stride, padding, dilation }, [input], output) => {
  const [x, shape] = [mapSides(input), mapSides(output)];
  if (!x || !shape || x[0] !== shape[0]) return false;
  if (!isSides(size, 1) || !isSides(stride, 1) || !isSides(padding, 0) || !isSides(dilation, 1)) return false;
  // Every window has a number of the map in it.
  const isInside = ([0, 1] as const).every((side) => {
    const first = (window: number): number => window * stride[side] - padding[side];
    for (let window = 0; first(window) < 0 && window < shape[side + 1]; window++) {
      const tap = Math.ceil(-first(window) / dilation[side]);
      if (tap >= size[side] || first(window) + tap * dilation[side] >= x[side + 1]) return false;
    }
    return first(shape[side + 1] - 1) < x[side + 1];
  });
  return isInside && size[0] * size[1] <= MOST_TERMS;
};

function isSpans(value: unknown, outputs: number, inputs: number): boolean {
  if (!isRecord(value)) return false;
  const { start, end, divisor } = value;
  const isOf = (list: unknown, isItem: (item: unknown) => boolean) =>
    isList(list, isItem) && (list as number[]).length === outputs;
  const isEdge = (edge: unknown) => isPlace(edge) && edge <= inputs;
  if (!isOf(start, isEdge) || !isOf(end, isEdge) || !isOf(divisor, (by) => Number.isFinite(by) && by !== 0))
    return false;
  return (start as number[]).every((from, i) => from < (end as number[])[i]);
}

const avgPool2d: Check = ({ rows, columns }, [input], output) => {
  const [x, shape] = [mapSides(input), mapSides(output)];
  if (!x || !shape || x[0] !== shape[0]) return false;
  return isSpans(rows, shape[1], x[1]) && isSpans(columns, shape[2], x[2]);
};

const batchNorm: Check = ({ mean, variance, weight, bias, eps }, [x], shape) =>
  x !== undefined &&
  isShape(x, ...shape) &&
  shape.length > 0 &&
  [mean, variance, weight, bias].every((each) => isPacked(each, shape[0])) &&
  Number.isFinite(eps);

const sameSize: Check = (_, [x], shape) => x !== undefined && sizeOf(x) === sizeOf(shape);

const binary: Check = ({ name, strides }, operands, shape) => {
  if (!["add", "sub", "mul", "div"].includes(name as string) || operands.length !== 2) return false;
  const isRight = (steps: unknown, operand: number): boolean => {
    if (!isList(steps, isPlace) || (steps as number[]).length !== shape.length) return false;
    const last = (steps as number[]).reduce((sum, step, d) => sum + step * (shape[d] - 1), 0);
    return last < sizeOf(operands[operand]);
  };
  return Array.isArray(strides) && strides.length === 2 && strides.every(isRight);
};

const cat: Check = ({ lengths }, operands, shape) => {
  if (!isList(lengths, isCount) || (lengths as number[]).length !== operands.length || operands.length === 0)
    return false;
  const row = (lengths as number[]).reduce((sum, length) => sum + length, 0);
  const rows = sizeOf(shape) / row;
  return Number.isInteger(rows) && operands.every((operand, i) => sizeOf(operand) >= rows * (lengths as number[])[i]);
};

/** The same numbers of another shape; or nothing is read, where constants are rearranged. */
const reshape: Check = (_, operands, shape) => operands.length > 0 && sizeOf(operands[0]) >= sizeOf(shape);

const overDimension: Check = ({ length, inner }, [x], shape) =>
  x !== undefined &&
  isCount(length) &&
  isCount(inner) &&
  length <= MOST_TERMS &&
  sizeOf(x) === sizeOf(shape) &&
  sizeOf(x) % (length * inner) === 0;

const sum: Check = ({ length, inner }, [x], shape) =>
  x !== undefined &&
  isCount(length) &&
  isCount(inner) &&
  length <= MOST_TERMS &&
  sizeOf(x) === sizeOf(shape) * length &&
  sizeOf(shape) % inner === 0;

const checks: { [Name in OperationName]: Check } = {
  input: () => true,
  conv2d,
  linear,
  maxPool2d,
  avgPool2d,
  batchNorm,
  elementwise: ({ name }, operands, shape) => isText(name) && sameSize({}, operands, shape),
  binary,
  cat,
  reshape,
  softmax: overDimension,
  logSoftmax: overDimension,
  sum,
  other: ({ name }) => isText(name),
};

/** What is wrong with the operation of a node with operands and a result of these shapes; undefined if nothing is. */
export function wrongOperation(operation: Json, operands: readonly Shape[], shape: Shape): string | undefined {
  const { op } = operation;
  if (!isText(op) || !Object.prototype.hasOwnProperty.call(checks, op)) return "operation";
  return checks[op as OperationName](operation, operands, shape) ? undefined : `operation (${op})`;
}

/** Whether the arithmetic of an operation, with all its numbers, can be told for operands and a result of these shapes. */
export function fits(operation: Operation, operands: readonly Shape[], shape: Shape): boolean {
  const shapes = Object.entries(operation).map(([key, value]: [string, unknown]) => [
    key,
    isRecord(value) && "data" in value ? { shape: value.shape } : value,
  ]);
  return wrongOperation(Object.fromEntries(shapes) as Json, operands, shape) === undefined;
}
