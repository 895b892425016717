import { expect } from "chai";
import { markdown } from "../../bench/report/markdown";
import { inUnit, ratioOf, type Row } from "../../bench/report/rows";
import { digits, ratioText, tableHead, tableRows } from "../../bench/report/table";
import { differenceOf } from "../../bench/runner/agree";
import { flopsOf } from "../../bench/suites/convShapes";

const row = (changes: Partial<Row>): Row => ({
  suite: "train",
  case: "a net",
  unit: "ms",
  ours: 2,
  threads: 2,
  peer: 5,
  peerName: "torch (1 thread)",
  ratio: 2.5,
  ...changes,
});

describe("rows of benchmarks", () => {
  it("have a ratio above 1 where we are better, whatever the unit", () => {
    expect(ratioOf("ms", 2, 5)).to.equal(2.5);
    expect(ratioOf("MB", 500, 250)).to.equal(0.5);
    expect(ratioOf("GFLOP/s", 60, 30)).to.equal(2);
  });

  it("have no ratio where a number is missing or means nothing", () => {
    expect(ratioOf("ms", null, 5)).to.equal(null);
    expect(ratioOf("ms", 2, null)).to.equal(null);
    expect(ratioOf("ms", 0, 5)).to.equal(null);
    expect(ratioOf("ms", NaN, 5)).to.equal(null);
  });

  it("turn seconds into their unit", () => {
    expect(inUnit("ms", 0.25)).to.equal(250);
    expect(inUnit("µs", 0.25)).to.equal(250000);
    expect(inUnit("GFLOP/s", 0.5, 3e9)).to.equal(6);
  });

  it("count a convolution's operations as the direct sum", () => {
    const square = { N: 1, C: 64, H: 56, W: 56, K: 64, R: 3, S: 3, stride: 1, padding: 1, groups: 1 };
    expect(flopsOf(square)).to.equal(2 * 56 * 56 * 64 * 64 * 9);
    expect(flopsOf({ ...square, groups: 64 })).to.equal(2 * 56 * 56 * 64 * 9);
    // torchvision's AlexNet: 224 + 4 - 11 over 4 makes 55.
    expect(flopsOf({ ...square, C: 3, H: 224, W: 224, R: 11, S: 11, stride: 4, padding: 2 })).to.equal(
      2 * 55 * 55 * 64 * 3 * 121,
    );
  });

  it("print three digits that count", () => {
    expect([0.001234, 0.5, 1.2345, 12.345, 123.45, 12345.6].map(digits)).to.deep.equal([
      "0.00123",
      "0.500",
      "1.23",
      "12.3",
      "123",
      "12,346",
    ]);
    expect([0.0123, 0.97, 1.031, 1.26, 9.96, 12.4, 205].map(ratioText)).to.deep.equal([
      "0.012x",
      "0.97x",
      "1.03x",
      "1.3x",
      "10.0x",
      "12x",
      "205x",
    ]);
  });
});

describe("the table", () => {
  it("names a case and our figure once, and says why a number is missing", () => {
    const lines = tableRows([
      row({ share: 0.612 }),
      row({ peerName: "tfjs-wasm", peer: null, ratio: null, note: "cannot: no gradients" }),
      row({ case: "another", peerName: "jax-js", peer: 1, ratio: 0.5 }),
    ]).split("\n");
    expect(lines.map((line) => line.split(/\s{2,}/).filter(Boolean))).to.deep.equal([
      ["a net", "2.00 ms", "torch (1 thread)", "5.00 ms", "2.5x", "61 % of the tile peak"],
      ["tfjs-wasm", "-", "cannot: no gradients"],
      ["another", "2.00 ms", "jax-js", "1.00 ms", "0.50x"],
    ]);
  });

  it("stands in columns", () => {
    const [first, second] = [tableHead(), tableRows([row({})])];
    const end = (line: string, word: string): number => line.indexOf(word) + word.length;
    expect(end(first, "ours")).to.equal(end(second, "2.00 ms"));
    expect(first.indexOf("peer")).to.equal(second.indexOf("torch"));
    expect(end(first, "ratio")).to.equal(end(second, "2.5x"));
  });

  it("becomes Markdown with a column for each peer", () => {
    const text = markdown("Training", [
      row({}),
      row({ peerName: "tfjs-wasm", peer: null, ratio: null, note: "cannot: no gradients" }),
      row({ case: "another", peer: 1, ratio: 0.5 }),
    ]);
    expect(text.split("\n").filter(Boolean)).to.deep.equal([
      "**Training**",
      "| case | ours | torch (1 thread) | tfjs-wasm |",
      "| --- | ---: | ---: | ---: |",
      "| a net | 2.00 ms | 5.00 (2.5x) | cannot |",
      "| another | 2.00 ms | 1.00 (0.50x) |  |",
      "- tfjs-wasm: cannot: no gradients",
    ]);
  });
});

describe("the comparison of results", () => {
  it("is relative to the largest number", () => {
    expect(differenceOf([10, 0], [10, 0.01])).to.be.closeTo(1e-3, 1e-12);
    expect(differenceOf([1, 2], [1, 2])).to.equal(0);
  });

  it("takes neither another length nor a NaN for agreement", () => {
    expect(differenceOf([1, 2], [1])).to.equal(Infinity);
    expect(differenceOf([1, 2], [1, NaN])).to.equal(Infinity);
  });
});
