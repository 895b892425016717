/** What a run warns of, in words that name the likely cause. */
import { expect } from "chai";
import { DataLoader, fromArray, manualSeed, nn, optim, rand, show, TensorDataset, type Tensor } from "../../../src";
import type { TrainingMark } from "../../../src/marks";
import { digits, lookAt, markOf, train } from "./support";

describe("show.training, what it warns of", function () {
  this.timeout(30_000);
  beforeEach(() => manualSeed(5));

  it("counts dead units behind rectifiers, and says which layer is dead", async () => {
    const net = new nn.Sequential(new nn.Flatten(), new nn.Linear(4, 10), new nn.ReLU(), new nn.Linear(10, 2));
    const bias = Float32Array.from({ length: 10 }, (_, i) => (i < 9 ? -100 : 100));
    const layer = net.namedModules().find(([path]) => path === "1")?.[1] as nn.Linear;
    layer.loadStateDict({ weight: rand([10, 4]), bias: fromArray(bias, [10]) });
    const optimizer = new optim.SGD(net.parameters(), { lr: 0.001 });
    const validation = new TensorDataset(rand([20, 1, 2, 2]), fromArray(new Int32Array(20), [20]));
    const run = show.training(net, { optimizer, validation, title: "dead" });
    // Units are looked at every two seconds: here a step takes three.
    let seconds = 0;
    (run as unknown as { pace: { clock(): number } }).pace.clock = () => 1000 * seconds;
    const batches = Array.from({ length: 6 }, () => [rand([4, 1, 2, 2]), fromArray(new Int32Array(4), [4])]);
    await train(net, optimizer, run, batches, async () => {
      seconds += 3;
      await lookAt(run);
    });
    const { view } = await lookAt(run);
    expect(markOf(view, "table").rows.map(([name, , , dead]) => [name, dead])).to.deep.equal([
      ["1", "9 of 10 (90 %)"],
      ["3", ""],
    ]);
    expect(markOf(view, "training").warnings.map(({ text }) => text)).to.include(
      "9 of 10 units of 1 answer 0 to all of 20 inputs: the layer is dead. Most likely a learning rate that was too high; lower it and reset the weights.",
    );
  });

  it("warns of a loss that is NaN, of weights that stand still, of updates that explode and of a loss that does not fall", () => {
    const warningsOf = (run: show.TrainingRun): string[] =>
      (run as unknown as { panel(): TrainingMark }).panel().warnings.map(({ step, text }) => `${step}: ${text}`);
    const net = new nn.Linear(2, 2);
    const broken = show.training(net, { optimizer: new optim.SGD(net.parameters(), { lr: 50 }), title: "nan" });
    for (const loss of [2, 3, NaN, NaN]) broken.step({ loss });
    expect(warningsOf(broken).slice(0, 1)).to.deep.equal([
      "3: The loss is NaN. Most likely the learning rate 50 is too high. Lower it and reset the weights; if it stays, look for a division by 0, a log of 0 or a NaN in the inputs.",
    ]);
    const other = new nn.Linear(2, 2);
    const still = show.training(net, { optimizer: new optim.SGD(other.parameters(), { lr: 0.1 }), title: "still" });
    for (let i = 0; i < 8; i++) {
      net(rand([4, 2]))
        .sum()
        .backward();
      still.look();
      still.step({ loss: 1 });
    }
    expect(warningsOf(still)[0]).to.contain("The weights do not change. The optimizer has other parameters");
    const dead = show.training(net, { optimizer: new optim.SGD(net.parameters(), { lr: 0.1 }), title: "dead" });
    for (let i = 0; i < 8; i++) {
      net(rand([4, 2]).mul(0))
        .mul(0)
        .sum()
        .backward();
      dead.look();
      dead.step({ loss: 1 });
      for (const parameter of net.parameters())
        parameter.grad = fromArray(new Float32Array(parameter.numel()), parameter.shape);
    }
    expect(warningsOf(dead)[0]).to.contain("Their gradients are all 0: most likely a step that was too large");
    const run = new nn.Linear(2, 2);
    const risen = show.training(run, { optimizer: new optim.SGD(run.parameters(), { lr: 3 }), title: "risen" });
    for (let i = 0; i < 40; i++) risen.step({ loss: i < 20 ? 2.3 : 1e5 });
    expect(warningsOf(risen).at(-1)).to.equal(
      "22: The loss has risen from 2.3 to 100,000. Most likely the learning rate 3 is too high. Lower it and reset the weights.",
    );
    (risen as unknown as { reset(): void }).reset();
    expect(warningsOf(risen)).to.deep.equal([]);
    const optimizer = new optim.SGD(net.parameters(), { lr: 1000 });
    const thrown = show.training(net, { optimizer, title: "thrown" });
    for (let i = 0; i < 8; i++) {
      thrown.look();
      optimizer.zeroGrad();
      net(rand([4, 2]))
        .sum()
        .mul((-3) ** i)
        .backward();
      optimizer.step();
      thrown.step({ loss: 1 });
    }
    expect(warningsOf(thrown)[0]).to.match(/One step changes Linear by [\d.,e]+ times its size/);
    const flat = show.training(net, { optimizer: new optim.SGD(net.parameters(), { lr: 0 }), title: "flat" });
    for (let i = 0; i < 320; i++) flat.step({ loss: 2.3 + 0.01 * Math.sin(i) });
    expect(warningsOf(flat).at(-1)).to.match(
      /^301: The loss has not fallen in 300 steps: 2\.3\d? at first, 2\.3 now\. Either the learning rate 0 is/,
    );
  });

  it("warns of gradients that vanish on their way back", () => {
    const net = new nn.Sequential(new nn.Linear(4, 4), new nn.Linear(4, 4));
    const run = show.training(net, { optimizer: new optim.SGD(net.parameters(), { lr: 1e-3 }), title: "vanishing" });
    const [first, , second] = net.parameters();
    for (let i = 0; i < 6; i++) {
      run.look();
      first.grad = fromArray(new Float32Array(16).fill(1e-9), [4, 4]);
      second.grad = fromArray(new Float32Array(16).fill(1), [4, 4]);
      run.step({ loss: 1 - i / 10 });
    }
    const { warnings } = (run as unknown as { panel(): TrainingMark }).panel();
    expect(warnings.map(({ text }) => text).join()).to.contain(
      "The gradients of 0 are 1e9 times smaller than those of 1: they vanish",
    );
  });

  it("says in a warning that the validation or the network cannot be asked, and trains on", async () => {
    const net = new nn.Sequential(new nn.Conv2d(1, 2, 3), new nn.Flatten(), new nn.Linear(2 * 26 * 26, 10));
    const optimizer = new optim.SGD(net.parameters(), { lr: 0.1 });
    const broken = (): Tensor => {
      throw new Error("no such target");
    };
    const data = digits(10);
    const run = show.training(net, { optimizer, validation: data, criterion: broken, title: "unjudged" });
    await train(net, optimizer, run, new DataLoader(data, { batchSize: 5 }));
    const { view } = await lookAt(run);
    expect(markOf(view, "training").warnings.map(({ text }) => text)).to.deep.equal([
      "The network cannot be validated: no such target",
    ]);
    expect(markOf(view, "frames").marks).to.have.length(3);
    const small = show.training(net, { optimizer, image: rand([1, 4, 4]), title: "blind" });
    await train(net, optimizer, small, new DataLoader(data, { batchSize: 5 }));
    const seen = (await lookAt(small)).view;
    expect(markOf(seen, "training")).to.deep.include({ step: 2 });
    expect(markOf(seen, "training").warnings[0].text).to.match(/^The network cannot be shown: .*linear/);
  });
});
