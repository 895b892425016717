import { expect } from "chai";
import { deflateSync } from "node:zlib";
import { encodePng } from "../../src/marks/kit/png";
import { decodePng } from "../display/support";

const count = (length: number, step = 1) => Uint8Array.from({ length }, (_, i) => (i * step) % 256);

describe("encodePng", () => {
  it("keeps every pixel of grey, RGB and RGBA pictures", () => {
    for (const channels of [1, 3, 4] as const) {
      const [width, height] = [19, 21];
      const bytes = count(width * height * channels, 37);
      const picture = decodePng(encodePng({ width, height, channels, bytes }));
      expect([picture.width, picture.height]).to.deep.equal([width, height]);
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const own = [...bytes.subarray((y * width + x) * channels, (y * width + x + 1) * channels)];
          const expected = { 1: [own[0], own[0], own[0], 255], 3: [...own, 255], 4: own }[channels];
          expect(picture.at(x, y), `${channels} channels at ${x},${y}`).to.deep.equal(expected);
        }
    }
  });

  it("turns up to 256 colours with alpha into a palette, more of them not", () => {
    const colours = (n: number) =>
      Uint8Array.from({ length: n * 4 }, (_, i) => [(i >> 2) & 255, (i >> 2) >> 8, 7, (i >> 2) % 3 ? 255 : 0][i % 4]);
    const few = decodePng(encodePng({ width: 16, height: 16, channels: 4, bytes: colours(256) }));
    expect(few.colourType).to.equal(3);
    expect(few.chunks).to.deep.equal(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]);
    expect(few.at(1, 1)).to.deep.equal([17, 0, 7, 255]);
    expect(few.at(2, 1)).to.deep.equal([18, 0, 7, 0]);
    expect(few.at(15, 15)).to.deep.equal([255, 0, 7, 0]);
    const many = decodePng(encodePng({ width: 257, height: 1, channels: 4, bytes: colours(257) }));
    expect(many.colourType).to.equal(6);
    expect(many.at(256, 0)).to.deep.equal([0, 1, 7, 255]);
  });

  it("has the published checksum: that of an empty IEND is ae426082", () => {
    const file = Buffer.from(encodePng({ width: 1, height: 1, channels: 1, bytes: count(1) }));
    expect(file.subarray(-12).toString("hex")).to.equal("0000000049454e44ae426082");
    expect(file.subarray(0, 8).toString("hex")).to.equal("89504e470d0a1a0a");
  });

  it("rejects bytes that do not fill the size", () => {
    expect(() => encodePng({ width: 2, height: 2, channels: 3, bytes: count(4) })).to.throw(
      RangeError,
      "encodePng: 4 bytes do not fill 2x2x3.",
    );
  });

  it("is about as small as zlib makes it", () => {
    const [width, height] = [600, 400];
    const bytes = Uint8Array.from(
      { length: width * height * 3 },
      (_, i) => 128 + 100 * Math.sin(i / 97) * Math.cos(i / 1800),
    );
    const file = encodePng({ width, height, channels: 3, bytes });
    const raw = new Uint8Array(height * (width * 3 + 1));
    for (let y = 0; y < height; y++) {
      raw[y * (width * 3 + 1)] = 2;
      for (let i = 0; i < width * 3; i++)
        raw[y * (width * 3 + 1) + 1 + i] = bytes[y * width * 3 + i] - (y > 0 ? bytes[(y - 1) * width * 3 + i] : 0);
    }
    expect(file.length).to.be.below(1.05 * deflateSync(raw, { level: 9 }).length);
  });
});
