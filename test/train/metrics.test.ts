import { expect } from "chai";
import { DataError, ShapeError } from "../../src/errors";
import { tensor, zeros } from "../../src/tensor/create";
import { metrics } from "../../src/train";

const scores = tensor([
  [3, 2, 1],
  [1, 3, 2],
  [1, 3, 2],
  [5, 5, 5],
]);
const labels = tensor([0, 2, 0, 1], { dtype: "int32" });

describe("metrics", () => {
  it("accuracy counts the highest scores; of equal ones the first", async () => {
    expect(await metrics.accuracy(scores, labels)).to.equal(0.25);
  });
  it("topK counts labels among the k highest", async () => {
    expect(await metrics.topK(scores, labels, 1)).to.equal(0.25);
    expect(await metrics.topK(scores, labels, 2)).to.equal(0.75);
    expect(await metrics.topK(scores, labels, 3)).to.equal(1);
  });
  it("a score that is NaN is never right", async () => {
    const broken = tensor([[NaN, NaN]]);
    expect(await metrics.accuracy(broken, tensor([0], { dtype: "int32" }))).to.equal(0);
  });
  it("confusionMatrix has a row a label and a column a prediction", async () => {
    const matrix = await metrics.confusionMatrix(scores, labels);
    expect(matrix.dtype).to.equal("int32");
    expect(await matrix.tolist()).to.deep.equal([
      [1, 1, 0],
      [1, 0, 0],
      [0, 1, 0],
    ]);
  });
  it("say what does not fit", async () => {
    const reason = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);
    expect(await reason(metrics.accuracy(zeros([2, 3]), labels)))
      .to.be.instanceOf(ShapeError)
      .with.property(
        "message",
        "accuracy: takes scores [N,C] and one label each, [N] (scores [2,3], labels [4]). Give the network's output and the batch's labels.",
      );
    expect(await reason(metrics.topK(scores, labels, 4)))
      .to.be.instanceOf(RangeError)
      .with.property("message", "topK: k must be a whole number from 1 to 3, got 4.");
    expect(await reason(metrics.confusionMatrix(scores, tensor([0, 1, 3, 0], { dtype: "int32" }))))
      .to.be.instanceOf(DataError)
      .with.property(
        "message",
        "confusionMatrix: labels must hold class indices from 0 to 2, got 3 at position 2 (scores [4,3]). Count classes from 0.",
      );
  });
});
