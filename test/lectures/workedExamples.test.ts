/** Numbers that stand in the lectures, worked out by hand there. They must come out exactly. */
import { expect } from "chai";
import { F, fromArray, nn, tensor, type Tensor } from "../../src";

/** Rows written as digits or as numbers with spaces, as an image [1,1,H,W]. */
function grid(...rows: string[]): Tensor {
  const numbers = rows.map((row) => (row.includes(" ") ? row.split(" ") : [...row]).map(Number));
  return fromArray(Float32Array.from(numbers.flat()), [1, 1, rows.length, numbers[0].length]);
}
const rowsOf = async (image: Tensor): Promise<unknown> => image.squeeze().tolist();
const rows = (...lines: string[]): number[][] => lines.map((line) => line.split(" ").map(Number));

describe("worked examples of the lectures", () => {
  describe("lecture 1", () => {
    const image = grid("100001", "010010", "001100", "100010", "010010", "001010");
    const filters = [grid("1 -1 -1", "-1 1 -1", "-1 -1 1"), grid("-1 1 -1", "-1 1 -1", "-1 1 -1")];
    it("two filters on a 6x6 image, then 2x2 max pooling", async () => {
      const [diagonal, vertical] = filters.map((filter) => F.conv2d(image, filter));
      expect(await rowsOf(diagonal)).to.deep.equal(rows("3 -1 -3 -1", "-3 1 0 -3", "-3 -3 0 1", "3 -2 -2 -1"));
      expect(await rowsOf(vertical)).to.deep.equal(rows("-1 -1 -1 -1", "-1 -1 -2 1", "-1 -1 -2 1", "-1 0 -4 3"));
      expect(await rowsOf(F.maxPool2d(diagonal, 2))).to.deep.equal(rows("3 0", "3 1"));
      expect(await rowsOf(F.maxPool2d(vertical, 2))).to.deep.equal(rows("-1 1", "0 3"));
    });
    it("six 5x5 filters make 28x28x6 of a 32x32x3 image", () => {
      const x = tensor(Array.from({ length: 3072 }, () => 0)).view(1, 3, 32, 32);
      expect(new nn.Conv2d(3, 6, 5)(x).shape).to.deep.equal([1, 6, 28, 28]);
    });
  });

  it("lecture 2: a 7x7 image, and its sizes with stride and padding", async () => {
    const image = grid("0122201", "1021202", "2102001", "1021202", "0122201", "1021202", "2102001");
    const filter = grid("1 0 -1", "0 -1 1", "-1 1 0");
    expect(await rowsOf(F.conv2d(image, filter))).to.deep.equal(
      rows("-1 -3 3 -2 3", "-3 3 -3 2 -1", "5 -1 1 0 -1", "-1 1 -1 0 -1", "-1 -3 3 -2 3"),
    );
    expect(F.conv2d(image, filter, null, { stride: 2 }).shape).to.deep.equal([1, 1, 3, 3]);
    expect(F.conv2d(image, filter, null, { stride: 2, padding: 1 }).shape).to.deep.equal([1, 1, 4, 4]);
  });

  describe("lecture 3", () => {
    it("one dimension", async () => {
      const cases = [
        ["01011", "-1 1", [1, -1, 1, 0]],
        ["0 1 -1 1 1", "-1 1", [1, -2, 2, 0]],
        ["01011", "01", [1, 0, 1, 1]],
      ] as const;
      for (const [signal, filter, expected] of cases)
        expect(await F.conv2d(grid(signal), grid(filter)).flatten().tolist()).to.deep.equal(expected);
    });
    it("two dimensions, strides and padding", async () => {
      const image = grid("33210", "00131", "31223", "20022", "20001");
      const filter = grid("012", "220", "012");
      expect(await rowsOf(F.conv2d(image, filter))).to.deep.equal(rows("12 12 17", "10 17 19", "9 6 14"));
      expect(await rowsOf(F.conv2d(image, filter, null, { stride: 2 }))).to.deep.equal(rows("12 17", "9 14"));
      expect(await rowsOf(F.conv2d(image, filter, null, { stride: 2, padding: 1 }))).to.deep.equal(
        rows("6 17 3", "8 17 13", "6 4 4"),
      );
      expect(await rowsOf(F.maxPool2d(image, 3, 1))).to.deep.equal(rows("3 3 3", "3 3 3", "3 2 3"));
    });
  });

  it("lecture 4: ten 5x5 filters with padding 2 keep 32x32 and have 760 parameters", () => {
    const layer = new nn.Conv2d(3, 10, 5, { padding: 2 });
    expect(layer(fromArray(new Float32Array(3072), [1, 3, 32, 32])).shape).to.deep.equal([1, 10, 32, 32]);
    expect(layer.parameters().reduce((sum, parameter) => sum + parameter.numel(), 0)).to.equal(760);
  });

  describe("lecture 5", () => {
    it("one channel with decimals", async () => {
      const result = await F.conv2d(grid("1 .5 20", ".25 0 0", "0 0 20"), grid("1 .2", ".2 0"))
        .flatten()
        .tolist();
      expect((result as number[]).map((value) => Math.round(value * 1e5) / 1e5)).to.deep.equal([1.15, 4.5, 0.25, 0]);
    });
    it("two channels", async () => {
      const image = tensor([0, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 9]).view(1, 2, 3, 3);
      const filter = tensor([0, 1, 2, 3, 1, 2, 3, 4]).view(1, 2, 2, 2);
      expect(await rowsOf(F.conv2d(image, filter))).to.deep.equal(rows("56 72", "104 120"));
    });
  });
});
