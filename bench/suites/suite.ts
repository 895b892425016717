import type { Row } from "../report/rows";
import type { Bench } from "../runner/bench";
import type { SuiteName } from "./names";

/** Rows come as they are measured, the rows of one case together. */
export interface Suite {
  name: SuiteName;
  /** What it measures, in one line. */
  title: string;
  run(bench: Bench): AsyncGenerator<Row[]>;
}
