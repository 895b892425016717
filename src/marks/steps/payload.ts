import type { Axis } from "./axis";

/** Arithmetic step by step: what a layer computes at one place, and at the next. */
export type StepsMark = ConvolutionSteps | PoolingSteps | ActivationSteps | SoftmaxSteps;

/** Where a reader begins: plane (filter or channel), row and column of the output. */
export type Place = readonly [plane: number, row: number, column: number];

interface Steps<Kind extends string> {
  mark: "steps";
  steps: Kind;
  /** Of this mark, where its view has several. */
  title?: string;
  subtitle?: string;
  at: Place;
}

/** Numbers as float32 in base64, row-major. */
export type Floats = string;

export interface ConvolutionSteps extends Steps<"convolution"> {
  /** Vertical and horizontal; of a line, which is one row high, the vertical one has one tap. */
  axes: [Axis, Axis];
  /** Channels of the input, and those that one filter has: fewer in a convolution of groups. */
  channels: number;
  filterChannels: number;
  /** Filters that are carried, and how many a group of channels has. */
  filters: number;
  groupFilters: number;
  /** How many filters there are, if some were left out. */
  allFilters?: number;
  /** [channels,rows,columns] of what the axes carry. */
  input: Floats;
  /** [filters,filterChannels,taps,taps] */
  weight: Floats;
  /** [filters]; absent if there is none. */
  bias?: Floats;
  /** [filters,rows,columns], as the engine computed it. */
  output: Floats;
}

export interface PoolingSteps extends Steps<"pooling"> {
  kind: "max" | "average";
  axes: [Axis, Axis];
  /** Channels that are carried. */
  channels: number;
  /** How many channels there are, if some were left out. */
  allChannels?: number;
  /** Whether an average counts the padding among the pixels that it divides by. */
  countIncludePad: boolean;
  /** What an average divides by instead of the number of pixels. */
  divisor?: number;
  /** [channels,rows,columns] of what the axes carry. */
  input: Floats;
  /** [channels,rows,columns], as the engine computed it. */
  output: Floats;
}

export interface ActivationSteps extends Steps<"activation"> {
  /** Of the function: "relu". */
  name: string;
  planes: number;
  rows: number;
  columns: number;
  /** How many planes, rows and columns there are, if some were left out. */
  reducedFrom?: [planes: number, rows: number, columns: number];
  /** Both [planes,rows,columns]. */
  input: Floats;
  output: Floats;
  /** The function at equal steps from `from` to `to`. */
  curve: { from: number; to: number; values: Floats };
}

export interface SoftmaxSteps extends Steps<"softmax"> {
  /** A word a class. */
  classes: string[];
  /** One number a class, and the softmax of all logits. */
  logits: Floats;
  probabilities: Floats;
  /** What classes that are left out add: how many, the sum of their exp(logit - largest logit), and of their probabilities. */
  others?: { count: number; exponentials: number | null; probability: number | null };
  /** Among the classes: the right one, its cross-entropy, and the gradient of that by each logit. Null is no finite number. */
  target?: { place: number; loss: number | null; gradient: Floats };
}
