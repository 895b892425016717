/** What training did, step by step and epoch by epoch. */

/** What one step did. */
export interface StepInfo {
  /** Counted from 0. */
  epoch: number;
  /** Counted from 0 over all epochs. */
  step: number;
  loss: number;
}

/** What one epoch did. */
export interface EpochInfo {
  /** Counted from 0. */
  epoch: number;
  /** Its last step, counted from 0 over all epochs. */
  step: number;
  /** The mean loss over the epoch's inputs, each as it was when its batch was trained on. */
  loss: number;
  /** The share of right answers, 0..1, of the outputs that were trained on; only for scores [N,C] against labels [N]. */
  accuracy?: number;
  /** The mean loss over the validation batches; only with `validation`. */
  validationLoss?: number;
  /** The share of right answers, 0..1; only with `validation` of scores [N,C] against labels [N]. */
  validationAccuracy?: number;
}

/** What `fit` gives back. As the value of a cell it is drawn as `show.curves` draws it. */
export class History {
  /** The loss of every step. */
  readonly steps: number[] = [];
  /** The learning rate of every step, of the first group of parameters; empty if the optimizer shows none. */
  readonly lr: number[] = [];
  readonly epochs: EpochInfo[] = [];
}
