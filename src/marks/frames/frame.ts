import type { FrameMark, FramesMark } from "./payload";

/** The marks of a frame, counted from 0. */
export function marksOf({ marks, before, at }: FramesMark, frame: number): FrameMark[] {
  if (frame >= at.length - 1) return marks;
  return marks.map((mark, i) => ({ ...mark, ...before[frame][i] }) as FrameMark);
}
