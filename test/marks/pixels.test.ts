import { expect } from "chai";
import type { ColourScale, GridMark } from "../../src/marks";
import { channelsOf } from "../../src/marks/grid/check";
import { gridOf } from "../../src/marks/grid/samples";
import { exactAt, extentOf, unpackTiles, valuesAt, type Tiles } from "../../src/marks/kit/pixels";

const twoByThree = (scale: ColourScale, planes: number): GridMark =>
  gridOf(
    { tile: "channel", scale, columns: 4, labels: [], height: 2, width: 3 },
    Array.from({ length: planes }, (_, plane) => (row, column) => 100 * plane + 10 * row + column),
  );
const tilesOf = (mark: GridMark): Tiles => unpackTiles(mark.pixels, channelsOf(mark));

describe("unpackTiles", () => {
  it("gives back every value to within half a step of its byte", () => {
    const tiles = tilesOf(twoByThree("sequential", 3));
    expect([tiles.count, tiles.height, tiles.width, tiles.channels]).to.deep.equal([3, 2, 3, 1]);
    // Values reach from 0 to 212, so that one step of a byte is 212/255.
    for (const [tile, row, column] of [
      [0, 0, 0],
      [1, 0, 2],
      [2, 1, 2],
      [1, 1, 0],
    ]) {
      const [value] = valuesAt(tiles, { tile, row, column });
      expect(value).to.be.closeTo(100 * tile + 10 * row + column, 212 / 255 / 2 + 1e-9);
    }
  });

  it("takes three planes for a tile of an rgb view", () => {
    const tiles = tilesOf(twoByThree("rgb", 6));
    expect(tiles.count).to.equal(2);
    const values = valuesAt(tiles, { tile: 1, row: 1, column: 1 });
    // Of the exact 311, 411 and 511, within half of a step of 512/255.
    [311, 411, 511].forEach((exact, channel) => expect(values[channel]).to.be.closeTo(exact, 1.004));
  });

  it("reads a range of its own for each plane", () => {
    const view = twoByThree("diverging", 2);
    view.pixels.bytes = Buffer.from([0, 255, 0, 255, 0, 255, 0, 255, 51, 255, 0, 255]).toString("base64");
    view.pixels.ranges = [
      [-1, 1],
      [0, 10],
    ];
    const tiles = tilesOf(view);
    expect(valuesAt(tiles, { tile: 0, row: 0, column: 1 })).to.deep.equal([1]);
    expect(valuesAt(tiles, { tile: 1, row: 0, column: 2 })).to.deep.equal([2]);
    expect(extentOf(tiles)).to.deep.equal([-1, 10]);
  });

  it("gives the numbers themselves where they are carried", () => {
    const mark = twoByThree("sequential", 1);
    const floats = Float32Array.of(0, 1 / 3, 2, 10, 11, 12);
    mark.pixels.values = Buffer.from(floats.buffer).toString("base64");
    const probe = { tile: 0, row: 0, column: 1 };
    expect(exactAt(tilesOf(mark), probe)).to.deep.equal([floats[1]]);
    expect(exactAt(tilesOf(twoByThree("rgb", 3)), probe)).to.equal(undefined);
  });
});
