import { expect } from "chai";
import type { GridMark } from "../../src/marks";
import { samples } from "../../src/marks/grid/samples";
import {
  accessibleName,
  describeProbe,
  describeReduction,
  describeStatistics,
  tileName,
} from "../../src/marks/grid/words";
import { frameOf, unpackGrid, type Shown } from "../../src/marks/grid/shown";
import { readNumber } from "../../src/marks/kit/typed";
import { fitText } from "../../src/marks/kit/words";

const { filters, images, manyMaps } = samples;
const shownOf = (mark: GridMark): Shown => frameOf(unpackGrid(mark));

describe("the words of a grid", () => {
  it("reads out label, row, column and value", () => {
    const view = filters();
    const shown = shownOf(view);
    expect(describeProbe(view, shown, { tile: 1, row: 2, column: 2 })).to.equal("filter 1 · row 2, column 2 · value 1");
    expect(describeProbe(view, shown, { tile: 0, row: 4, column: 1 })).to.equal("filter 0 · row 4, column 1 · value 0");
  });

  it("reads out three channels of a colour picture, and names a tile without a label", () => {
    const view = { ...images(), labels: [] };
    expect(describeProbe(view, shownOf(view), { tile: 0, row: 3, column: 4 })).to.equal(
      "image 0 · row 3, column 4 · red 1, green 0, blue 0",
    );
  });

  it("reads out all digits of a number that the kernel was asked for", () => {
    const view = { ...images(), labels: [] };
    const exact = [0.1, 1 / 3, -1e-9].map(Math.fround);
    expect(describeProbe(view, shownOf(view), { tile: 0, row: 3, column: 4 }, exact)).to.equal(
      "image 0 · row 3, column 4 · red 0.1, green 0.33333334, blue −1e−9",
    );
  });

  it("says what a tile is, whatever its label", () => {
    expect(tileName(filters(), 3)).to.equal("filter 3");
    expect(tileName({ ...filters(), labels: ["f0 c1"] }, 0)).to.equal("f0 c1");
    expect(tileName(manyMaps(), 17), "labelled 17").to.equal("channel 17");
    expect(tileName(images(), 3)).to.equal("image 3, cat");
  });

  it("reads out all digits of a number that is carried", () => {
    const mark = samples.detectors();
    const read = (tile: number, row: number, column: number) =>
      describeProbe(mark, shownOf(mark), { tile, row, column });
    expect(read(0, 0, 0)).to.equal("diagonal · row 0, column 0 · value 2");
    expect(read(1, 0, 0)).to.equal("vertical · row 0, column 0 · value −0.33333334");
    expect(read(1, 2, 1)).to.equal("vertical · row 2, column 1 · value 0.1");
  });

  it("tells the exact statistics", () => {
    const view = { ...filters(), statistics: { min: -1, mean: 0.068812, max: 1 } };
    expect(describeStatistics(view)).to.equal("min −1 · mean 0.0688 · max 1");
  });

  it("says what was left out to keep the notebook small", () => {
    const view = manyMaps();
    expect(describeReduction(view)).to.equal("");
    view.pixels.reducedFrom = { planes: 512, height: 56, width: 56 };
    expect(describeReduction(view)).to.equal("first 64 of 512, 56×56 shown as 12×12");
  });

  it("names the canvas for a screen reader", () => {
    const view = images();
    expect(accessibleName("A batch of CIFAR-10", view, shownOf(view))).to.match(
      /^A batch of CIFAR-10: 8 images of 32 by 32 pixels\. Arrow keys/,
    );
  });
});

describe("words that are cut or typed", () => {
  it("are not cut within a character", () => {
    const measure = (words: string): number => words.length;
    expect(fitText("ab😀😀", 4, measure)).to.equal("ab…");
    expect(fitText("ab😀😀", 5, measure)).to.equal("ab😀…");
    expect(fitText("😀😀", 2, measure)).to.equal("");
  });

  it("are numbers as views and readers write them", () => {
    const numbers = { "7,117": 7117, "11,689,512": 11689512, "1,234.5": 1234.5, "0,5": 0.5, "12,5": 12.5, "−3": -3 };
    for (const [text, value] of Object.entries({ ...numbers, "-1,000": -1000, "1e−3": 1e-3, " 2 ": 2, "0,125": 0.125 }))
      expect(readNumber(text), text).to.equal(value);
    for (const text of ["", "a", "1,2,3", "1,00,000", "--1", "1e999"])
      expect(readNumber(text), text).to.equal(undefined);
  });
});
