/** The numbers behind a grid's pixels: [tiles,channels,height,width], row-major. */
export interface GridNumbers {
  values: Float32Array;
  channels: 1 | 3;
  height: number;
  width: number;
}

/**
 * The numbers of a view as they were when it was drawn, where the view itself carries bytes: the next step of training
 * changes the tensor, but not the picture that is asked about.
 */
export class ShownNumbers {
  /** @param marks one entry a mark of the view; undefined for those that carry their numbers, or have none */
  constructor(readonly marks: readonly (GridNumbers | undefined)[]) {}

  get bytes(): number {
    return this.marks.reduce((sum, grid) => sum + (grid?.values.byteLength ?? 0), 0);
  }
}
