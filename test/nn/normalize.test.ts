import { expect } from "chai";
import * as F from "../../src/nn/functional";
import * as nn from "../../src/nn";
import { tensor } from "../../src/tensor/create";

describe("F.normalize and F.cosineSimilarity", () => {
  it("have gradients at the zero vector, as in PyTorch", async () => {
    for (const p of [1, 2, 3, Infinity]) {
      const x = tensor([[0, 0]], { requiresGrad: true });
      F.normalize(x, { p, eps: 0.5 }).sum().backward();
      expect(await x.grad!.tolist(), `p ${p}`).to.deep.equal([[2, 2]]);
    }
    const [a, b] = [tensor([[0, 0]], { requiresGrad: true }), tensor([[3, 4]], { requiresGrad: true })];
    F.cosineSimilarity(a, b, { eps: 0.1 }).sum().backward();
    const [[first, second]] = (await a.grad!.tolist()) as number[][];
    expect(first).to.be.closeTo(6, 1e-5);
    expect(second).to.be.closeTo(8, 1e-5);
    expect(await b.grad!.tolist()).to.deep.equal([[0, 0]]);
  });
  it("compare with a vector that is one number repeated", async () => {
    // (3 + 4) / (sqrt(2) * 5), whatever the number
    const [cosine] = await F.cosineSimilarity(tensor([[3, 4]]), tensor([[2]])).data();
    expect(cosine).to.be.closeTo(7 / (5 * Math.SQRT2), 1e-6);
  });
  it("check their options", () => {
    expect(() => F.normalize(tensor([[1]]), { p: 0 })).to.throw(RangeError, "normalize: p must be > 0, got 0.");
    expect(() => new nn.CosineSimilarity(1 as never)).to.throw(
      TypeError,
      "CosineSimilarity: options come as one object, got 1. Write { dim: 1 }.",
    );
    expect(String(new nn.CosineSimilarity({ dim: 0 }))).to.equal("CosineSimilarity(dim=0)");
  });
});
