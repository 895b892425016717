/** Thrown into a cell by an interrupt. */
export class Interrupted extends Error {
  override name = "Interrupted";
  constructor() {
    super("The cell was stopped. Its variables are kept.");
  }
}
