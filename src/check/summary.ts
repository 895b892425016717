import { Table } from "../text/table";
import { roundPoints, type Result } from "./result";

/** The last result of each check of this program, by id. */
const results = new Map<string, Result>();

/** A check that runs again replaces its former result. */
export const keepResult = (result: Result): void => void results.set(result.id, result);

/** "q2" comes before "q10". */
const byId = new Intl.Collator("en", { numeric: true });

/** What all checks have given; a notebook shows it as a table. */
export class CheckSummary extends Table {
  /** Points earned, of how many. */
  readonly points: number;
  readonly of: number;

  constructor(all: readonly Result[]) {
    const sum = (of: (result: Result) => number): number =>
      roundPoints(all.reduce((total, each) => total + of(each), 0));
    const [points, of] = [sum((each) => each.points), sum((each) => each.of)];
    const rows = all.map((each) => [
      each.id,
      each.title,
      each.passed ? "✓ passed" : each.points > 0 ? "◐ in part" : "✗ failed",
      String(roundPoints(each.points)),
      String(each.of),
    ]);
    const passed = all.filter((each) => each.passed).length;
    const note =
      all.length === 0
        ? "No check has run yet: run the cells that check your answers."
        : `${passed} of ${all.length} ${all.length === 1 ? "check" : "checks"} passed: ${points} of ${of} points.`;
    super("Checks", ["check", "", "result", "points", "of"], rows, [note]);
    this.points = points;
    this.of = of;
  }
}

/**
 * A table of all checks that have run in this kernel, with their points and the total; the last run of each counts.
 * @example
 * await check("q1", { points: 2 }, () => expect(1 + 1).to.equal(2));
 * console.log(String(check.summary()));
 */
export function summary(): CheckSummary {
  return new CheckSummary([...results.values()].sort((a, b) => byId.compare(a.id, b.id)));
}
