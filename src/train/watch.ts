/** Who watches and steers a training that `fit` runs: a panel in a notebook. This folder knows no display, so one is handed in. */
import type { Module } from "../nn/module";
import type { Batches } from "./batches";
import type { FitOptions } from "./fit";
import type { EpochInfo } from "./history";
import type { Tensor } from "../tensor/tensor";

/** How a training that is watched is shown. */
export interface ShowOptions {
  /** Above the panel; a run of the same title that was before stands in grey. Default "Training". */
  title?: string;
  /** CSS pixels that the view is wide; default what suits it. */
  size?: number;
  /** The image [C,H,W] whose maps are shown; default the first of the validation, or the first that is trained on. */
  image?: Tensor;
  /** Names of the classes; default those of the data set, else their numbers. */
  classes?: readonly string[];
  /** Milliseconds between two drawings, at least and by default 220. */
  every?: number;
  /** What is shown besides the curves; default all that the network has. */
  views?: readonly TrainingView[];
}
/** What a view of training may show besides its curves. */
export type TrainingView = "filters" | "maps" | "predictions" | "layers";

export interface Watch {
  /** How many epochs there will be. */
  begin(epochs: number): void;
  /** The batches of one epoch. Between two of them it waits while the training is paused, and it ends when it is stopped. */
  epoch(loader: Batches, signal?: AbortSignal): AsyncIterable<readonly Tensor[]>;
  /** A step is done. */
  step(values: { loss: number; accuracy?: number }): void;
  /** An epoch is done, and validated if it is at all. */
  epochEnded(info: EpochInfo): void;
  /** Whether the reader has stopped the training. */
  readonly isStopped: boolean;
  /** Whether its cell has ended. */
  readonly isEnded: boolean;
  /** The training is over. */
  done(): void;
  /** The training has ended by an error. */
  failed(): void;
}

/** What makes a watch: display sets it as it attaches itself. */
export const watching: {
  start?: (net: Module, loader: Batches, options: FitOptions) => Watch;
} = {};
