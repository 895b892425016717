import { expect } from "chai";
import { join } from "node:path";
import { parseOptions } from "../../bench/options";
import type { Row } from "../../bench/report/rows";
import { Bench } from "../../bench/runner/bench";
import { Child } from "../../bench/runner/child";
import { compete, type Rival } from "../../bench/runner/contest";
import type { EngineName } from "../../bench/runner/peers";
import { Pool, type Worker } from "../../bench/runner/pool";

const fakeEngine = join(__dirname, "fakeEngine.js");

const fakeChild = (env: Record<string, string>): Child =>
  new Child({ program: process.execPath, args: [fakeEngine], env });

/** A pool whose engines are all the fake one. */
class FakePool extends Pool {
  constructor(private readonly behaviour: (engine: EngineName, threads: number) => Record<string, string>) {
    super();
  }
  override start(engine: EngineName, threads: number): Promise<Worker> {
    return this.started(engine, fakeChild(this.behaviour(engine, threads)));
  }
}

describe("a contest", function () {
  this.timeout(60000);
  let bench: Bench;
  afterEach(() => bench.close());

  async function rows(
    behaviour: (engine: EngineName, threads: number) => Record<string, string>,
    rivals: Rival[],
    flags: string[] = [],
  ): Promise<Row[]> {
    bench = new Bench(parseOptions(["--quick", ...flags]), new FakePool(behaviour));
    return compete(bench, {
      suite: "overhead",
      name: "a case",
      unit: "ms",
      spec: { kind: "overhead", op: "add" },
      threads: 1,
      rivals,
      block: 0.005,
      tolerance: 1e-4,
    });
  }
  const torch = (threads: number): Rival => ({ engine: "torch", threads });

  it("measures everyone, and the better of PyTorch's numbers of threads", async () => {
    const found = await rows(
      (engine, threads) => ({ FAKE_MS: engine === "receptive" ? "1" : threads === 1 ? "8" : "4" }),
      [torch(1), torch(2), { engine: "jax-js", threads: 1 }],
    );
    expect(found.map(({ peerName }) => peerName)).to.deep.equal([
      "torch (1 thread)",
      "torch (2 threads)",
      "torch (best)",
      "jax-js",
    ]);
    for (const { ours, peer, ratio, note } of found) {
      expect(ours).to.be.at.least(1);
      expect(ratio).to.equal((peer as number) / (ours as number));
      expect(note).to.equal(undefined);
    }
    const [one, two, best] = found.map(({ peer }) => peer as number);
    expect(one).to.be.at.least(8);
    expect(two).to.be.at.least(4);
    expect(best).to.equal(Math.min(one, two));
    expect(bench.failures).to.deep.equal([]);
  });

  it("says who cannot, who fails, who dies and who computes something else", async () => {
    const wrong: Partial<Record<EngineName, string>> = {
      torch: "differs",
      convnetjs: "cannot",
      "tfjs-cpu": "broken",
      "jax-js": "dies",
    };
    const found = await rows(
      (engine) => ({ FAKE: wrong[engine] ?? "" }),
      [
        ...(Object.keys(wrong) as Rival["engine"][]).map((engine) => ({ engine, threads: 1 })),
        { engine: "gpu.js", threads: 1, cannot: "is too slow" },
      ],
    );
    expect(found.map(({ peer, note }) => [peer === null, note])).to.deep.equal([
      [false, "results differ by 2.5e-1"],
      [true, "cannot: has no such layer"],
      [true, "is broken"],
      [true, "ended with 3: what a package says while it loads"],
      [true, "cannot: is too slow"],
    ]);
    expect(bench.failures).to.deep.equal([]);
  });

  it("fails when ours does", async () => {
    const found = await rows((engine) => ({ FAKE: engine === "receptive" ? "broken" : "" }), [torch(1)]);
    expect(found).to.have.length(1);
    expect(found[0]).to.include({ ours: null, peer: null, ratio: null, note: "ours: is broken" });
    expect(bench.failures).to.deep.equal(["overhead, a case: ours is broken"]);
  });

  it("leaves out who is not asked for", async () => {
    const found = await rows(() => ({}), [torch(1), { engine: "gpu.js", threads: 1 }], ["--peers", "gpu.js"]);
    expect(found.map(({ peerName }) => peerName)).to.deep.equal(["gpu.js"]);
  });
});

describe("a child", function () {
  this.timeout(20000);

  it("that does not start says so", async () => {
    const child = new Child({ program: "/nowhere/python9", args: [], env: {} });
    const words = await child.ask<"hello">({ cmd: "hello" }).catch((error: Error) => error.message);
    expect(words).to.equal("does not start (spawn /nowhere/python9 ENOENT)");
    await child.close();
  });

  it("that does not answer in time is ended", async () => {
    const child = fakeChild({ FAKE_MS: "60000" });
    const spec = { kind: "overhead", op: "add" } as const;
    const words = await child
      .ask<"prepare">({ cmd: "prepare", spec, warmUp: 0, block: 0 }, 1)
      .catch((error: Error) => error.message);
    expect(words).to.equal("no answer to prepare within 1 s");
    await child.close();
    expect(child.alive).to.equal(false);
  });

  it("tells the largest memory it had", async () => {
    const child = fakeChild({});
    const { peak } = await child.tell<"memory">({ cmd: "memory" });
    expect(peak).to.be.within(20 * 2 ** 20, 500 * 2 ** 20);
    await child.close();
  });
});
