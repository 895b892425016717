/**
 * Errors of the engine. Their words follow one grammar:
 * `<what the user called>: <what is wrong, with values> (<shapes>). <one next step>`.
 */
class ReceptiveError extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

/** Shapes that do not fit each other or the operation. */
export class ShapeError extends ReceptiveError {}
/** A dtype that the operation does not take, or two that differ. */
export class DTypeError extends ReceptiveError {}
/** A backward pass that cannot be made. */
export class GradError extends ReceptiveError {}
/** A device that is not there, or tensors on two devices. */
export class DeviceError extends ReceptiveError {}
/** Data that are missing, truncated or not what they should be. */
export class DataError extends ReceptiveError {}
