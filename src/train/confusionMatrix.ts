import { Tensor } from "../tensor/tensor";

/**
 * How often each class was taken for each, [C,C] int32: rows are the labels, columns the guesses. As the value of a cell it
 * is drawn as `show.confusionMatrix` draws it; in all else it is a tensor.
 */
export class ConfusionMatrix extends Tensor {
  /** @internal @param counts [C,C] int32, whose numbers are shared */
  constructor(counts: Tensor) {
    super(counts.storage, counts.shape);
  }
}
