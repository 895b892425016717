/** Windows along one direction of an input: where they lie, and which of them a payload carries. */
import { isCount, isList, isRecord } from "../kit/check";

/** In pixels, or elements of a line. */
export interface Axis {
  /** Of the whole input. */
  length: number;
  taps: number;
  stride: number;
  dilation: number;
  /** Zeros before and behind the input. */
  padding: [before: number, after: number];
  /** The part of the input that is carried. */
  carried: [first: number, count: number];
  /** The outputs that are carried, and how many there are. */
  outputs: [first: number, count: number, all: number];
}

/** The place of a window's tap in the input; below 0 or from `length` on it lies in the padding. */
export const tapAt = ({ stride, dilation, padding }: Axis, output: number, tap: number): number =>
  output * stride - padding[0] + tap * dilation;

/** How far a window reaches, from its first tap to its last. */
export const spanOf = ({ taps, dilation }: Pick<Axis, "taps" | "dilation">): number => dilation * (taps - 1) + 1;

/** What is drawn of the input: the carried part, with the padding at those of its ends that are the input's. */
export function drawnPart(axis: Axis): [from: number, to: number] {
  const { length, padding, carried, outputs } = axis;
  const end = carried[0] + carried[1];
  // A window that the division rounded up adds may reach beyond the padding.
  const reach = tapAt(axis, outputs[0] + outputs[1] - 1, axis.taps - 1) + 1;
  return [carried[0] === 0 ? -padding[0] : carried[0], end === length ? Math.max(length + padding[1], reach) : end];
}

export const isInside = ({ length }: Axis, place: number): boolean => place >= 0 && place < length;

/** The output, among those carried, whose window has its middle nearest to a place of the input. */
export function outputNear(axis: Axis, place: number): number {
  const first = (spanOf(axis) - 1) / 2 - axis.padding[0];
  const nearest = Math.round((place - first) / axis.stride) - axis.outputs[0];
  return Math.min(Math.max(nearest, 0), axis.outputs[1] - 1);
}

/** The part of the input that the windows of some outputs see; all of it for all outputs, with what no window reaches. */
export function partFor(axis: Axis, first: number, count: number): Axis {
  const { length, outputs } = axis;
  const whole = first === 0 && count === outputs[2];
  const from = whole ? 0 : Math.max(0, tapAt(axis, first, 0));
  const to = whole ? length : Math.min(length, tapAt(axis, first + count - 1, axis.taps - 1) + 1);
  return { ...axis, carried: [from, Math.max(1, to - from)], outputs: [first, count, outputs[2]] };
}

/** More pixels than this side by side are no drawing of windows, whatever a payload says. */
const MOST = 4096;

const isPlace = (value: unknown): value is number => value === 0 || isCount(value);

export function isAxis(value: unknown): value is Axis {
  if (!isRecord(value)) return false;
  const { length, taps, stride, dilation, padding, carried, outputs } = value as unknown as Axis;
  if (![length, taps, stride, dilation].every((size) => isCount(size) && size <= 2 ** 31)) return false;
  const isPlaces = (list: unknown, count: number) => isList(list, isPlace) && (list as unknown[]).length === count;
  if (!isPlaces(padding, 2) || !isPlaces(carried, 2) || !isPlaces(outputs, 3)) return false;
  const axis = value as unknown as Axis;
  if (carried[1] < 1 || outputs[1] < 1 || carried[0] + carried[1] > length) return false;
  if (outputs[0] + outputs[1] > outputs[2]) return false;
  const [from, to] = drawnPart(axis);
  const [begin, end] = [tapAt(axis, outputs[0], 0), tapAt(axis, outputs[0] + outputs[1] - 1, taps - 1)];
  return to - from <= MOST && taps <= MOST && begin >= from && end < to;
}
