import { expect } from "chai";
import { runInThisContext } from "node:vm";
import { F, manualSeed, nn, noGrad, ones, randn, receptiveField, tensor } from "../src";
import { ambient } from "../src/ambient";
import { recordLaunches } from "../src/devices/gpu/launch";
import { inEvaluation, watchModules } from "../src/nn/module";
import { dryRun } from "../src/ops/define/dryRun";
import { traceOps } from "../src/ops/define/trace";
import { NOTEBOOK } from "../src/protocol";
import { Random, withRandom } from "../src/tensor/random";

const host = { breaks: 0, checkInterrupt: () => {} };
const globals = globalThis as { [NOTEBOOK]?: unknown; endless?: () => unknown };

/** Runs `body` until it is cut off without its `finally` blocks, as the second level of Stop does. */
function cutOff(body: (spin: () => void) => unknown): void {
  const spin = (): void => {
    for (;;);
  };
  globals.endless = () => body(spin);
  expect(() => runInThisContext("endless()", { timeout: 30 }) as unknown).to.throw(/timed out/);
  host.breaks++;
}

/** A module that never comes back. */
class Slow extends nn.Module {
  constructor(private readonly spin: () => void) {
    super();
  }
  forward(x: Parameters<nn.Module["forward"]>[0]) {
    this.spin();
    return x;
  }
}

describe("ambient", () => {
  const before = globals[NOTEBOOK];
  beforeEach(() => (globals[NOTEBOOK] = host));
  afterEach(() => (globals[NOTEBOOK] = before));

  it("holds while the function runs, also inside itself, and when it throws", () => {
    const depth = ambient("depth", 0);
    const seen = depth.during(1, () => [depth.current, depth.during(2, () => depth.current), depth.current]);
    expect(seen).to.deep.equal([1, 2, 1]);
    const fail = (): never => {
      throw new Error("as it should");
    };
    expect(() => depth.during(3, fail)).to.throw("as it should");
    expect(depth.current).to.equal(0);
  });

  it("refuses a function that returns a promise, and is usual afterwards", () => {
    const depth = ambient("depth", 0);
    expect(() => depth.during(1, async () => 1)).to.throw(TypeError, "depth: the function is async. Wrap only");
    expect(depth.current).to.equal(0);
  });

  it("is usual after a Stop that cut the function off, also where functions lay inside each other", () => {
    const depth = ambient("depth", 0);
    cutOff((spin) => depth.during(1, () => depth.during(2, spin)));
    expect(depth.current).to.equal(0);
    expect(depth.during(3, () => depth.current)).to.equal(3);
    expect(depth.current).to.equal(0);
  });

  describe("after a Stop inside of it", () => {
    it("noGrad: operations are recorded", () => {
      cutOff((spin) => noGrad(spin));
      expect(tensor([1], { requiresGrad: true }).mul(2).requiresGrad).to.equal(true);
    });

    it("a forward pass: errors of other networks name themselves alone, and layers that ran are not listed", () => {
      const slow = (spin: () => void): nn.Module => new nn.Sequential(new nn.ReLU(), new nn.ReLU(), new Slow(spin));
      cutOff((spin) => slow(spin)(ones([1, 3])));
      const net = new nn.Sequential(new nn.Linear(4, 2));
      expect(() => net(ones([1, 3])))
        .to.throw(/^net\.0 > linear: input has 3 features, weight expects 4/)
        .with.property("message")
        .that.does.not.include("\n");
    });

    it("nn.skipInit: new layers have random weights, at once", async () => {
      cutOff((spin) => nn.skipInit(spin));
      expect(await new nn.Linear(3, 3).weight.abs().sum().item()).to.be.above(0);
    });

    it("recordLaunches: kernels on the graphics card compute", async () => {
      cutOff((spin) => recordLaunches(() => {}, spin));
      const square = tensor(
        [
          [1, 2],
          [3, 4],
        ],
        { device: "gpu" },
      );
      expect([...(await square.matmul(square).data())]).to.deep.equal([7, 10, 15, 22]);
    });

    it("receptiveField and other runs in evaluation mode: every module has its mode", () => {
      const cut: nn.Module[] = [];
      cutOff((spin) => {
        const net = new nn.Sequential(new nn.Dropout(), new Slow(spin));
        cut.push(net);
        return receptiveField(net, [1, 3, 8, 8]);
      });
      cutOff((spin) => inEvaluation(spin));
      expect(cut[0].namedModules().map(([, module]) => module.training)).to.deep.equal([true, true, true]);
      expect(new nn.Dropout().training).to.equal(true);
    });

    it("withRandom, as a transform uses it: the engine draws from its own generator", async () => {
      manualSeed(5);
      const want = await randn([4]).data();
      manualSeed(5);
      cutOff((spin) => withRandom(new Random(1), spin));
      expect(await randn([4]).data()).to.deep.equal(want);
    });

    it("dryRun, traceOps and watchModules: ops compute, and nobody listens", async () => {
      const seen: unknown[] = [];
      cutOff((spin) => dryRun(() => seen.push("dry"), spin));
      cutOff((spin) => traceOps(() => seen.push("traced"), spin));
      cutOff((spin) => watchModules(() => seen.push("watched"), spin));
      expect([...(await new nn.ReLU()(F.relu(tensor([-1, 2]))).data())]).to.deep.equal([0, 2]);
      expect(seen).to.deep.equal([]);
    });
  });
});
