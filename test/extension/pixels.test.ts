import { expect } from "chai";
import { extentOf, unpackTiles, valuesAt } from "../../extension/src/renderers/pixels";
import { gridView } from "../support/payloads";
import type { View } from "../../src/protocol";

const twoByThree = (scale: View["scale"], planes: number): View =>
  gridView(
    { view: "featureMaps", title: "t", scale, columns: 4, labels: [], height: 2, width: 3 },
    Array.from({ length: planes }, (_, plane) => (row, column) => 100 * plane + 10 * row + column),
  );

describe("extension pixels", () => {
  it("gives back every value to within half a step of its byte", () => {
    const tiles = unpackTiles(twoByThree("sequential", 3));
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
    const tiles = unpackTiles(twoByThree("rgb", 6));
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
    const tiles = unpackTiles(view);
    expect(valuesAt(tiles, { tile: 0, row: 0, column: 1 })).to.deep.equal([1]);
    expect(valuesAt(tiles, { tile: 1, row: 0, column: 2 })).to.deep.equal([2]);
    expect(extentOf(tiles)).to.deep.equal([-1, 10]);
  });

  it("refuses bytes that do not fill the planes", () => {
    const view = twoByThree("sequential", 2);
    view.pixels.planes = 3;
    expect(() => unpackTiles(view)).to.throw("pixels: 12 bytes do not fill 3 planes of 2x3. Run the cell again.");
  });
});
