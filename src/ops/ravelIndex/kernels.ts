import type { Memory } from "../../devices/device";
import type { Geometry } from "../define/defineOp";

/** Indices into several dimensions, all of one shape, become positions in the dimensions as one. */
export interface RavelIndexGeometry extends Geometry {
  /** The dimensions' lengths. */
  lengths: readonly number[];
  size: number;
  /** Which dimension of the user's tensor the first one is, and its shape, for an index that is none. */
  first: number;
  inShape: readonly number[];
}

export interface RavelIndexKernels {
  ravel(g: RavelIndexGeometry, ...indices: Memory[]): Memory;
}
