import { expect } from "chai";
import { F, fromArray, interpret, nn, tensor, zeros, type DeviceName, type Tensor } from "../../src";
import { GpuArray } from "../../src/devices/gpu/buffer";
import type { Target } from "../../src/interpret";
import { gaussLegendre } from "../../src/interpret/gaussLegendre";
import { expectClose } from "../support/close";
import { fillHashed, hashedTensor } from "../models/hashed";
import { black, Functional, images, networkOf, Shortcut } from "./networks";

const numbers = async (x: Tensor): Promise<number[]> => [...(await x.data())];
/** A linear classifier of images [N,1,2,2] with chosen weights. */
class Linear extends nn.Module {
  fc = new nn.Linear(4, 2, { bias: false });
  constructor(weights: number[][]) {
    super();
    this.loadStateDict({ "fc.weight": tensor(weights) });
  }
  forward(x: Tensor): Tensor {
    return this.fc(x.flatten(1));
  }
}
const four = (...values: number[]): Tensor => fromArray(Float32Array.from(values), [1, 1, 2, 2]);

/** A network of smooth functions in float64. */
class Smooth extends nn.Module {
  conv = new nn.Parameter(exact([4, 3, 3, 3], 1));
  fc = new nn.Parameter(exact([3, 4], 2));
  forward(x: Tensor): Tensor {
    return F.linear(F.conv2d(x, this.conv).tanh().mean([2, 3]).exp(), this.fc);
  }
}
const exact = (shape: number[], seed: number): Tensor =>
  hashedTensor(shape, seed).to({ device: "reference", dtype: "float64" });

describe("interpret.saliency and inputXGradient", () => {
  it("agree with differences of the score (float64)", async () => {
    const [net, x, h] = [new Smooth(), exact([2, 3, 5, 4], 3), 1e-5];
    const marks = await numbers(interpret.saliency(net, x, { target: [2, 0] }));
    const parts = await numbers(interpret.inputXGradient(net, x, { target: [2, 0] }));
    const pixels = await numbers(x);
    const scoreAt = async (i: number, by: number): Promise<number> => {
      const moved = Float64Array.from(pixels);
      moved[i] += by;
      const scores = await numbers(net(fromArray(moved, x.shape)));
      return scores[2] + scores[3];
    };
    for (let i = 0; i < pixels.length; i += 7) {
      const slope = ((await scoreAt(i, h)) - (await scoreAt(i, -h))) / (2 * h);
      expect(marks[i]).to.be.closeTo(Math.abs(slope), 1e-8);
      expect(parts[i]).to.be.closeTo(slope * pixels[i], 1e-8);
    }
  });

  it("of a linear network are its weights", async () => {
    const net = new Linear([
      [1, -2, 3, 0],
      [0, 0, 1, 1],
    ]);
    expect(await numbers(interpret.saliency(net, four(1, 2, 3, 4), { target: 0 }))).to.deep.equal([1, 2, 3, 0]);
    expect(await numbers(interpret.inputXGradient(net, four(1, 2, 3, 4), { target: 0 }))).to.deep.equal([1, -4, 9, 0]);
  });

  it("take a class, an array and a tensor, and images one by one give what a batch gives", async () => {
    const net = networkOf("norm");
    const x = images();
    const two = await numbers(interpret.saliency(net, x, { target: [3, 0] }));
    const labels = tensor([3, 0], { dtype: "int32" });
    expect(await numbers(interpret.saliency(net, x, { target: labels }))).to.deep.equal(two);
    const each = [3, 0].map((target, n) => interpret.saliency(net, x.slice(0, n, n + 1), { target }));
    expectClose([...(await numbers(each[0])), ...(await numbers(each[1]))], two, 1e-5, "one by one");
  });

  for (const device of ["reference", "cpu", "gpu"] as DeviceName[])
    it(`take the input to the network's device, ${device}, targets too`, async () => {
      const net = networkOf("shortcut").to(device);
      const want = await numbers(interpret.saliency(networkOf("shortcut"), images(), { target: [4, 1] }));
      for (const from of ["reference", "cpu", "gpu"] as DeviceName[]) {
        const x = images().to(from);
        for (const target of [[4, 1], tensor([4, 1], { dtype: "int32" }), tensor([4, 1], { dtype: "int32", device })]) {
          const marks = interpret.saliency(net, x, { target });
          expect(marks.device).to.equal(device);
          expectClose(await numbers(marks), want, 1e-5, `from ${from}`);
        }
      }
    });

  it("take what the network guesses as targets", async () => {
    for (const device of ["cpu", "gpu"] as DeviceName[]) {
      const net = networkOf("shortcut").to(device);
      const guess = net(images().to(device)).argmax(1);
      const want = interpret.saliency(net, images(), { target: [...(await guess.data())] });
      expectClose(
        await numbers(interpret.saliency(net, images(), { target: guess })),
        await numbers(want),
        1e-6,
        device,
      );
    }
  });

  it("take targets that a graphics card is still computing", async () => {
    const net = networkOf("shortcut").to("gpu");
    const labels = tensor([4, 1], { dtype: "int32", device: "gpu" });
    const pending = (): Tensor => labels.sibling(new GpuArray(Promise.resolve(Int32Array.of(4, 1))), [2], "int32");
    const calls: ((target: Target) => Tensor)[] = [
      (target) => interpret.saliency(net, images(), { target }),
      (target) => interpret.integratedGradients(net, images(), { target, steps: 3 }),
      (target) => interpret.occlusion(net, images(), { target, window: 4, stride: 4 }),
    ];
    for (const call of calls) expect(await numbers(call(pending()))).to.deep.equal(await numbers(call([4, 1])));
  });

  it("take networks without parameters, and inputs that are no images", async () => {
    const net = new nn.Sequential(new nn.Softmax(1));
    const marks = await numbers(interpret.saliency(net, tensor([[1, 1]]), { target: 0 }));
    expect(marks).to.deep.equal([0.25, 0.25]);
    const vanishing = new nn.Sequential(new nn.Flatten(), new nn.ReLU());
    expect(await numbers(interpret.saliency(vanishing, four(-1, 2, 3, 4), { target: 0 }))).to.deep.equal([0, 0, 0, 0]);
  });
});

