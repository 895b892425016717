import { expect } from "chai";
import {
  colouringOf,
  coloursOf,
  haveOwnScales,
  legendColours,
  legendTicks,
  ownTicks,
} from "../../src/marks/grid/colouring";
import { samples } from "../../src/marks/grid/samples";
import { inkOn, luminance, paletteColour, type Rgb } from "../../src/marks/kit/colours";
import { unpackTiles, type Tiles } from "../../src/marks/kit/pixels";

const WHITE: Rgb = [247, 247, 247];

function tilesOf(bytes: number[], ranges: [number, number][], channels: 1 | 3 = 1): Tiles {
  return {
    count: 1,
    height: 1,
    width: bytes.length / channels,
    channels,
    bytes: Uint8Array.from(bytes),
    ranges,
  };
}

describe("colours", () => {
  it("keeps the white of a diverging scale at zero, however lopsided the values are", () => {
    for (const range of [
      [-1, 1],
      [-0.1, 2],
      [-3, 0.5],
      [0.5, 2],
      [-2, -1],
      [0, 0],
    ] as [number, number][]) {
      const colouring = colouringOf({ scale: "diverging" }, tilesOf([0], [range]));
      expect(paletteColour(colouring.palette, colouring.position(0)), String(range)).to.deep.equal(WHITE);
    }
  });

  it("paints negative values blue and positive values orange, equally strong at equal distance from zero", () => {
    const colouring = colouringOf({ scale: "diverging" }, tilesOf([0], [[-1, 4]]));
    expect(colouring.position(-2) + colouring.position(2)).to.be.closeTo(1, 1e-12);
    const [red, , blue] = paletteColour("diverging", colouring.position(-3));
    expect(blue).to.be.greaterThan(red + 60);
    const orange = paletteColour("diverging", colouring.position(3));
    expect(orange[0]).to.be.greaterThan(orange[2] + 60);
  });

  it("stays readable without seeing colour: viridis and grey grow lighter, diverging grows darker from its middle", () => {
    for (const name of ["viridis", "grey"] as const) {
      for (let i = 1; i <= 40; i++) {
        expect(luminance(paletteColour(name, i / 40))).to.be.greaterThan(luminance(paletteColour(name, (i - 1) / 40)));
      }
    }
    for (let i = 1; i <= 20; i++) {
      for (const side of [-1, 1]) {
        const [inner, outer] = [(i - 1) / 40, i / 40].map((d) => luminance(paletteColour("diverging", 0.5 + side * d)));
        expect(outer).to.be.lessThan(inner);
      }
    }
  });

  it("writes numbers with a contrast of at least 4.5 on every colour of every palette", () => {
    for (const name of ["viridis", "grey", "diverging"] as const) {
      for (let i = 0; i <= 100; i++) {
        const ground = luminance(paletteColour(name, i / 100));
        const ink = inkOn(paletteColour(name, i / 100)) === "#fff" ? 1 : 0;
        const contrast = (Math.max(ground, ink) + 0.05) / (Math.min(ground, ink) + 0.05);
        expect(contrast, `${name} at ${i} %`).to.be.at.least(4.5);
      }
    }
  });

  it("paints equal values in equal colours even where each plane has its own range", () => {
    const mark = samples.ownRanges();
    const tiles = unpackTiles(mark.pixels, 1);
    const colouring = colouringOf(mark, tiles);
    expect(coloursOf(tiles, 0, colouring)).to.deep.equal(coloursOf(tiles, 1, colouring));
    // The scale reaches to 15, so that 3 is a fifth of the way.
    expect(coloursOf(tiles, 1, colouring)[3]).to.deep.equal(paletteColour("viridis", 0.2));
  });

  it("shows red, green and blue as they are", () => {
    const tiles = tilesOf([255, 0, 0, 128, 17, 255], [[0, 1]], 3);
    const painted = coloursOf(tiles, 0, colouringOf({ scale: "rgb", palette: "grey" }, tiles));
    expect(painted).to.deep.equal([
      [255, 0, 17],
      [0, 128, 255],
    ]);
  });

  it("says that colour tiles have scales of their own, and names that of one tile", () => {
    const ranges = [1, 1, 1, 4, 4, 4].map((size): [number, number] => [-size, size]);
    const tiles: Tiles = { ...tilesOf([0, 0, 0, 0, 0, 255], ranges, 3), count: 2, width: 1 };
    expect(haveOwnScales({}, tiles)).to.equal(true);
    const texts = (tile?: number) => ownTicks(tiles, { scale: "rgb" }, tile).map(({ text }) => text);
    expect(texts()).to.deep.equal(["−largest of tile", "0", "largest of tile"]);
    expect(texts(0)).to.deep.equal(["−1", "0", "1"]);
    expect(texts(1)).to.deep.equal(["−4", "0", "4"]);
    expect(coloursOf(tiles, 1, colouringOf({ scale: "rgb" }, tiles))).to.deep.equal([[0, 0, 255]]);
    expect(haveOwnScales({}, { ...tiles, ranges: [[0, 1]] })).to.equal(false);
    expect(haveOwnScales({}, { ...tiles, channels: 1 }), "other tiles share one scale").to.equal(false);
  });

  it("names both ends of the legend, and zero only where there is room for it", () => {
    const ticks = (min: number, max: number) =>
      legendTicks(colouringOf({ scale: "sequential", palette: "grey" }, tilesOf([0], [[min, max]]))).map(
        ({ text }) => text,
      );
    expect(ticks(-1, 1)).to.deep.equal(["−1", "0", "1"]);
    expect(ticks(0, 3)).to.deep.equal(["0", "3"]);
    expect(ticks(-0.1, 3)).to.deep.equal(["−0.1", "3"]);
    expect(ticks(2, 2)).to.deep.equal(["2"]);
  });

  it("draws the legend of a lopsided diverging scale only as far as the values reach", () => {
    const colouring = colouringOf({ scale: "diverging" }, tilesOf([0], [[-1, 4]]));
    expect([colouring.min, colouring.max]).to.deep.equal([-1, 4]);
    expect(legendColours(colouring, 5)[0]).to.deep.equal(paletteColour("diverging", 0.375));
    expect(legendColours(colouring, 6)[1], "zero lies at a fifth").to.deep.equal(WHITE);
  });
});
