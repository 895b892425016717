import { expect } from "chai";
import { compareDevices, deviceInfo, manualSeed, nn, pickDevice, randn, useGpu } from "../../src";
import { DISPLAY, NOTEBOOK, type MimeBundle } from "../../src/protocol";

describe("networks on all devices", () => {
  const net = (): nn.Sequential => {
    manualSeed(3);
    return new nn.Sequential(
      new nn.Conv2d(2, 4, 3, { padding: 1 }),
      new nn.BatchNorm2d(4),
      new nn.ReLU(),
      new nn.Dropout(),
      new nn.Flatten(),
      new nn.Linear(256, 3),
    );
  };
  afterEach(() => delete (globalThis as { [NOTEBOOK]?: unknown })[NOTEBOOK]);

  it("compareDevices gives each layer's distance from reference and its time, and leaves the network alone", async () => {
    const model = net();
    const before = await model.stateDict()["1.running_mean"].data();
    const comparison = await compareDevices(model, randn([4, 2, 8, 8]));
    const { layers, totals } = comparison;
    expect(layers).to.have.length(18);
    expect(layers.map(({ device }) => device).slice(0, 3)).to.deep.equal(["reference", "cpu", "gpu"]);
    expect(layers.filter(({ device }) => device === "reference").every(({ outputAbs }) => outputAbs === 0)).to.equal(
      true,
    );
    expect(
      layers.filter(({ outputRel, gradientRel }) => !(outputRel < 1e-5 && (gradientRel ?? 0) < 1e-4)),
    ).to.deep.equal([]);
    expect(layers.filter(({ gradientAbs }) => gradientAbs === null).map(({ kind }) => kind)).to.include("ReLU");
    expect(layers.every(({ ms }) => ms > 0) && Object.values(totals).every((ms) => ms > 0)).to.equal(true);
    expect(await model.stateDict()["1.running_mean"].data()).to.deep.equal(before);
    expect([model.parameters()[0].device, model.parameters()[0].grad]).to.deep.equal(["cpu", null]);
    expect(model.namedModules().every(([, module]) => module.training)).to.equal(true);
    expect(comparison[DISPLAY]()["text/html"]).to.match(/<td[^>]*>Conv2d<\/td><td[^>]*>gpu<\/td>/);
  });

  it("compareDevices sees a layer that is wrong on one device", async () => {
    class Wrong extends nn.Module {
      forward(x: Parameters<nn.Identity["forward"]>[0]) {
        return x.mul(x.device === "gpu" ? 1.5 : 1);
      }
    }
    const { layers } = await compareDevices(new nn.Sequential(new nn.Linear(3, 2), new Wrong()), randn([2, 3]));
    expect(layers.filter(({ outputRel }) => outputRel > 0.1).map(({ layer, device }) => [layer, device])).to.deep.equal(
      [["1", "gpu"]],
    );
  });

  it("pickDevice measures, shows both times in the notebook, and leaves the network alone", async () => {
    const shown: MimeBundle[] = [];
    const host = {
      display: (bundle: MimeBundle) => shown.push(bundle),
      register() {},
      unregister() {},
      checkInterrupt() {},
      breaks: 0,
    };
    (globalThis as { [NOTEBOOK]?: object })[NOTEBOOK] = host;
    const model = net();
    const device = await pickDevice(model, randn([2, 2, 8, 8]));
    expect(String(shown[0]["text/plain"])).to.match(
      /^Forward and backward, best of three\n[\s\S]*\ncpu +[\d.]+[\s\S]*\ngpu +[\d.]+/,
    );
    const [cpu, gpu] = ["cpu", "gpu"].map((name) =>
      Number(new RegExp(`\n${name} +([\\d.]+)`).exec(String(shown[0]["text/plain"]))?.[1]),
    );
    expect(device).to.equal(gpu < cpu ? "gpu" : "cpu");
    expect(model.parameters()[0].device).to.equal("cpu");
  });

  it("useGpu changes what computes, and tensors keep their numbers", async () => {
    const x = randn([5], { device: "gpu" });
    const y = x.mul(2);
    try {
      expect(await useGpu({ mode: "cpu" })).to.deep.include({
        mode: "cpu",
        requestedMode: "cpu",
        precision: "float32",
      });
      const sum = await x.add(y).sub(x.mul(3)).abs().max().item();
      expect(sum).to.be.below(1e-6);
      expect((await deviceInfo()).gpu.mode).to.equal("cpu");
    } finally {
      expect((await useGpu()).requestedMode).to.equal(null);
    }
  });
});
