/** What a cell of a lecture must say. */
export interface Example {
  /** Id of the cell in the notebook. */
  cell: string;
  /** Words or numbers in its outputs, once runs of white space are one space. */
  says: string | RegExp;
}
