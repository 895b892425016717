import type { GalleryMark } from "../gallery/payload";
import type { GridMark } from "../grid/payload";

/** Grids and galleries that change over a run, one frame of them at a time. */
export interface FramesMark {
  mark: "frames";
  /** Of these frames, where their view has several marks. */
  title?: string;
  subtitle?: string;
  /** What a frame is the state after, in the singular: "step". */
  unit: string;
  /** The step of each frame, rising. */
  at: number[];
  /** The last frame. */
  marks: FrameMark[];
  /** The frames before the last, in their order: of each mark the fields that differ from the last frame's. */
  before: Partial<FrameMark>[][];
}

export type FrameMark = GridMark | GalleryMark;
