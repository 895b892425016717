import type { SuiteName } from "../suites/names";

export type Unit = "ms" | "µs" | "GFLOP/s" | "MB";

/** One comparison, as `--json` prints it. */
export interface Row {
  suite: SuiteName;
  case: string;
  /** What `ours` and `peer` are in. Of GFLOP/s more is better, of all others less. */
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
  return unit === "GFLOP/s" ? ours / peer : peer / ours;
}

/** The better of two measurements of the same thing. */
export const better = (unit: Unit, a: number, b: number): number =>
  unit === "GFLOP/s" ? Math.max(a, b) : Math.min(a, b);

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
      throw new Error("a time is no memory");
  }
}
