/** Frames as they come: one while a run goes on, several when it is over. */
import { samples as galleries } from "../gallery/samples";
import { samples as grids } from "../grid/samples";
import { fromBase64, toBase64 } from "../kit/base64";
import type { GridMark } from "../grid/payload";
import type { FrameMark, FramesMark } from "./payload";

/** The same grid with all bytes nearer to the middle, as filters are before a run. */
function faded(grid: GridMark, share: number): Partial<GridMark> {
  const bytes = fromBase64(grid.pixels.bytes).map((byte) => Math.round(127 + share * (byte - 127)));
  return { pixels: { ...grid.pixels, bytes: toBase64(bytes) } };
}

/** A guess of the first card that was another one at first. */
function guessed(): [before: Partial<FrameMark>, last: FrameMark] {
  const last = { ...galleries.guesses(), title: "Validation images" };
  const cards = last.cards.map((card) => ({ ...card, guess: 2, words: ["loss 5.2"] }));
  return [{ cards }, last];
}

const one = (): FramesMark => ({
  ...{ mark: "frames", unit: "step", at: [120] },
  marks: [{ ...grids.filters(), title: "Filters of conv1" }],
  before: [],
});

function run(): FramesMark {
  const filters = { ...grids.filters(), title: "Filters of conv1" };
  const [before, last] = guessed();
  return {
    ...{ mark: "frames", title: "What the network saw", unit: "step", at: [0, 50, 1200] },
    marks: [filters, last],
    before: [
      [faded(filters, 0.2), before],
      [faded(filters, 0.6), {}],
    ],
  };
}

export const samples = { one, run } satisfies Record<string, () => FramesMark>;
