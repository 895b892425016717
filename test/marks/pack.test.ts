import { expect } from "chai";
import { packPlanes } from "../../src/marks/kit/pack";

const bytesOf = (text: string) => [...Buffer.from(text, "base64")];

describe("packPlanes", () => {
  it("spreads the range over the bytes 0 to 255 and cuts what lies beyond", () => {
    const values = [-1, 0, 1, 2, 5, -9];
    const packed = packPlanes({ values, planes: 1, height: 2, width: 3 }, { range: () => [-1, 2] });
    expect(bytesOf(packed.bytes)).to.deep.equal([0, 85, 170, 255, 255, 0]);
    expect(packed.ranges).to.deep.equal([[-1, 2]]);
    expect(packed.reducedFrom).to.equal(undefined);
  });

  it("takes a range for each tile of three planes", () => {
    const values = [1, 2, 3, 10, 20, 30];
    const packed = packPlanes(
      { values, planes: 6, height: 1, width: 1 },
      { group: 3, range: (tile) => (tile === 0 ? [0, 3] : [0, 30]) },
    );
    expect(bytesOf(packed.bytes)).to.deep.equal([85, 170, 255, 85, 170, 255]);
    const [small, large] = [
      [0, 3],
      [0, 30],
    ];
    expect(packed.ranges).to.deep.equal([small, small, small, large, large, large]);
  });

  it("shows equal values as byte 0, NaN as zero, infinities as the ends", () => {
    const pack = (values: number[], range: [number, number]) =>
      bytesOf(packPlanes({ values, planes: 1, height: 1, width: values.length }, { range: () => range }).bytes);
    expect(pack([3, 3], [3, 3])).to.deep.equal([0, 0]);
    expect(pack([NaN, Infinity, -Infinity], [-1, 1])).to.deep.equal([128, 255, 0]);
    expect(pack([NaN], [2, 4])).to.deep.equal([0]);
  });

  it("makes tiles smaller by block means until 64 KiB hold them, and says from what", () => {
    const values = Float32Array.from({ length: 64 * 112 * 112 }, (_, i) => i % 112);
    const packed = packPlanes({ values, planes: 64, height: 112, width: 112 }, { range: () => [0, 255] });
    expect([packed.planes, packed.height, packed.width]).to.deep.equal([64, 28, 28]);
    expect(packed.reducedFrom).to.deep.equal({ planes: 64, height: 112, width: 112 });
    // Columns 0 to 3 have mean 1.5, columns 4 to 7 have 5.5.
    expect(bytesOf(packed.bytes).slice(0, 2)).to.deep.equal([2, 6]);
    expect(Buffer.from(packed.bytes, "base64").length).to.be.at.most(65536);
  });

  it("takes means over what is there at ragged edges", () => {
    const values = Float32Array.from({ length: 300 * 301 }, () => 7);
    const packed = packPlanes({ values, planes: 1, height: 300, width: 301 }, { range: () => [0, 7] });
    expect([packed.height, packed.width]).to.deep.equal([150, 151]);
    expect(new Set(bytesOf(packed.bytes))).to.deep.equal(new Set([255]));
  });

  it("drops tiles rather than make small ones smaller", () => {
    const values = new Float32Array(3000 * 49);
    const packed = packPlanes({ values, planes: 3000, height: 7, width: 7 }, { range: () => [0, 1] });
    expect([packed.planes, packed.height]).to.deep.equal([1337, 7]);
    expect(packed.reducedFrom).to.deep.equal({ planes: 3000, height: 7, width: 7 });
  });

  it("shows fewer images whole, but keeps at least as many as it is told", () => {
    const pack = (side: number) =>
      packPlanes(
        { values: new Uint8Array(64 * 3 * side * side), planes: 192, height: side, width: side },
        { group: 3, keep: 16, range: () => [0, 1] },
      );
    expect([pack(32).planes / 3, pack(32).height]).to.deep.equal([21, 32]);
    expect([pack(64).planes / 3, pack(64).height]).to.deep.equal([16, 32]);
  });

  it("fits a single plane of any size", () => {
    const packed = packPlanes(
      { values: new Uint8Array(4 * 100000), planes: 1, height: 4, width: 100000 },
      { range: () => [0, 1] },
    );
    expect(packed.height * packed.width).to.be.at.most(65536);
  });

  it("carries the numbers themselves while they are few and whole", () => {
    const exact = (length: number, side: number) =>
      packPlanes(
        {
          values: Float32Array.from({ length }, (_, i) => i / 7),
          planes: length / side ** 2,
          height: side,
          width: side,
        },
        { exact: true, range: () => [0, 1] },
      ).values;
    const floats = Buffer.from(exact(16, 2) ?? "", "base64");
    for (let i = 0; i < 16; i++) expect(floats.readFloatLE(4 * i)).to.equal(Math.fround(i / 7));
    expect(exact(16 * 1024, 8)).to.be.a("string");
    expect(exact(16 * 1024 + 64, 8)).to.equal(undefined);
    expect(exact(512 * 512, 512), "block means").to.equal(undefined);
  });
});
