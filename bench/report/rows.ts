import type { SuiteName } from "../suites/names";

export type Unit = "ms" | "µs" | "GFLOP/s" | "MB" | "KB gz" | "KB/s" | "%";

/** One comparison, as `--json` prints it. */
export interface Row {
  suite: SuiteName;
  case: string;
  /** What `ours` and `peer` are in. Of GFLOP/s and % more is better, of all others less. */
  unit: Unit;
  ours: number | null;
  /** How many threads ours computed with. */
  threads: number;
  peer: number | null;
  peerName: string;
  /** Above 1 we are better by that factor. */
  ratio: number | null;
  /** Our share of what register tiles reach on as many threads, where the suite measures it. */
  share?: number;
  /** Why there is no number, or what to know about it. */
  note?: string;
}

/** How many times better ours is; above 1 we are ahead. Null where a number is missing. */
export function ratioOf(unit: Unit, ours: number | null, peer: number | null): number | null {
  if (ours === null || peer === null || !(ours > 0) || !(peer > 0)) return null;
  return isMoreBetter(unit) ? ours / peer : peer / ours;
}

/** A measurement that is compared with nothing but its aim. */
export function aloneRow(suite: SuiteName, name: string, ours: number | null, unit: Unit, note?: string): Row {
  const rounded = ours === null || Number.isNaN(ours) ? null : Number(ours.toFixed(1));
  const row: Row = {
    ...{ suite, case: name, ours: rounded, unit },
    ...{ threads: 1, peer: null, peerName: "-", ratio: null },
  };
  return note === undefined ? row : { ...row, note };
}

/** Of an even number of values the upper one in the middle; NaN of none. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

/** The better of two measurements of the same thing. */
export const better = (unit: Unit, a: number, b: number): number =>
  isMoreBetter(unit) ? Math.max(a, b) : Math.min(a, b);

const isMoreBetter = (unit: Unit): boolean => unit === "GFLOP/s" || unit === "%";

/** A time in seconds in the unit of its row. @param flops floating-point operations in that time */
export function inUnit(unit: Unit, seconds: number, flops = 0): number {
  switch (unit) {
    case "ms":
      return seconds * 1e3;
    case "µs":
      return seconds * 1e6;
    case "GFLOP/s":
      return flops / seconds / 1e9;
    case "MB":
    case "KB gz":
    case "KB/s":
    case "%":
      throw new Error(`a time is not in ${unit}`);
  }
}
