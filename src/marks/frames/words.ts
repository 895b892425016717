/** Frames in words. */
import { galleryText } from "../gallery/words";
import { gridText } from "../grid/words";
import { formatNumber, typeset } from "../kit/numbers";
import type { FrameMark, FramesMark } from "./payload";

const number = (at: number): string => (Number.isInteger(at) ? String(at) : formatNumber(at));

/** "step 1,200". */
export const frameWords = ({ unit, at }: FramesMark, frame: number): string =>
  [unit, typeset(number(at[frame]))].filter(Boolean).join(" ");

/** The last frame as lines of plain text. */
export function framesText(mark: FramesMark): string[] {
  const { title, subtitle, at, marks } = mark;
  const [first, last] = [0, at.length - 1].map((frame) => frameWords(mark, frame));
  const shown = at.length > 1 ? `${at.length} frames from ${first} to ${last}, of which this is the last` : last;
  return [title ?? "", subtitle ?? "", shown, ...marks.flatMap(markText)].filter(Boolean);
}

const markText = (mark: FrameMark): string[] => (mark.mark === "grid" ? gridText(mark) : galleryText(mark));
