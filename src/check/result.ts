import type { Comparison } from "./asserting";

/** How a check went. */
export interface Result {
  id: string;
  title: string;
  passed: boolean;
  /** Points earned, of how many. */
  points: number;
  of: number;
  parts: Part[];
  /** Lines about what the reader should know before the rest. */
  warnings: string[];
  /** Lines about what it failed with, outside of its parts; none if it did not. */
  failure: string[];
  /** Lines that assertions have left. */
  notes: string[];
  compared: Comparison[];
  seed: number;
  milliseconds: number;
}

/** How a part of a check went. */
export interface Part {
  name: string;
  passed: boolean;
  /** What it is worth; undefined for a share of what the others leave. */
  points: number | undefined;
  failure: string[];
}

/**
 * What each part is worth.
 * @throws RangeError if their points are not those of the check
 */
export function worthOf(id: string, parts: readonly Part[], points: number): number[] {
  const named = parts.reduce((sum, part) => sum + (part.points ?? 0), 0);
  const shares = parts.filter((part) => part.points === undefined).length;
  const rest = points - named;
  if (rest < -1e-9 || (shares === 0 && Math.abs(rest) > 1e-9))
    throw new RangeError(
      `check ${id}: its parts are worth ${named} points, the check ${points}. Give them ${points} together, or leave points out.`,
    );
  return parts.map((part) => part.points ?? rest / shares);
}

/** 2 for 2.0000001: a third of a point, three times. */
export const roundPoints = (points: number): number => Math.round(points * 100) / 100;
