import { expect } from "chai";
import { formatReading, formatValue } from "../../extension/src/renderers/numbers";
import { unpackTiles } from "../../extension/src/renderers/pixels";
import {
  accessibleName,
  describeProbe,
  describeReduction,
  describeStatistics,
  tileName,
} from "../../extension/src/renderers/words";
import { filters, images, manyFeatureMaps } from "../support/payloads";

describe("extension words", () => {
  it("writes numbers short and with a true minus sign", () => {
    const written = [0.23149, -1.0549, 0, 123456, -1.23e-7, 42, null].map(formatValue);
    expect(written).to.deep.equal(["0.231", "−1.05", "0", "1.2e5", "−1.2e−7", "42", "NaN"]);
  });

  it("reads no more digits out of a byte than there are in it", () => {
    expect(formatReading(0.45098, 2 / 255)).to.equal("0.45");
    expect(formatReading(-0.45098, 2 / 255)).to.equal("−0.45");
    expect(formatReading(0.00392, 2 / 255), "a zero between -1 and 1").to.equal("0");
    expect(formatReading(1.00784, 4 / 255), "a one between -1 and 3").to.equal("1");
    expect(formatReading(-0.33333, 2 / 255)).to.equal("−0.33");
    expect(formatReading(117.3, 1)).to.equal("117");
    expect(formatReading(2e-9, 1e-8)).to.equal("0");
    expect(formatReading(-2.51e-7, 1e-8)).to.equal("−2.5e−7");
    expect(formatReading(0.7, 0), "a plane of one value").to.equal("0.7");
  });

  it("reads out label, row, column and value", () => {
    const view = filters();
    const tiles = unpackTiles(view);
    expect(describeProbe(view, tiles, { tile: 1, row: 2, column: 2 })).to.equal("filter 1 · row 2, column 2 · value 1");
    expect(describeProbe(view, tiles, { tile: 0, row: 4, column: 1 })).to.equal("filter 0 · row 4, column 1 · value 0");
  });

  it("reads out three channels of a colour picture, and names a tile without a label", () => {
    const view = { ...images(), labels: [] };
    expect(describeProbe(view, unpackTiles(view), { tile: 0, row: 3, column: 4 })).to.equal(
      "image 0 · row 3, column 4 · red 1, green 0, blue 0",
    );
  });

  it("says what a tile is, whatever its label", () => {
    expect(tileName(filters(), 3)).to.equal("filter 3");
    expect(tileName({ ...filters(), labels: ["f0 c1"] }, 0)).to.equal("f0 c1");
    expect(tileName(manyFeatureMaps(), 17), "labelled 17").to.equal("channel 17");
    expect(tileName(images(), 3)).to.equal("image 3, cat");
  });

  it("tells the exact statistics", () => {
    const view = { ...filters(), statistics: { min: -1, mean: 0.068812, max: 1 } };
    expect(describeStatistics(view)).to.equal("min −1 · mean 0.0688 · max 1");
  });

  it("says what was left out to keep the notebook small", () => {
    const view = manyFeatureMaps();
    expect(describeReduction(view)).to.equal("");
    view.pixels.reducedFrom = { planes: 512, height: 56, width: 56 };
    expect(describeReduction(view)).to.equal("first 64 of 512, 56×56 shown as 12×12");
  });

  it("names the canvas for a screen reader", () => {
    const view = images();
    expect(accessibleName(view, unpackTiles(view))).to.match(
      /^A batch of CIFAR-10: 8 images of 32 by 32 pixels\. Arrow keys/,
    );
  });
});
