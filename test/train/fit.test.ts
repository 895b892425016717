import { expect } from "chai";
import { DataLoader, TensorDataset } from "../../src/data";
import { DataError } from "../../src/errors";
import * as nn from "../../src/nn";
import { Adam, lrScheduler, SGD } from "../../src/optim";
import { rand, randn, tensor } from "../../src/tensor/create";
import { manualSeed } from "../../src/tensor/random";
import type { Tensor } from "../../src/tensor/tensor";
import { fit, type EpochInfo, type StepInfo } from "../../src/train";

/** Points in the plane, labelled by the side of a line they lie on. */
async function points(count: number): Promise<TensorDataset<[Tensor, Tensor]>> {
  const xy = randn([count, 2]);
  const numbers = await xy.data();
  const labels = Array.from({ length: count }, (_, i) => Number(numbers[2 * i] > numbers[2 * i + 1]));
  return new TensorDataset(xy, tensor(labels, { dtype: "int32" }));
}

const criterion = new nn.CrossEntropyLoss();

describe("fit", () => {
  beforeEach(() => manualSeed(4));

  it("trains: the loss falls, the validation accuracy rises, and the history says so", async () => {
    const net = new nn.Linear(2, 2);
    const loader = new DataLoader(await points(60), { batchSize: 20, shuffle: true });
    const validation = new DataLoader(await points(30), { batchSize: 20 });
    const optimizer = new Adam(net.parameters(), { lr: 0.05 });
    const history = await fit(net, loader, { optimizer, criterion, epochs: 20, validation });
    expect(history.steps).to.have.length(60);
    expect(history.epochs).to.have.length(20);
    const [first, last] = [history.epochs[0], history.epochs[19]];
    expect(last.loss).to.be.below(first.loss / 2);
    expect(last.validationLoss).to.be.below(first.validationLoss ?? 0);
    expect(last.validationAccuracy).to.be.above(0.9);
    expect(last.accuracy).to.be.above(0.9);
    expect(history.lr).to.deep.equal(Array<number>(60).fill(0.05));
    const means = history.steps.slice(0, 3).reduce((sum, loss) => sum + loss / 3, 0);
    expect(first.loss).to.be.closeTo(means, 1e-9);
  });

  it("calls onStep and onEpoch, waits for them, and lets them change the learning rate", async () => {
    const net = new nn.Linear(2, 2);
    const loader = new DataLoader(await points(6), { batchSize: 4 });
    const optimizer = new SGD(net.parameters(), { lr: 1 });
    const scheduler = new lrScheduler.ExponentialLR(optimizer, { gamma: 0.5 });
    const [steps, epochs]: [StepInfo[], EpochInfo[]] = [[], []];
    const history = await fit(net, loader, {
      optimizer,
      criterion,
      epochs: 2,
      onStep: (info) => steps.push(info),
      onEpoch: async (info) => {
        await Promise.resolve();
        epochs.push(info);
        scheduler.step();
      },
    });
    expect(steps.map(({ epoch, step }) => [epoch, step])).to.deep.equal([
      [0, 0],
      [0, 1],
      [1, 2],
      [1, 3],
    ]);
    expect(steps.map(({ loss }) => loss)).to.deep.equal(history.steps);
    expect(epochs).to.deep.equal(history.epochs);
    expect(optimizer.paramGroups[0].lr).to.equal(0.25);
    expect(history.lr).to.deep.equal([1, 1, 0.5, 0.5]);
  });

  it("trains in training mode, validates in evaluation mode, and gives the mode back", async () => {
    const modes: boolean[] = [];
    class Net extends nn.Linear {
      override forward(x: Tensor): Tensor {
        modes.push(this.training);
        return super.forward(x);
      }
    }
    const net = new Net(2, 2).eval();
    const loader = new DataLoader(await points(4), { batchSize: 2 });
    const optimizer = new SGD(net.parameters());
    await fit(net, loader, { optimizer, criterion, epochs: 2, validation: loader });
    expect(modes).to.deep.equal([true, true, false, false, true, true, false, false]);
    expect(net.training).to.equal(false);
  });

  it("stops at a signal with the history so far", async () => {
    const net = new nn.Linear(2, 2);
    const loader = new DataLoader(await points(40), { batchSize: 2 });
    const controller = new AbortController();
    const history = await fit(net, loader, {
      optimizer: new SGD(net.parameters()),
      criterion,
      epochs: 5,
      signal: controller.signal,
      onStep: ({ step }) => {
        if (step === 22) controller.abort();
      },
    });
    expect([history.steps.length, history.epochs.length]).to.deep.equal([23, 1]);
  });

  it("lets the event loop turn while it works, so that a timer fires on time", async () => {
    const net = new nn.Sequential(new nn.Linear(200, 400), new nn.Linear(400, 200));
    const batches = Array.from({ length: 60 }, () => [rand([32, 200]), rand([32, 200])]);
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await fit(net, batches, { optimizer: new SGD(net.parameters()), criterion: new nn.MSELoss() });
    clearInterval(timer);
    expect(turns).to.be.at.least(2);
  });

  it("counts the right answers of the outputs that it trained on, and only where there are classes", async () => {
    const net = new nn.Linear(2, 2);
    const optimizer = new SGD(net.parameters(), { lr: 0 });
    const data = await points(10);
    const loader = new DataLoader(data, { batchSize: 4 });
    const { epochs } = await fit(net, loader, { optimizer, criterion, validation: loader });
    expect(epochs[0].accuracy).to.be.closeTo(epochs[0].validationAccuracy as number, 1e-9);
    const [ignoring, batch] = [new nn.CrossEntropyLoss({ ignoreIndex: -100 }), rand([3, 2])];
    const some = [[batch, tensor([-100, 0, 1], { dtype: "int32" })]];
    const settings = { optimizer, criterion: ignoring, validation: some };
    const { epochs: answered } = await fit(net, some, settings);
    expect(answered[0].accuracy).to.be.oneOf([0, 0.5, 1]);
    expect(answered[0].validationAccuracy).to.equal(answered[0].accuracy);
    const numbers = [[rand([4, 2]), rand([4, 2])]];
    const { epochs: fitted } = await fit(net, numbers, { optimizer, criterion: new nn.MSELoss() });
    expect(fitted[0]).to.not.have.property("accuracy");
  });

  it("moves batches to the device of the network", async () => {
    const net = new nn.Linear(2, 2).to("reference");
    const loader = new DataLoader(await points(4), { batchSize: 2 });
    const history = await fit(net, loader, { optimizer: new SGD(net.parameters()), criterion });
    expect(history.steps).to.have.length(2);
  });

  it("says what a loader lacks", async () => {
    const net = new nn.Linear(2, 2);
    const options = { optimizer: new SGD(net.parameters()), criterion };
    const reason = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);
    expect(await reason(fit(net, [], options)))
      .to.be.instanceOf(DataError)
      .with.property("message", "fit: the loader gave no batch in epoch 0. Is it used up?");
    expect(await reason(fit(net, [[rand([1, 2])]], options)))
      .to.be.instanceOf(DataError)
      .with.property("message", "fit: a batch must be [inputs, targets]. Use a DataLoader over such a data set.");
    expect(await reason(fit(net, [], { ...options, epochs: 1.5 })))
      .to.be.instanceOf(RangeError)
      .with.property("message", "fit: epochs must be a whole number >= 0, got 1.5.");
  });
});
