import type { RunCommand, RunControl } from "../../protocol";

/** A run of training: how far it is, what steers it, what it warns of. */
export interface TrainingMark {
  mark: "training";
  /** Of this run, where its view has several marks. */
  title?: string;
  subtitle?: string;
  state: RunState;
  /** Steps done. */
  step: number;
  /** Steps of the whole run; absent if that is not known. */
  steps?: number;
  /** The epoch under way, counted from 0. */
  epoch: number;
  /** Epochs of the whole run; absent if that is not known. */
  epochs?: number;
  /** Batches done of the epoch under way, and how many it has; absent if that is not known. */
  batch: number;
  batches?: number;
  /** Seconds that it has run, without pauses. */
  seconds: number;
  /** Seconds that the rest takes at this pace: of the run, or of the epoch if the steps of the run are not known. */
  left?: number;
  /** Inputs a second. */
  rate?: number;
  /** The latest numbers, such as the loss; null stands for NaN. */
  figures: Figure[];
  /** What the reader may set; empty when the run is over. */
  controls: Control[];
  /** The commands that would be obeyed now. */
  commands: RunCommand[];
  /** Newest last. */
  warnings: Notice[];
  /** Changes of controls and commands that were obeyed, newest last: "learning rate 0.1 → 0.01". */
  events: Notice[];
}

/** `failed`: its cell ended by an error or an interrupt. */
export type RunState = "running" | "paused" | "done" | "stopped" | "failed";

export interface Figure {
  name: string;
  value: number | null;
}

/** What was said at which step. */
export interface Notice {
  step: number;
  text: string;
}

/** A number that the reader may set. */
export interface Control {
  name: RunControl;
  label: string;
  value: number;
  min: number;
  max: number;
  /** Whether it is a whole number; default false. */
  whole?: boolean;
  /** Whether a step up or down is a factor instead of a difference; default false. */
  log?: boolean;
  /** Behind the number: "steps". */
  unit?: string;
}