describe("interpret.integratedGradients", () => {
  it("adds up to the difference of the scores", async () => {
    const [net, x, black] = [new Smooth(), exact([2, 3, 5, 4], 3), exact([1, 3, 5, 4], 4)];
    const parts = interpret.integratedGradients(net, x, { target: [1, 2], baseline: black, steps: 40 });
    const [scores, before] = [await numbers(net(x)), await numbers(net(black))];
    const want = [scores[1] - before[1], scores[5] - before[2]];
    expectClose(await numbers(parts.sum([1, 2, 3])), want, 1e-10, "sum");
  });

  it("takes a baseline as a number, of one image, with and without its dimension, and of all", async () => {
    const net = networkOf("norm");
    const options = { target: 0, steps: 4 };
    const of = (baseline: number | Tensor): Promise<number[]> =>
      numbers(interpret.integratedGradients(net, images(), { ...options, baseline }));
    const want = await of(black());
    expect(await of(black().squeeze(0))).to.deep.equal(want);
    expect(await of(black().expand(2, 3, 9, 8))).to.deep.equal(want);
    expect(await of(black().to("gpu"))).to.deep.equal(want);
    expect(await of(0.5)).to.deep.equal(await of(hashedTensor([1, 3, 9, 8], 0).mul(0).add(0.5)));
    expect(await of(0)).to.not.deep.equal(want);
  });

  it("uses Gauss's nodes and weights, as numpy has them", () => {
    // numpy.polynomial.legendre.leggauss(5), on [0, 1].
    const { nodes, weights } = gaussLegendre(5);
    const half = [0.906179845938664, 0.5384693101056831, 0];
    const want = [0.2369268850561891, 0.4786286704993665, 0.5688888888888889];
    expectClose(nodes, [...half.map((at) => (1 - at) / 2), (1 + half[1]) / 2, (1 + half[0]) / 2], 1e-15, "nodes");
    expectClose(
      weights,
      [...want, want[1], want[0]].map((weight) => weight / 2),
      1e-15,
      "weights",
    );
    for (const n of [1, 2, 3, 10, 50, 200, 1000]) {
      const rule = gaussLegendre(n);
      const degree = Math.min(2 * n - 1, 61);
      const integral = rule.nodes.reduce((sum, at, i) => sum + rule.weights[i] * at ** degree, 0);
      expect(integral, `${n} nodes`).to.be.closeTo(1 / (degree + 1), 1e-13);
      expect(rule.nodes.every((at, i) => i === 0 || at > rule.nodes[i - 1])).to.equal(true);
    }
  });
});

