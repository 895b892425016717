import { expect } from "chai";
import { checkFrames } from "../../src/marks/frames/check";
import { marksOf } from "../../src/marks/frames/frame";
import type { FramesMark } from "../../src/marks";
import { samples } from "../../src/marks/frames/samples";

const refused = (change: (mark: FramesMark) => void): string | undefined => {
  const mark = samples.run();
  change(mark);
  return checkFrames(mark as unknown as Record<string, unknown>);
};

describe("frames", () => {
  it("are the last one with what differed before", () => {
    const mark = samples.run();
    expect(marksOf(mark, 2)).to.equal(mark.marks);
    const [filters, gallery] = marksOf(mark, 1);
    expect(filters).to.deep.equal({ ...mark.marks[0], ...mark.before[1][0] });
    expect(filters).not.to.deep.equal(mark.marks[0]);
    expect(gallery).to.deep.equal(mark.marks[1]);
  });

  it("are refused with the number of the frame that cannot be drawn", () => {
    expect(refused((mark) => (mark.before[1][0] = { mark: "gallery" }))).to.equal("frame 1: marks");
    expect(refused((mark) => mark.before[0].pop())).to.equal("frame 0");
    expect(refused((mark) => mark.before.pop())).to.equal("frames");
    expect(refused((mark) => (mark.at = [0, 50, 50]))).to.equal("steps");
    expect(refused((mark) => (mark.marks = mark.marks.map(() => samples.one() as never)))).to.equal("marks");
    expect(refused((mark) => ((mark.before[0][0] as { columns: number }).columns = NaN))).to.equal(
      "frame 0: grid (columns)",
    );
  });
});
