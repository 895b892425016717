import { expect } from "chai";
import "../../src/devices";
import { principal } from "../../src/display/embedding/pca";
import * as show from "../../src/display/show";
import type { EmbeddingMark } from "../../src/marks";
import { describePoint, pointName } from "../../src/marks/embedding/words";
import { readEmbedding } from "../../src/marks/embedding/read";
import { fromArray, tensor, zeros } from "../../src/tensor/create";
import { bundleOf, viewOf } from "./support";

async function markOf(value: object): Promise<EmbeddingMark> {
  const [mark] = (await viewOf(value)).marks;
  if (mark.mark !== "embedding") throw new Error("the view is no embedding");
  return mark;
}

const [N, D] = [30, 4];
const numbers = Float32Array.from({ length: N * D }, (_, i) => Math.sin(i * 7.1) * (1 + (i % D)));
const features = fromArray(numbers, [N, D]);
const labels = tensor(
  Array.from({ length: N }, (_, n) => n % 3),
  { dtype: "int32" },
);

describe("show.embedding", () => {
  it("places points along the principal components, with their shares on the axes", async () => {
    const mark = await markOf(show.embedding(features, labels, { classes: ["a", "b", "c", "d"] }));
    const { points, shares } = principal(numbers, N, D, 2);
    expect([...readEmbedding(mark).points]).to.deep.equal([...points].map(Math.fround));
    const [first, second] = [mark.x, mark.y].map((words) => Number(/\(([\d.]+) % of the variance\)$/.exec(words)?.[1]));
    expect(first).to.be.closeTo(100 * shares[0], 0.06);
    expect(second).to.be.closeTo(100 * shares[1], 0.06);
    expect(mark.classes).to.deep.equal(["a", "b", "c", "d"]);
    expect(mark.labels).to.deep.equal(Array.from({ length: N }, (_, n) => n % 3));
  });

  it("takes places as they are, and words for labels", async () => {
    const places = tensor([
      [1, 2],
      [-3, 0.5],
    ]);
    const mark = await markOf(show.embedding(places, ["x", "y"], { method: "none" }));
    expect([...readEmbedding(mark).points]).to.deep.equal([1, 2, -3, 0.5]);
    expect([mark.classes, mark.labels, mark.x]).to.deep.equal([["x", "y"], [0, 1], "x"]);
    expect(describePoint(readEmbedding(mark), 1)).to.equal("point 1 · y · x −3, y 0.5");
  });

  it("names classes by their numbers where there are no words, falling back beyond the words", async () => {
    const places = zeros([3, 2]);
    const mark = await markOf(show.embedding(places, [7, 3, 7]));
    expect([mark.classes, mark.labels]).to.deep.equal([
      ["3", "7"],
      [1, 0, 1],
    ]);
    const few = await markOf(show.embedding(places, [1, 0, 2], { classes: ["a", "b"] }));
    expect([few.classes, few.labels]).to.deep.equal([
      ["a", "b", "2"],
      [1, 0, 2],
    ]);
  });

  it("draws evenly spaced points of many, under their own numbers and with their own images", async () => {
    const many = 5000;
    const places = fromArray(
      Float32Array.from({ length: 2 * many }, (_, i) => i),
      [many, 2],
    );
    const images = fromArray(
      Float32Array.from({ length: many }, (_, n) => (n % 256) / 255),
      [many, 1, 1, 1],
    );
    const value = show.embedding(places, new Array<number>(many).fill(0), { images, method: "none" });
    const mark = await markOf(value);
    expect([mark.labels.length, mark.of]).to.deep.equal([2000, 5000]);
    const bytes = Buffer.from(mark.images?.pixels[0].bytes as string, "base64");
    for (const i of [0, 7, 1999]) {
      const n = Math.floor(i * 2.5);
      expect(pointName(mark, i)).to.equal(`point ${n}`);
      expect(readEmbedding(mark).points[2 * i]).to.equal(2 * n);
      expect(bytes[i]).to.equal(n % 256);
    }
    expect(JSON.stringify(await bundleOf(value)).length).to.be.below(300 * 1024);
  });

  it("stays small with large images", async () => {
    const images = zeros([300, 3, 64, 64]);
    const places = zeros([300, 2]);
    const value = show.embedding(places, new Array<number>(300).fill(0), { images, method: "none" });
    expect(JSON.stringify(await bundleOf(value)).length).to.be.below(300 * 1024);
    const { pixels } = (await markOf(value)).images as NonNullable<EmbeddingMark["images"]>;
    expect([pixels[0].planes, pixels[0].height]).to.deep.equal([900, 13]);
  });

  it("says what is wrong", async () => {
    expect(() => show.embedding(features, labels.slice(0, 0, 2))).to.throw(
      "show.embedding: 2 labels for 30 points (features [30,4]). Give one a point.",
    );
    expect(() => show.embedding(features, labels, { method: "none" })).to.throw(
      'method "none" takes places [N,2], got [30,4]',
    );
    expect(() => show.embedding(features, labels, { method: "tsne" as never })).to.throw(
      'must be "pca" or "none", got "tsne"',
    );
    expect(() => show.embedding(features, labels, { images: zeros([2, 3, 4, 4]) })).to.throw("2 images for 30 points");
    const broken = show.embedding(tensor([[1, NaN]]), [0], { method: "none" });
    const message = await bundleOf(broken).catch((error: Error) => error.message);
    expect(message).to.contain("features must be finite, got NaN in row 0");
  });
});
