/**
 * The numbers of a view's pixels as they were when it was drawn: the next step of training changes the tensor, but not the
 * picture that is asked about.
 */
export class ShownValues {
  /** @param values [tiles,channels,height,width], row-major */
  constructor(
    readonly values: Float32Array,
    readonly tiles: number,
    readonly channels: number,
    readonly height: number,
    readonly width: number,
  ) {}
}
