/** Does an answer hold what its row says? The kernel may be of another version. One row a question. No DOM here. */
import type { AnswerTo, QuestionName } from "../../../src/protocol";

type Check<Name extends QuestionName> = (
  content: Partial<AnswerTo<Name>["content"]>,
  floats: Float32Array[],
) => boolean;

const checks: { [Name in QuestionName]: Check<Name> } = {
  values: ({ channels, height, width }, [values, ...more]) =>
    (channels === 1 || channels === 3) &&
    isCount(height) &&
    isCount(width) &&
    more.length === 0 &&
    values?.length === channels * height * width,
  facts: ({ kind, type, input, length, classes, mean, std }) =>
    typeof kind === "string" &&
    typeof type === "string" &&
    optional(input, isShape) &&
    optional(length, isCount) &&
    optional(classes, (names) => isList(names, (name) => typeof name === "string")) &&
    optional(mean, (means) => isList(means, Number.isFinite)) &&
    optional(std, (stds) => isList(stds, Number.isFinite)),
  // The view itself is read as that of an output is.
  view: ({ view, bundle, statistics, input, truth, parameters }, floats) =>
    isObject(view) &&
    optional(bundle, isObject) &&
    optional(input, isShape) &&
    optional(truth, isCount) &&
    optional(parameters, (name) => typeof name === "string") &&
    optional(statistics, isStatistics) &&
    floats.length <= 1,
  activations: ({ units, height, width }, [values, ...more]) =>
    isCount(units) &&
    isCount(height) &&
    isCount(width) &&
    more.length === 0 &&
    values?.length === units * height * width,
  parameters: (_, [values, ...more]) => values !== undefined && more.length === 0,
  explanation: ({ result, bias, winner, divisor, named, channels, weightFrom }, floats) => {
    const [values, places, operands, weights, weightPlaces, ...more] = floats;
    const isEven = weightPlaces !== undefined && more.length === 0 && [places, operands].every(isAsLong(values));
    const hasWeights = weights?.length !== 0;
    return (
      isEven &&
      weights.length === weightPlaces.length &&
      (!hasWeights || weights.length === values.length) &&
      hasWeights === isCount(weightFrom) &&
      isNumberOrNull(result) &&
      (bias === undefined || isNumberOrNull(bias)) &&
      (winner === undefined || (isCount(winner) && winner < values.length)) &&
      (divisor === undefined || isNumberOrNull(divisor)) &&
      (named === undefined || Object.values(named).every(isNumberOrNull)) &&
      (channels === undefined || (isCount(channels.first) && isCount(channels.terms) && channels.terms > 0))
    );
  },
  weightGradient: ({ sum }, [values, ...more]) =>
    isNumberOrNull(sum) && values !== undefined && more.length === 3 && more.every(isAsLong(values)),
  // The mark itself is read as that of a view is.
  control: ({ mark }, floats) => isObject(mark) && floats.length === 0,
};

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

function isStatistics(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { count, zeros, nan, infinite, first, ...numbers } = value as Record<string, unknown>;
  const isNumber = (name: string): boolean => numbers[name] === null || Number.isFinite(numbers[name]);
  return (
    [count, zeros, nan, infinite].every(isCount) &&
    isList(first, isPlace) &&
    ["min", "max", "mean", "std"].every(isNumber)
  );
}

/** Of the first number of a kind. */
function isPlace(value: unknown): boolean {
  const { number, at } = (value ?? {}) as Record<string, unknown>;
  return typeof number === "string" && isList(at, isCount);
}

const optional = (value: unknown, check: (value: unknown) => boolean): boolean => value === undefined || check(value);
const isList = (value: unknown, check: (entry: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(check);
const isShape = (value: unknown): boolean => isList(value, (n) => isCount(n) && n > 0);

const isAsLong =
  (one: Float32Array) =>
  (other: Float32Array): boolean =>
    other.length === one.length;
const isNumberOrNull = (value: unknown): boolean => value === null || typeof value === "number";

/** The answer; undefined if it is none to this question. */
export function readAnswer<Name extends QuestionName>(
  name: Name,
  content: unknown,
  buffers: (ArrayBuffer | ArrayBufferView)[],
): AnswerTo<Name> | undefined {
  if (typeof content !== "object" || content === null) return undefined;
  const floats: Float32Array[] = [];
  for (const buffer of buffers) {
    const bytes = bytesOf(buffer);
    if (bytes.byteLength % 4 !== 0) return undefined;
    floats.push(new Float32Array(bytes));
  }
  const fits = checks[name](content, floats);
  return fits ? { content, floats: floats as AnswerTo<Name>["floats"] } : undefined;
}

/** A buffer of its own: a view into a message may begin at any byte, and numbers may not. */
function bytesOf(buffer: ArrayBuffer | ArrayBufferView): ArrayBuffer {
  if (!ArrayBuffer.isView(buffer)) return buffer;
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength).slice().buffer;
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}
