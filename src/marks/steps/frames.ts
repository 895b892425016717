/** What the page and the picture of every kind of steps need: frames, one a place of the output. */
import type { Theme } from "../kit/theme";
import { ActivationFrames } from "./activationFrames";
import type { Area, Placed } from "./boxes";
import { ConvolutionFrames } from "./convolutionFrames";
import type { Place, StepsMark } from "./payload";
import { PoolingFrames } from "./poolingFrames";
import { SoftmaxFrames } from "./softmaxFrames";

/** Where the reader is. */
export interface Reading {
  place: Place;
  /** Of the input, where its channels are shown one at a time. */
  channel: number;
  /** Outputs that are filled in, in the order of reading. */
  filled: number;
}

export interface Drawn extends Placed {
  width: number;
  height: number;
}

/** What a reader chooses: a filter, a channel. */
export interface Choice {
  noun: string;
  count: number;
}

export interface Frames {
  /** The places of the output. */
  readonly rows: number;
  readonly columns: number;
  /** Whether frames follow each other row by row, or only along the columns. */
  readonly order: "rows" | "columns";
  readonly planes: Choice;
  /** Channels of the input that are shown one at a time; 1 where all are shown. */
  readonly channels: Choice;
  /** What a screen reader says on reaching the drawing. */
  readonly name: string;
  draw(reading: Reading, theme: Theme, width: number): Drawn;
  /** What is computed at the place, in words and exact numbers; the second line stands in the drawing. */
  say(reading: Reading): string[];
  /** Words for the pointer at a cell. */
  tip(reading: Reading, area: Area, row: number, column: number): string[];
  /** The place to which a click on a cell leads. */
  find(reading: Reading, area: Area, row: number, column: number): Place | undefined;
  /** The channel that a place is read from at first. */
  channelAt(place: Place): number;
}

export function framesOf(mark: StepsMark): Frames {
  switch (mark.steps) {
    case "convolution":
      return new ConvolutionFrames(mark);
    case "pooling":
      return new PoolingFrames(mark);
    case "activation":
      return new ActivationFrames(mark);
    case "softmax":
      return new SoftmaxFrames(mark);
  }
}

/** Where a mark begins: at its place, with all of the output there. */
export function beginning(mark: StepsMark, frames: Frames): Reading {
  return { place: mark.at, channel: frames.channelAt(mark.at), filled: frames.rows * frames.columns };
}

/** How many frames there are, and which one a place is. */
export const frameCount = ({ order, rows, columns }: Frames): number => (order === "rows" ? rows * columns : columns);
export const frameOf = ({ order, columns }: Frames, [, row, column]: Place): number =>
  order === "rows" ? row * columns + column : column;
export const placeOfFrame = ({ order, columns }: Frames, [plane, row]: Place, frame: number): Place =>
  order === "rows" ? [plane, Math.floor(frame / columns), frame % columns] : [plane, row, frame];
