import { base64Length } from "../kit/base64";
import { hasOwn, isCount, isList, isNumberOrNull, isOptionalText, isRecord, isText, type Json } from "../kit/check";
import { isAxis, type Axis } from "./axis";

/** Numbers that a page draws at most, and classes. */
const [MOST, MOST_CLASSES] = [2 ** 20, 256];

/** What in this payload cannot be read; undefined if nothing. */
export function checkSteps(mark: Json): string | undefined {
  const { steps } = mark;
  if (!isText(steps) || !hasOwn(kinds, steps)) return `kind ${String(JSON.stringify(steps)).slice(0, 40)}`;
  if (!isOptionalText(mark.title) || !isOptionalText(mark.subtitle)) return "title";
  return kinds[steps](mark);
}

const kinds: Readonly<Record<string, (mark: Json) => string | undefined>> = {
  convolution(mark) {
    const { axes, channels, filterChannels, filters, groupFilters, allFilters } = mark;
    if (!areAxes(axes)) return "axes";
    if (![channels, filterChannels, filters, groupFilters].every(isCount)) return "channels";
    const [of, own, K, group] = [channels, filterChannels, filters, groupFilters] as number[];
    if (allFilters !== undefined && !(isCount(allFilters) && allFilters >= K)) return "filters";
    if (Math.floor((K - 1) / group) * own + own > of) return "groups";
    const [rows, columns] = axes;
    return (
      wrongFloats("input", mark.input, of * rows.carried[1] * columns.carried[1]) ??
      wrongFloats("weight", mark.weight, K * own * rows.taps * columns.taps) ??
      (mark.bias === undefined ? undefined : wrongFloats("bias", mark.bias, K)) ??
      wrongFloats("output", mark.output, K * rows.outputs[1] * columns.outputs[1]) ??
      wrongPlace(mark.at, [K, rows.outputs[1], columns.outputs[1]])
    );
  },
  pooling(mark) {
    const { kind, axes, channels, allChannels, countIncludePad, divisor } = mark;
    if (kind !== "max" && kind !== "average") return "kind of pooling";
    if (!areAxes(axes)) return "axes";
    if (!isCount(channels)) return "channels";
    if (allChannels !== undefined && !(isCount(allChannels) && allChannels >= channels)) return "channels";
    if (typeof countIncludePad !== "boolean") return "countIncludePad";
    if (divisor !== undefined && !(Number.isFinite(divisor) && divisor !== 0)) return "divisor";
    const [rows, columns] = axes;
    return (
      wrongFloats("input", mark.input, channels * rows.carried[1] * columns.carried[1]) ??
      wrongFloats("output", mark.output, channels * rows.outputs[1] * columns.outputs[1]) ??
      wrongPlace(mark.at, [channels, rows.outputs[1], columns.outputs[1]])
    );
  },
  activation(mark) {
    const { name, planes, rows, columns, reducedFrom, curve } = mark;
    if (!isText(name)) return "name";
    const size = [planes, rows, columns];
    if (!size.every(isCount)) return "sizes";
    if (reducedFrom !== undefined && !(isList(reducedFrom, isCount) && (reducedFrom as unknown[]).length === 3))
      return "sizes";
    const count = size.reduce((product, side) => product * side, 1);
    if (!isRecord(curve) || !isText(curve.values)) return "curve";
    const { from, to } = curve as { from: unknown; to: unknown };
    if (!isFinite(from) || !isFinite(to) || !(to - from > 1e-6 * Math.max(Math.abs(from), Math.abs(to))))
      return "curve";
    const points = base64Length(curve.values) / 4;
    if (!Number.isSafeInteger(points) || points < 2 || points > 4096) return "curve";
    return (
      wrongFloats("input", mark.input, count) ?? wrongFloats("output", mark.output, count) ?? wrongPlace(mark.at, size)
    );
  },
  softmax(mark) {
    const { classes, others, target } = mark;
    if (!isList(classes, isText)) return "classes";
    const count = (classes as string[]).length;
    if (count < 1 || count > MOST_CLASSES) return "classes";
    if (others !== undefined) {
      if (!isRecord(others) || !isCount(others.count)) return "others";
      if (!isNumberOrNull(others.exponentials) || !isNumberOrNull(others.probability)) return "others";
    }
    if (target !== undefined) {
      if (!isRecord(target) || !isPlace(target.place, count) || !isNumberOrNull(target.loss)) return "target";
      const wrong = wrongFloats("gradient", target.gradient, count);
      if (wrong !== undefined) return wrong;
    }
    return (
      wrongFloats("logits", mark.logits, count) ??
      wrongFloats("probabilities", mark.probabilities, count) ??
      wrongPlace(mark.at, [1, count, target === undefined ? 3 : 5])
    );
  },
};

const areAxes = (axes: unknown): axes is [Axis, Axis] => isList(axes, isAxis) && (axes as unknown[]).length === 2;
const isFinite = (value: unknown): value is number => Number.isFinite(value);
const isPlace = (value: unknown, count: number): boolean => (value === 0 || isCount(value)) && value < count;

const wrongPlace = (at: unknown, sizes: readonly number[]): string | undefined =>
  Array.isArray(at) && at.length === sizes.length && sizes.every((size, i) => isPlace(at[i], size))
    ? undefined
    : "place";

function wrongFloats(name: string, text: unknown, count: number): string | undefined {
  if (!isText(text)) return name;
  if (count > MOST) return `${name} (${count} numbers are too many)`;
  const length = base64Length(text) / 4;
  if (length === count) return undefined;
  return Number.isNaN(length) ? name : `${name} (${length} numbers, not ${count})`;
}
