import type { CellParts } from "./parts";

/** One variable of the notebook. */
export interface Variable {
  readonly name: string;
  /** `number`, `Tensor`, `Array`, `function`, ... */
  readonly type: string;
  /** How large it is, where that says something: `3 x 32 x 32`, `10 items`. */
  readonly size: string;
  /** The value in one short line. */
  readonly preview: string;
}

declare global {
  /** The variables of the notebook; as the last line of a cell it is a table. */
  function variables(): Variable[];
}

export const variables =
  (cell: CellParts): typeof globalThis.variables =>
  () =>
    cell.variables();
