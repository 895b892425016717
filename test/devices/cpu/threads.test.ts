import { expect } from "chai";
import { runInThisContext } from "node:vm";
import {
  deviceInfo,
  F,
  getNumThreads,
  manualSeed,
  nn,
  noGrad,
  optim,
  randn,
  setNumThreads,
  tensor,
} from "../../../src";
import { alone } from "./support/alone";

/** Weights after some steps of a network that uses every kind of kernel. */
async function trained(threads: number): Promise<number[]> {
  setNumThreads(threads);
  manualSeed(3);
  const net = new nn.Sequential(
    new nn.Conv2d(3, 10, 5),
    new nn.BatchNorm2d(10),
    new nn.ReLU(),
    new nn.MaxPool2d(2),
    new nn.Conv2d(10, 16, 3, { padding: 1, stride: 2 }),
    new nn.Conv2d(16, 16, 3, { padding: 1 }),
    new nn.Flatten(),
    new nn.Linear(16 * 7 * 7, 64),
    new nn.Linear(64, 10),
  );
  const optimizer = new optim.Adam(net.parameters());
  const x = randn([16, 3, 32, 32]);
  const y = tensor(
    Array.from({ length: 16 }, (_, i) => i % 10),
    { dtype: "int32" },
  );
  for (let i = 0; i < 5; i++) {
    optimizer.zeroGrad();
    F.crossEntropy(net(x), y).backward();
    optimizer.step();
    await new Promise(setImmediate);
  }
  return (await Promise.all(net.parameters().map((p) => p.data()))).flatMap((data) => Array.from(data));
}

describe("threads of device cpu", () => {
  const before = getNumThreads();
  after(() => setNumThreads(before));

  it("do not change a single bit of the result", async () => {
    const alone = await trained(1);
    expect((await deviceInfo()).cpu.threads).to.equal(1);
    for (const threads of [2, 3]) {
      const together = await trained(threads);
      expect((await deviceInfo()).cpu).to.include({ threads, fallbackReason: null });
      expect(together).to.deep.equal(alone);
    }
  });

  it("take no more memory when their number changes often", async () => {
    setNumThreads(2);
    const before = (await deviceInfo()).cpu.memoryBytes;
    for (let i = 0; i < 20; i++) setNumThreads(1 + (i % 2));
    setNumThreads(2);
    expect((await deviceInfo()).cpu.memoryBytes - before).to.be.lessThan(2 ** 20);
  });

  it("take wrong counts with a clear error", () => {
    for (const count of [0, -1, 1.5, 65, NaN])
      expect(() => setNumThreads(count)).to.throw(
        RangeError,
        `setNumThreads: takes a whole number from 1 to 64, got ${count}.`,
      );
  });

  it("let the process end, busy or idle", () => {
    const program = `F.conv2d(ones([8, 16, 64, 64]), ones([32, 16, 3, 3])); console.log("done");`;
    expect(alone(program, 4)).to.deep.equal([0, "done\n", ""]);
  }).timeout(30_000);

  it("share jobs of more chunks than are counted at a time", () => {
    // 512 groups times 129 rows of the result.
    const program = `const y = noGrad(() => F.conv2d(ones([1, 512, 128, 129]), ones([1024, 1, 1, 1]), null, { groups: 512 }));
      console.log(await noGrad(() => y.sum()).item());`;
    expect(alone(program, 2)).to.deep.equal([0, `${1024 * 128 * 129}\n`, ""]);
  }).timeout(30_000);

  it("are in order again after a kernel was interrupted half-way", async () => {
    setNumThreads(2);
    const x = randn([4, 64, 96, 96]);
    const w = randn([64, 64, 3, 3]);
    const small = randn([2, 3, 8, 8]);
    const filter = randn([4, 3, 3, 3]);
    const expected = await noGrad(() => F.conv2d(small, filter)).data();
    // Not in noGrad: what ends a script by force leaves gradients off for the tests that follow.
    Object.assign(globalThis, {
      endless: () => {
        for (;;) F.conv2d(x, w);
      },
    });
    for (let i = 0; i < 5; i++) {
      const run = (): unknown => runInThisContext("endless()", { timeout: 20 + 7 * i });
      expect(run).to.throw(/timed out/);
      expect(await noGrad(() => F.conv2d(small, filter)).data()).to.deep.equal(expected);
    }
  }).timeout(30_000);
});
