import { expect } from "chai";
import { shapes, type ImageDataset } from "../../src/datasets";
import "../../src/devices";
import { DataError, ShapeError } from "../../src/errors";
import * as features from "../../src/features";
import * as F from "../../src/nn/functional";
import { fromArray, rand, tensor, zeros } from "../../src/tensor/create";
import { Random } from "../../src/tensor/random";
import type { Tensor } from "../../src/tensor/tensor";
import { expectClose } from "../support/close";

const all = (data: ImageDataset): Promise<[Tensor, Tensor]> =>
  data.batch(Int32Array.from({ length: data.length }, (_, i) => i));
const labelsFrom = (...labels: number[]): Tensor => tensor(labels, { dtype: "int32" });

describe("features.KNearestNeighbor", () => {
  const known = tensor([
    [0, 0],
    [0, 1],
    [5, 5],
    [6, 5],
    [5, 6],
  ]);
  const classifier = new features.KNearestNeighbor().fit(known, labelsFrom(2, 0, 1, 1, 0));

  it("asks the nearest, or lets k vote", async () => {
    const queries = tensor([
      [0.1, 0.2],
      [5.1, 6],
      [5.4, 5.4],
    ]);
    expect(await classifier.predict(queries).tolist()).to.deep.equal([2, 0, 1]);
    // The two nearest of the first have one vote each: the smaller class wins.
    expect(await classifier.predict(queries, { k: 2 }).tolist()).to.deep.equal([0, 0, 1]);
    expect(await classifier.predict(queries, { k: 3 }).tolist()).to.deep.equal([0, 1, 1]);
    expect(classifier.predict(queries).dtype).to.equal("int32");
  });

  it("measures Euclidean distances, of images as of rows", async () => {
    expect(await classifier.distances(tensor([[3, 5]])).tolist()).to.deep.equal([
      [Math.sqrt(34), 5, 2, 3, Math.sqrt(5)].map(Math.fround),
    ]);
    const images = rand([3, 1, 4, 4]);
    const remembered = new features.KNearestNeighbor().fit(images, labelsFrom(0, 1, 2));
    expect(await remembered.predict(images).tolist()).to.deep.equal([0, 1, 2]);
  });

  it("says what does not fit", () => {
    expect(() => new features.KNearestNeighbor().predict(known)).to.throw(
      DataError,
      "KNearestNeighbor: there is nothing to compare with. Call fit(features, labels) first.",
    );
    expect(() => classifier.predict(known, { k: 6 })).to.throw(
      "k must be a whole number from 1 to 5, the samples of fit(), got 6.",
    );
    expect(() => classifier.predict(zeros([1, 3]))).to.throw(
      ShapeError,
      "features have 3 numbers a row, those of fit() had 2.",
    );
    expect(() => classifier.fit(known, labelsFrom(1))).to.throw(
      "labels must be one a row (features [5,2], labels [1]).",
    );
    expect(() => classifier.fit(zeros([2, 1]), labelsFrom(0, -1))).to.throw("got -1 at position 1 (labels [2]).");
  });
});

describe("features.LinearClassifier", () => {
  const random = new Random(3);
  const numbers = Float64Array.from({ length: 60 }, () => random.normal());
  const rows = fromArray(numbers, [20, 3]);
  const classes = Array.from({ length: 20 }, (_, i) => i % 4);
  const labels = labelsFrom(...classes);

  /** The losses of gradient descent on the whole batch, by the engine's autograd. */
  async function descend(lossOf: (scores: Tensor) => Tensor, steps: number, lr: number, l2: number): Promise<number[]> {
    const centred = rows.sub(rows.mean(0));
    const x = centred.div(centred.pow(2).mean(0).sqrt());
    let [weight, bias] = [
      zeros([3, 4], { dtype: "float64", device: "reference" }),
      zeros([4], { dtype: "float64", device: "reference" }),
    ];
    const losses: number[] = [];
    for (let i = 0; i < steps; i++) {
      weight.requiresGrad = bias.requiresGrad = true;
      const loss = lossOf(x.matmul(weight).add(bias)).add(weight.pow(2).sum().mul(l2));
      loss.backward();
      losses.push(await loss.item());
      weight = weight.detach().sub((weight.grad as Tensor).mul(lr));
      bias = bias.detach().sub((bias.grad as Tensor).mul(lr));
    }
    return losses;
  }
  const oneHot = fromArray(
    Float64Array.from({ length: 80 }, (_, i) => Number(classes[i >> 2] === i % 4)),
    [20, 4],
  );
  const hinge = (scores: Tensor): Tensor => {
    const right = scores.mul(oneHot).sum(1, { keepdim: true });
    return scores.sub(right).add(1).relu().sum().div(20).sub(1);
  };

  for (const loss of ["softmax", "svm"] as const)
    it(`descends the ${loss} loss as the engine's autograd does`, async () => {
      const options = { loss, learningRate: 0.2, epochs: 8, batchSize: 20, l2: 0.01, seed: 0 };
      const classifier = await new features.LinearClassifier(options).fit(rows, labels);
      const expected = await descend(
        loss === "svm" ? hinge : (s) => F.crossEntropy(s, labels.to("reference")),
        8,
        0.2,
        0.01,
      );
      expect(classifier.history[0]).to.be.closeTo(loss === "svm" ? 3 : Math.log(4), 1e-12);
      expectClose(classifier.history, expected, 1e-10, "losses");
    });

  it("beats chance clearly on shapes, by colour, by edges and by words", async function () {
    this.timeout(60000);
    const [images, targets] = await all(shapes({ count: 600 }));
    const [unseen, truth] = await all(shapes({ count: 400, train: false }));
    const bag = await features.bagOfVisualWords({ words: 30, patches: 2000, seed: 0 }).fit(images);
    const descriptions: [string, (x: Tensor) => Tensor, number][] = [
      ["hues", (x) => features.colorHistogram(x, 12), 0.15],
      ["hog", (x) => features.hog(x), 0.3],
      ["visual words", (x) => bag.transform(x), 0.25],
    ];
    for (const [name, describe, least] of descriptions)
      for (const loss of ["softmax", "svm"] as const) {
        const classifier = new features.LinearClassifier({ loss, epochs: 30, learningRate: 0.03, seed: 0 });
        await classifier.fit(describe(images), targets);
        const accuracy = await classifier.accuracy(describe(unseen), truth);
        console.log(`      ${name}, ${loss}: ${(100 * accuracy).toFixed(1)} %`);
        expect(accuracy).to.be.greaterThan(least);
        expect(classifier.history.at(-1)).to.be.lessThan(classifier.history[0]);
      }
  });

  it("says what does not fit", async () => {
    const classifier = new features.LinearClassifier();
    expect(() => classifier.predict(rows)).to.throw(
      DataError,
      "LinearClassifier: it has learned nothing yet. Call await fit(features, labels) first.",
    );
    await classifier.fit(rows, labels);
    expect(() => classifier.scores(zeros([1, 4]))).to.throw(ShapeError, "Describe all images in the same way.");
    expect(() => new features.LinearClassifier({ loss: "mse" as "svm" })).to.throw(
      'loss must be "softmax" or "svm", got "mse".',
    );
    expect(() => new features.LinearClassifier({ learningRate: 0 })).to.throw("learningRate must be above 0");
    expect(() => new features.LinearClassifier({ epochs: 0 })).to.throw("epochs must be a whole number >= 1, got 0.");
  });
});
