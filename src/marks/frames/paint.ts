/** The last frame as a static picture: its marks below each other. */
import { paintGallery } from "../gallery/paint";
import { paintGrid } from "../grid/paint";
import { PICTURE_WIDTH, stacked, type Picture } from "../kit/picture";
import { textPicture } from "../kit/raster";
import type { FrameMark, FramesMark } from "./payload";
import { frameWords } from "./words";

export function paintFrames(mark: FramesMark): Picture {
  const { title = "", subtitle = "", at, marks } = mark;
  const last = frameWords(mark, at.length - 1);
  const head = [
    { words: title, scale: 2 },
    { words: [subtitle, last].filter(Boolean).join(", "), scale: 1 },
  ].filter(({ words }) => words !== "");
  return stacked([textPicture(head, PICTURE_WIDTH), ...marks.map(paintMark)], title || last);
}

const paintMark = (mark: FrameMark): Picture => (mark.mark === "grid" ? paintGrid(mark) : paintGallery(mark));