describe("interpret.guidedBackprop and deconvolution", () => {
  /** Two ReLUs, on the way forward -1, 2 and on the way back the signs of the weights. */
  class Rectified extends nn.Module {
    constructor(private readonly relu: (x: Tensor) => Tensor) {
      super();
    }
    forward(x: Tensor): Tensor {
      return this.relu(x)
        .mul(tensor([[1, -1, 1, -1]]))
        .sum(1, { keepdim: true });
    }
  }
  const x = tensor([[-1, -1, 2, 2]]);
  const ways: [string, (x: Tensor) => Tensor][] = [
    ["nn.ReLU", (x) => new nn.ReLU()(x)],
    ["F.relu", F.relu],
    ["x.relu()", (x) => x.relu()],
  ];
  for (const [name, relu] of ways)
    it(`change the way back through ${name}`, async () => {
      const net = new Rectified(relu);
      expect(await numbers(interpret.guidedBackprop(net, x, { target: 0 }))).to.deep.equal([0, 0, 1, 0]);
      expect(await numbers(interpret.deconvolution(net, x, { target: 0 }))).to.deep.equal([1, 0, 1, 0]);
      expect(await numbers(interpret.saliency(net, x, { target: 0 }))).to.deep.equal([0, 0, 1, 1]);
    });
  it("leave other activations their derivative", async () => {
    const net = new Rectified(F.tanh);
    const plain = await numbers(interpret.inputXGradient(net, x, { target: 0 }));
    expectClose(await numbers(interpret.guidedBackprop(net, x, { target: 0 }).mul(x)), plain, 1e-7, "tanh");
  });
});

describe("interpret.gradCam", () => {
  it("takes a module, its path, and the last run of a layer that runs twice", async () => {
    class Twice extends nn.Module {
      conv = new nn.Conv2d(3, 3, 3, { padding: 1 });
      forward(x: Tensor): Tensor {
        return this.conv(this.conv(x).tanh()).mean([2, 3]);
      }
    }
    const net = new Twice();
    fillHashed(net);
    const heat = interpret.gradCam(net, images(), { layer: net.conv, target: 1, resize: false });
    // Behind the last run each map's gradient is 1 / (9 * 8) for its own score.
    const maps = net.conv(net.conv(images()).tanh()).slice(1, 1, 2);
    expectClose(await numbers(heat), await numbers(maps.div(72).relu()), 1e-6, "heat");
    const path = interpret.gradCam(net, images(), { layer: "conv", target: 1, resize: false });
    expect(await numbers(path)).to.deep.equal(await numbers(heat));
  });
  it("finds the place of what the score counts", async () => {
    class Counting extends nn.Module {
      detect = new nn.Conv2d(1, 1, 3, { padding: 1, bias: false });
      forward(x: Tensor): Tensor {
        return F.relu(this.detect(x)).sum([2, 3]);
      }
    }
    const net = new Counting();
    const cross = [
      [0, 1, 0],
      [1, 1, 1],
      [0, 1, 0],
    ];
    net.loadStateDict({ "detect.weight": tensor([[cross]]) });
    const image = zeros([12, 12]).add(tensor(cross).pad([6, 3, 2, 7]));
    const heat = interpret.gradCam(net, image.reshape(1, 1, 12, 12), { layer: "detect", target: 0 });
    expect(await heat.flatten().argmax().item()).to.equal(3 * 12 + 7);
  });
});

describe("interpret.occlusion", () => {
  it("of a linear network is the mean over windows of what they take away", async () => {
    const net = new Linear([
      [1, 2, 3, 4],
      [0, 0, 0, 0],
    ]);
    const x = four(1, 1, 1, 1);
    expect(await numbers(interpret.occlusion(net, x, { target: 0, window: 1 }))).to.deep.equal([1, 2, 3, 4]);
    expect(await numbers(interpret.occlusion(net, x, { target: 0, window: [2, 1] }))).to.deep.equal([4, 6, 4, 6]);
    expect(await numbers(interpret.occlusion(net, x, { target: 0, window: 2 }))).to.deep.equal([10, 10, 10, 10]);
    expect(await numbers(interpret.occlusion(net, x, { target: 0, window: 1, baseline: 3 }))).to.deep.equal([
      -2, -4, -6, -8,
    ]);
  });
  it("passes windows in groups, whatever their number", async () => {
    const net = new Linear([
      [1, 2, 3, 4],
      [0, 1, 0, 0],
    ]);
    class Large extends nn.Module {
      forward(x: Tensor): Tensor {
        return net(F.adaptiveAvgPool2d(x, 2));
      }
    }
    const x = hashedTensor([3, 1, 20, 20], 4);
    const all = await numbers(interpret.occlusion(new Large(), x, { target: [0, 1, 0], window: 3, stride: 2 }));
    for (let n = 0; n < 3; n++) {
      const one = interpret.occlusion(new Large(), x.slice(0, n, n + 1), { target: n % 2, window: 3, stride: 2 });
      expectClose(await numbers(one), all.slice(n * 400, (n + 1) * 400), 1e-5, `image ${n}`);
    }
  });
});

