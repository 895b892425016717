import { expect } from "chai";
import { checkGrid } from "../../src/marks/grid/check";
import { numbersAsText } from "../../src/marks/grid/copy";
import { samples } from "../../src/marks/grid/samples";
import { frameOf, tileOf, unpackGrid, valuesOver } from "../../src/marks/grid/shown";
import { describeTile } from "../../src/marks/grid/words";
import type { GridMark } from "../../src/marks";
import { floatsToBase64, toBase64 } from "../../src/marks/kit/base64";
import { packUnusual, unpackTiles } from "../../src/marks/kit/pixels";

const plain = (values: number[], height: number, width: number): GridMark["pixels"] => ({
  ...{ planes: values.length / (height * width), height, width },
  ...{ bytes: toBase64(new Uint8Array(values.length)), ranges: [[0, 1]], values: floatsToBase64(values) },
});

describe("what of a grid is shown", () => {
  it("stretches a layer between the centres of its pixels", () => {
    const mark = samples.detectors();
    const statistics = { min: 0, max: 3, mean: 1.5 };
    mark.over = {
      name: "heat",
      scale: "sequential",
      opacity: 0.5,
      statistics,
      pixels: plain([0, 1, 2, 3, 0, 0, 0, NaN], 2, 2),
    };
    const shown = frameOf(unpackGrid(mark));
    // Centres of three pixels over two lie at 1/3 - 1/2 (the edge), 1/2 and 5/3 - 1/2 (the other edge).
    expect(Array.from(valuesOver(shown, 0))).to.deep.equal([0, 0.5, 1, 1, 1.5, 2, 2, 2.5, 3]);
    expect(Array.from(valuesOver(shown, 1), Number.isNaN)).to.deep.equal([
      ...[false, false, false],
      ...[false, true, true],
      ...[false, true, true],
    ]);
    mark.over.pixels = plain(
      Array.from({ length: 18 }, (_, i) => i),
      3,
      3,
    );
    expect(Array.from(valuesOver(frameOf(unpackGrid(mark)), 1))).to.deep.equal([9, 10, 11, 12, 13, 14, 15, 16, 17]);
  });

  it("takes the tiles, labels and scales of a frame, and of a tile in it", () => {
    const unpacked = unpackGrid(samples.frames());
    const last = frameOf(unpacked, 2);
    expect([last.tiles.count, last.first, last.place, last.labels.length]).to.deep.equal([4, 0, 8, 4]);
    expect([...last.tiles.bytes]).to.deep.equal([...unpacked.tiles.bytes.subarray(8 * 144)]);
    const tile = tileOf(last, 3);
    expect([tile.tiles.count, tile.first, tile.place, tile.labels[0]]).to.deep.equal([1, 3, 11, "3"]);
    expect([...tile.tiles.bytes]).to.deep.equal([...unpacked.tiles.bytes.subarray(11 * 144)]);
    expect(tile.colouring(0)).to.equal(last.colouring(3));
  });

  it("gives each tile its own scale where the grid says so", () => {
    const shown = frameOf(unpackGrid(samples.ownScales()));
    const [, large] = shown.tiles.ranges[2];
    const [, small] = shown.tiles.ranges[1];
    expect(shown.colouring(2).position(large)).to.be.closeTo(1, 1e-9);
    expect(shown.colouring(1).position(small)).to.be.closeTo(1, 1e-9);
    expect(shown.colouring(1).position(0)).to.equal(0.5);
  });

  it("tells an enlarged tile's own statistics, without what is no number", () => {
    const mark = samples.notNumbers();
    const shown = frameOf(unpackGrid(mark));
    expect(describeTile(mark, tileOf(shown, 1)).slice(0, 2)).to.deep.equal(["filter 1", "5×5 pixels"]);
    expect(describeTile(mark, tileOf(shown, 1)).at(-1)).to.equal("5 NaN or infinite");
    const exact = samples.detectors();
    expect(describeTile(exact, tileOf(frameOf(unpackGrid(exact)), 0))).to.deep.equal([
      ...["diagonal", "3×3 pixels", "min −1", "mean 0", "max 2"],
    ]);
  });

  it("copies numbers that programs read, NaN among them, and the layer's too", () => {
    const mark = samples.notNumbers();
    const rows = numbersAsText(mark, tileOf(frameOf(unpackGrid(mark)), 2), () => undefined).split("\n");
    expect(rows[0].split("\t").slice(0, 2)).to.deep.equal(["Infinity", "-Infinity"]);
    expect(rows).to.have.length(5);
    for (const word of rows.flatMap((row) => row.split("\t"))) expect(Number(word)).to.not.be.NaN;
    const heat = samples.heatOverImages();
    const names = numbersAsText(heat, tileOf(frameOf(unpackGrid(heat)), 0), () => undefined)
      .split("\n\n")
      .map((block) => block.split("\n")[0]);
    expect(names).to.deep.equal(["red", "green", "blue", "Grad-CAM"].map((each) => `image 0, plane, ${each}`));
  });
});

describe("numbers that have no place on a scale", () => {
  it("take two bits each, and come back", () => {
    const values = [1, NaN, Infinity, -Infinity, 0, -0, NaN];
    expect(packUnusual([1, 2, -3])).to.equal(undefined);
    const pixels = { ...plain(values, 1, 7), unusual: toBase64(packUnusual(values) as Uint8Array) };
    expect([...(unpackTiles(pixels, 1).unusual ?? [])]).to.deep.equal([0, 1, 2, 3, 0, 0, 1]);
  });
});

describe("frames and layers that do not fit", () => {
  it("are refused in a word", () => {
    const wrong = (change: (mark: GridMark) => void, make = samples.frames): string | undefined => {
      const mark = make();
      change(mark);
      return checkGrid(mark as unknown as Record<string, unknown>);
    };
    const frames = (mark: GridMark): NonNullable<GridMark["frames"]> => mark.frames as NonNullable<GridMark["frames"]>;
    const over = (mark: GridMark): NonNullable<GridMark["over"]> => mark.over as NonNullable<GridMark["over"]>;
    expect(wrong(() => undefined)).to.equal(undefined);
    expect(wrong((mark) => frames(mark).labels.pop())).to.equal("frames");
    expect(wrong((mark) => (frames(mark).labels = Array.from({ length: 5 }, String)))).to.equal(
      "frames (5 for 12 tiles)",
    );
    expect(wrong((mark) => (frames(mark).shown = 3))).to.equal("frames");
    expect(wrong((mark) => (frames(mark).shown = NaN))).to.equal("frames");
    expect(wrong((mark) => (over(mark).opacity = 1.1), samples.signedHeat)).to.equal("opacity of the overlay");
    expect(wrong((mark) => (over(mark).pixels.planes = 3), samples.signedHeat)).to.contain("of the overlay");
    expect(wrong((mark) => (over(mark).scale = "rgb" as never), samples.signedHeat)).to.contain("of the overlay");
    expect(wrong((mark) => (mark.pixels.unusual = "AAAA"))).to.equal("pixels that are NaN");
  });
});
