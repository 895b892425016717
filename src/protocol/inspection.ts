/** What an object says of itself to the list of variables: the kernel that makes the list knows no engine. */
export interface Inspection {
  /** "tensor", "module" (or "function", if it has no parameters), "optimizer", "dataset", "chart". */
  kind: string;
  /** The extension may ask about the object under this id, as long as it lives. */
  id: string;
}

/** A value that has this method says its {@link Inspection}; undefined where nobody can ask. */
export const INSPECTION: unique symbol = Symbol.for("receptive.inspection");

export interface Inspectable {
  [INSPECTION](): Inspection | undefined;
}
