/** What a network is before and after its explanation. */
import { expect } from "chai";
import { runInThisContext } from "node:vm";
import {
  F,
  getRngState,
  interpret,
  manualSeed,
  nn,
  noGrad,
  optim,
  randn,
  TensorDataset,
  tensor,
  type Tensor,
} from "../../src";
import { NOTEBOOK } from "../../src/protocol";
import { fillHashed } from "../models/hashed";
import { images, networkOf, Norm } from "./networks";

const calls: Record<string, (net: nn.Module, x: Tensor) => unknown> = {
  saliency: (net, x) => interpret.saliency(net, x, { target: 1 }),
  inputXGradient: (net, x) => interpret.inputXGradient(net, x, { target: [1, 0] }),
  integratedGradients: (net, x) => interpret.integratedGradients(net, x, { target: 1, steps: 3 }),
  guidedBackprop: (net, x) => interpret.guidedBackprop(net, x, { target: 1 }),
  deconvolution: (net, x) => interpret.deconvolution(net, x, { target: 1 }),
  gradCam: (net, x) => interpret.gradCam(net, x, { layer: "conv2", target: 1 }),
  occlusion: (net, x) => interpret.occlusion(net, x, { target: 1, window: 4, stride: 4 }),
  smoothGrad: (net, x) => interpret.smoothGrad(net, x, { target: 1, samples: 2 }),
  topPatches: (net, x) => interpret.topPatches(net, new TensorDataset(x.detach()), { layer: "conv1", count: 1 }),
  featureVisualization: (net) =>
    interpret.featureVisualization(net, { layer: "conv2", unit: 1, inputShape: [1, 3, 9, 8], steps: 2 }),
  randomized: (net) => interpret.randomized(net),
};
/** They draw from the engine's random numbers. */
const drawing = ["smoothGrad", "featureVisualization", "randomized"];

/** A network in the middle of training: gradients there, some parts frozen, modes mixed. */
async function inTraining(): Promise<nn.Module> {
  const net = networkOf("norm") as Norm;
  net.bn1.eval();
  net.conv1.weight.requiresGrad = false;
  F.crossEntropy(net(images()), tensor([0, 1], { dtype: "int32" })).backward();
  return net;
}

async function stateOf(net: nn.Module): Promise<unknown> {
  const all = [...net.namedParameters(), ...net.namedBuffers()];
  return {
    modes: net.namedModules().map(([path, module]) => [path, module.training]),
    tensors: await Promise.all(
      all.map(async ([path, each]) => [path, each.requiresGrad, [...(await each.data())], each.storage.version]),
    ),
    gradients: await Promise.all(all.map(async ([, { grad }]) => grad && [...(await grad.data())])),
  };
}

describe("an explanation leaves no trace", () => {
  for (const [name, call] of Object.entries(calls))
    describe(name, () => {
      it("in parameters, gradients, running statistics, modes and flags", async () => {
        const net = await inTraining();
        const grads = net.parameters().map(({ grad }) => grad);
        const before = await stateOf(net);
        await call(net, images());
        expect(await stateOf(net)).to.deep.equal(before);
        expect(net.parameters().every(({ grad }, i) => grad === grads[i])).to.equal(true);
      });

      it(drawing.includes(name) ? "but draws random numbers" : "in the random numbers", async () => {
        const net = await inTraining();
        manualSeed(4);
        const before = getRngState();
        await call(net, images());
        expect(JSON.stringify(getRngState()) === JSON.stringify(before)).to.equal(!drawing.includes(name));
      });

      it("in the input, which may be part of a graph, and inside noGrad", async () => {
        const net = await inTraining();
        const x = images();
        x.requiresGrad = true;
        const part = x.mul(2);
        await call(net, part);
        await noGrad(() => ({ result: call(net, part) })).result;
        expect(x.grad).to.equal(null);
        part.sum().backward();
        expect(new Set(await (x.grad as unknown as Tensor).data())).to.deep.equal(new Set([2]));
      });
    });

  it("when the forward pass throws", async () => {
    class Failing extends Norm {
      override forward(x: Tensor): Tensor {
        super.forward(x);
        throw new Error("as it should");
      }
    }
    const net = new Failing();
    for (const [name, call] of Object.entries(calls)) {
      if (name === "randomized") continue;
      const before = await stateOf(net);
      let caught: unknown = null;
      try {
        await call(net, images());
      } catch (error) {
        caught = error;
      }
      expect((caught as Error | null)?.message, name).to.equal("as it should");
      expect(await stateOf(net), name).to.deep.equal(before);
    }
  });

  it("in a training that goes on: the next step is the one that it would have been", async () => {
    const train = async (explain: boolean): Promise<number[]> => {
      manualSeed(1);
      const net = networkOf("norm");
      const optimizer = new optim.SGD(net.parameters(), { lr: 0.1, momentum: 0.9 });
      for (let step = 0; step < 3; step++) {
        optimizer.zeroGrad();
        F.crossEntropy(net(images()), tensor([0, 1], { dtype: "int32" })).backward();
        if (explain) interpret.guidedBackprop(net, images(), { target: 2 });
        optimizer.step();
      }
      return [...(await net(images()).data())];
    };
    expect(await train(true)).to.deep.equal(await train(false));
  });
});

describe("a Stop in the middle of an explanation", () => {
  const host = { breaks: 0, checkInterrupt: () => {} };
  const globals = globalThis as { [NOTEBOOK]?: unknown; endless?: () => unknown };
  const before = globals[NOTEBOOK];
  beforeEach(() => (globals[NOTEBOOK] = host));
  afterEach(() => (globals[NOTEBOOK] = before));

  /** A layer whose backward pass or forward pass never ends the first time. */
  const endlessIn = (way: "forward" | "hook"): { net: nn.Module; layer: nn.Module } => {
    let first = true;
    const spin = (): void => {
      if (!first) return;
      first = false;
      for (;;);
    };
    class Endless extends nn.Module {
      conv = new nn.Conv2d(3, 4, 3);
      bn = new nn.BatchNorm2d(4);
      forward(x: Tensor): Tensor {
        const y = this.bn(F.relu(this.conv(x)));
        if (way === "forward") spin();
        return y.mean([2, 3]);
      }
    }
    const net = new Endless();
    fillHashed(net);
    if (way === "hook") net.conv.registerForwardHook(spin);
    return { net, layer: net.conv };
  };

  for (const way of ["forward", "hook"] as const)
    for (const name of ["guidedBackprop", "deconvolution", "gradCam", "occlusion"] as const)
      it(`${name}, cut off in a ${way}: modes, rules and recording are as ever`, async () => {
        const { net, layer } = endlessIn(way);
        const options = {
          target: 1,
          ...(name === "gradCam" ? { layer } : {}),
          ...(name === "occlusion" ? { window: 3 } : {}),
        };
        const call = interpret[name] as (net: nn.Module, x: Tensor, options: object) => Tensor;
        globals.endless = () => call(net, images(), options);
        expect(() => runInThisContext("endless()", { timeout: 50 }) as unknown).to.throw(/timed out/);
        host.breaks++;
        expect(net.namedModules().every(([, module]) => module.training)).to.equal(true);
        const x = tensor([-1, 2], { requiresGrad: true });
        F.relu(x)
          .mul(tensor([1, -3]))
          .sum()
          .backward();
        // Neither rule passes on a negative gradient.
        expect([...(await (x.grad as unknown as Tensor).data())]).to.deep.equal([0, -3]);
        expect((await net(randn([2, 3, 9, 8])).data()).length).to.equal(8);
      });
});
