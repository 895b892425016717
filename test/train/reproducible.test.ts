import { expect } from "chai";
import { DataLoader } from "../../src/data";
import { shapes } from "../../src/datasets";
import * as nn from "../../src/nn";
import { Adam, SGD } from "../../src/optim";
import { manualSeed } from "../../src/tensor/random";
import { fit } from "../../src/train";
import { LectureNet } from "../support/lectureNet";

/** Weights, data and their order all follow from the seed. */
async function losses(seed: number, Optimizer: typeof SGD | typeof Adam): Promise<number[]> {
  manualSeed(seed);
  const net = new LectureNet();
  const loader = new DataLoader(shapes({ count: 60 }), { batchSize: 4, shuffle: true });
  const optimizer = new Optimizer(net.parameters(), { lr: 0.001 });
  return (await fit(net, loader, { optimizer, criterion: new nn.CrossEntropyLoss(), epochs: 2 })).steps;
}

describe("one seed", () => {
  for (const Optimizer of [SGD, Adam])
    it(`gives the same losses bit for bit (${Optimizer.name})`, async function () {
      this.timeout(20000);
      const first = await losses(7, Optimizer);
      expect(first).to.have.length(30);
      expect(await losses(7, Optimizer)).to.deep.equal(first);
      expect(await losses(8, Optimizer)).to.not.deep.equal(first);
    });
});