describe("attributions without a target", () => {
  const methods: Record<string, (net: nn.Module, x: Tensor, target?: Target) => Tensor> = {
    saliency: (net, x, target) => interpret.saliency(net, x, target === undefined ? {} : { target }),
    inputXGradient: (net, x, target) => interpret.inputXGradient(net, x, target === undefined ? {} : { target }),
    guidedBackprop: (net, x, target) => interpret.guidedBackprop(net, x, target === undefined ? {} : { target }),
    deconvolution: (net, x, target) => interpret.deconvolution(net, x, target === undefined ? {} : { target }),
    integratedGradients: (net, x, target) =>
      interpret.integratedGradients(net, x, target === undefined ? { steps: 3 } : { target, steps: 3 }),
    smoothGrad: (net, x, target) =>
      interpret.smoothGrad(net, x, target === undefined ? { stdev: 0 } : { target, stdev: 0 }),
    gradCam: (net, x, target) => interpret.gradCam(net, x, target === undefined ? {} : { target, layer: "conv2" }),
    // A fourth of the shorter side, 8 pixels, and half of that.
    occlusion: (net, x, target) =>
      interpret.occlusion(net, x, target === undefined ? {} : { target, window: 2, stride: 1 }),
  };
  for (const [name, run] of Object.entries(methods))
    it(`${name} explains the class with the largest score of each image`, async () => {
      const [net, x] = [networkOf("functional"), hashedTensor([4, 3, 9, 8], 7)];
      const scores = await numbers(net.eval()(x));
      const guesses = [0, 1, 2, 3].map((n) => {
        const row = scores.slice(4 * n, 4 * n + 4);
        return row.indexOf(Math.max(...row));
      });
      expect(new Set(guesses).size).to.be.above(1);
      expect(await numbers(run(net, x))).to.deep.equal(await numbers(run(net, x, guesses)));
    });

  it("gradCam takes the convolution that runs last, not the one that is declared last", async () => {
    class Turned extends nn.Module {
      late = new nn.Conv2d(3, 4, 3);
      early = new nn.Conv2d(3, 3, 3);
      fc = new nn.Linear(4, 2);
      forward(x: Tensor): Tensor {
        return this.fc(this.late(this.early(x)).relu().mean([2, 3]));
      }
    }
    const net = new Turned();
    fillHashed(net);
    const want = await numbers(interpret.gradCam(net, images(), { layer: "late" }));
    expect(await numbers(interpret.gradCam(net, images()))).to.deep.equal(want);
    const top = await interpret.topPatches(net, [[images()]]);
    const named = await interpret.topPatches(net, [[images()]], { layer: net.late });
    expect(await numbers(top.values)).to.deep.equal(await numbers(named.values));
  });
});

describe("attributions say what is wrong", () => {
  const net = new Shortcut();
  const x = images();
  const wrong: [string, () => unknown, RegExp][] = [
    [
      "a layer of another network",
      () => interpret.gradCam(net, x, { layer: new Functional().conv1, target: 0 }),
      /^gradCam: the layer \(Conv2d\) did not run when the network did\. Is it part of this network\? It has conv1, conv2,/,
    ],
    [
      "a layer without maps",
      () => interpret.gradCam(net, x, { layer: "fc", target: 0 }),
      /^gradCam: the layer gives \[2,5\], needs maps \[N,K,P,Q\] \(input \[2,3,9,8\]\)\. Layers with maps are conv1, .*relu3, pool\.$/,
    ],
    [
      "scores that do not depend on the input",
      () =>
        interpret.saliency(
          new (class extends nn.Module {
            fc = new nn.Linear(216, 2);
            forward(x: Tensor): Tensor {
              return this.fc(x.detach().flatten(1));
            }
          })(),
          x,
          { target: 0 },
        ),
      /^saliency: the scores do not depend on the input by operations that have gradients\. Does forward/,
    ],
    [
      "a layer that the scores do not depend on",
      () =>
        interpret.gradCam(
          new (class extends nn.Module {
            conv = new nn.Conv2d(3, 2, 3);
            forward(x: Tensor): Tensor {
              this.conv(x);
              return x.mean([2, 3]);
            }
          })(),
          x,
          { layer: "conv", target: 0 },
        ),
      /^gradCam: the scores do not depend on the layer's output by/,
    ],
    [
      "scores that are no matrix",
      () => interpret.saliency(new nn.Sequential(new nn.Conv2d(3, 2, 3)), x, { target: 0 }),
      /^saliency: the network gives \[2,2,7,6\], needs scores \[2,classes\] \(input \[2,3,9,8\]\)\. Let forward/,
    ],
  ];
  for (const [name, call, message] of wrong) it(name, () => expect(call).to.throw(message));
});
