import { expect } from "chai";
import { F, interpret, manualSeed, nn, tensor, type Tensor } from "../../src";
import { hashedTensor } from "../models/hashed";

const numbers = async (x: Tensor): Promise<number[]> => [...(await x.data())];
const FILTER = [0, 1, -1, 1, 2, 0, -1, 0, -2];

/** One filter is planted among others; behind it two classes. */
class Planted extends nn.Module {
  conv = new nn.Conv2d(1, 3, 3, { bias: false });
  fc = new nn.Linear(3, 2);
  forward(x: Tensor): Tensor {
    return this.fc(F.relu(this.conv(x)).mean([2, 3]));
  }
}
function planted(): Planted {
  const net = new Planted();
  const others = hashedTensor([2, 1, 3, 3], 5);
  const weight = others
    .slice(0, 0, 1)
    .pad([0, 0, 0, 0, 0, 0, 0, 2])
    .add(tensor(FILTER).reshape(1, 1, 3, 3).pad([0, 0, 0, 0, 0, 0, 1, 1]));
  const state = {
    "conv.weight": weight,
    "fc.weight": tensor([
      [0, 1, 0],
      [0, -1, 0],
    ]),
    "fc.bias": tensor([0, 0]),
  };
  net.loadStateDict(state);
  return net;
}
const cosine = (a: number[], b: number[]): number => {
  const dot = (x: number[], y: number[]): number => x.reduce((sum, value, i) => sum + value * y[i], 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
};
const plain = { jitter: 0, blur: 0, l2: 0 };

describe("interpret.featureVisualization", () => {
  it("draws a planted filter where the image is as large as it is", async () => {
    const image = await interpret.featureVisualization(planted(), {
      layer: "conv",
      unit: 1,
      inputShape: [2, 1, 3, 3],
      ...plain,
    });
    for (const n of [0, 1]) expect(cosine(await numbers(image.select(0, n)), FILTER)).to.be.above(0.99);
  });

  it("excites the unit much more than noise and than other units, with all that keeps it smooth", async () => {
    manualSeed(2);
    const net = planted();
    const options = { layer: net.conv, unit: 1, inputShape: [1, 1, 16, 16] };
    const [before, image] = [
      await interpret.featureVisualization(net, { ...options, steps: 0 }),
      await interpret.featureVisualization(net, options),
    ];
    const answer = async (x: Tensor): Promise<number[]> =>
      numbers(net.conv(x.div(x.square().mean().sqrt())).mean([2, 3]));
    const [quiet, loud] = [await answer(before), await answer(image)];
    expect(loud[1]).to.be.above(3 * Math.abs(quiet[1]) + 0.1);
  });

  it("of a class goes up for the class, from the network itself", async () => {
    const net = planted();
    const image = await interpret.featureVisualization(net, {
      layer: net,
      unit: 0,
      inputShape: [1, 1, 8, 8],
      ...plain,
    });
    const other = await interpret.featureVisualization(net, {
      layer: "fc",
      unit: 1,
      inputShape: [1, 1, 8, 8],
      ...plain,
    });
    const [up, down] = [await numbers(net(image)), await numbers(net(other))];
    expect(up[0] - up[1]).to.be.above(5);
    // Nothing is less than a ReLU that is off.
    expect(down[1] - down[0]).to.be.closeTo(0, 0.05);
  });

  it("moves by lr in a step, shrinks by l2, and repeats with its seed", async () => {
    const net = planted();
    const draw = (options: object): Promise<number[]> => {
      manualSeed(7);
      return interpret
        .featureVisualization(net, { layer: "conv", unit: 1, inputShape: [1, 1, 6, 6], ...plain, ...options })
        .then(numbers);
    };
    const [start, one] = [await draw({ steps: 0 }), await draw({ steps: 1, lr: 0.5 })];
    const length = Math.sqrt(one.reduce((sum, value, i) => sum + (value - start[i]) ** 2, 0) / 36);
    expect(length).to.be.closeTo(0.5, 1e-5);
    const shrunk = await draw({ steps: 1, lr: 0, l2: 0.25 });
    shrunk.forEach((value, i) => expect(value).to.be.closeTo(0.75 * start[i], 1e-6));
    // A shift there and back changes nothing where nothing is done in between.
    expect(await draw({ steps: 9, lr: 0, jitter: 3 })).to.deep.equal(start);
    const options = { steps: 12, jitter: 2, blur: 1, l2: 0.02 };
    expect(await draw(options)).to.deep.equal(await draw(options));
  });

  it("blurs each channel every tenth step, and keeps its mean", async () => {
    const net = new nn.Sequential(new nn.Conv2d(3, 2, 1), new nn.Flatten());
    const draw = async (blur: number): Promise<Tensor> => {
      manualSeed(7);
      return interpret.featureVisualization(net, {
        layer: "0",
        unit: 0,
        inputShape: [2, 3, 24, 24],
        ...plain,
        lr: 0,
        steps: 10,
        blur,
      });
    };
    const [sharp, soft] = [await draw(0), await draw(1)];
    const [spread, less] = [await numbers(sharp.std([2, 3])), await numbers(soft.std([2, 3]))];
    // White noise under a Gaussian of deviation s keeps 1 / (2 s sqrt(pi)) of its deviation.
    spread.forEach((value, i) => expect(less[i] / value).to.be.closeTo(1 / (2 * Math.sqrt(Math.PI)), 0.07));
    const means = await numbers(soft.mean([2, 3]));
    (await numbers(sharp.mean([2, 3]))).forEach((value, i) => expect(means[i]).to.be.closeTo(value, 0.01));
  });

  it("stays where a unit does not answer, and computes on the network's device", async () => {
    const dead = new nn.Sequential(new nn.Conv2d(1, 1, 3), new nn.ReLU());
    dead.loadStateDict({
      "0.weight": tensor([
        [
          [
            [0, 0, 0],
            [0, 0, 0],
            [0, 0, 0],
          ],
        ],
      ]),
      "0.bias": tensor([-1]),
    });
    const image = await interpret.featureVisualization(dead.to("gpu"), {
      layer: "1",
      unit: 0,
      inputShape: [1, 1, 6, 6],
    });
    expect(image.device).to.equal("gpu");
    expect((await numbers(image)).every((value) => Number.isFinite(value))).to.equal(true);
    expect(await image.abs().sum().item()).to.be.above(0);
  });

  it("says which units there are", async () => {
    const call = interpret.featureVisualization(planted(), { layer: "conv", unit: 3, inputShape: [1, 1, 6, 6] });
    const caught: unknown = await call.catch((error: unknown) => error);
    expect((caught as Error).message).to.equal(
      "featureVisualization: unit must be a whole number from 0 to 2, got 3 (output [1,3,4,4]). Count from 0.",
    );
  });
});
