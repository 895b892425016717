import { expect } from "chai";
import * as nn from "../../src/nn";
import { Adadelta, Adagrad, Adam, AdamW, RMSprop, SGD } from "../../src/optim";
import { tensor } from "../../src/tensor/create";

const leaf = () => tensor([1, 2], { requiresGrad: true });

describe("every optimizer", () => {
  const kinds = [SGD, Adam, AdamW, Adadelta, Adagrad, RMSprop];
  for (const Kind of kinds)
    it(`${Kind.name} keeps its state when the network moves to another device`, async () => {
      const net = new nn.Linear(2, 1);
      const optimizer = new Kind(net.parameters());
      for (const device of ["cpu", "reference", "cpu"] as const) {
        net.to(device);
        optimizer.zeroGrad();
        net(tensor([[1, 2]], { device }))
          .sum()
          .backward();
        optimizer.step();
      }
      expect(Array.from(await net.weight.data()).every(Number.isFinite)).to.equal(true);
    });
  it("refuses what PyTorch refuses", () => {
    const refuse = (make: () => unknown, words: string) => expect(make).to.throw(RangeError, words);
    refuse(() => new Adam([leaf()], { lr: -1 }), "Adam: lr must be >= 0, got -1.");
    refuse(() => new Adam([leaf()], { betas: [0.9, 1] }), "Adam: betas[1] must be >= 0 and < 1, got 1.");
    refuse(() => new AdamW([leaf()], { eps: NaN }), "AdamW: eps must be >= 0, got NaN.");
    refuse(() => new Adadelta([leaf()], { rho: 1.5 }), "Adadelta: rho must be from 0 to 1, got 1.5.");
    refuse(() => new Adagrad([leaf()], { lrDecay: -2 }), "Adagrad: lrDecay must be >= 0, got -2.");
    refuse(() => new RMSprop([leaf()], { alpha: -0.1 }), "RMSprop: alpha must be >= 0, got -0.1.");
    refuse(() => new RMSprop([]), "RMSprop: there are no parameters. Pass net.parameters().");
    const twice = leaf();
    refuse(
      () => new Adam([{ params: [twice] }, { params: [twice] }]),
      "Adam: a parameter appears twice. Give each one to one group.",
    );
    refuse(() => new Adam([leaf().mul(2)]), "Adam: a parameter is the result of an operation. Optimize leaves only.");
  });
});
