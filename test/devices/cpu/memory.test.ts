import { expect } from "chai";
import { join } from "node:path";
import { deviceInfo, F, nn, noGrad, ones, optim, randn, tensor, zeros, type Tensor } from "../../../src";
import { alone, DIST } from "./support/alone";

const memoryBytes = async (): Promise<number> => (await deviceInfo()).cpu.memoryBytes;

describe("memory of device cpu", () => {
  it("keeps what is held when much else has come and gone", async () => {
    const held = Array.from({ length: 5 }, (_, i) => ones([1000]).mul(i));
    const views = held.map((t) => t.reshape(10, 100));
    for (let i = 0; i < 200; i++) zeros([256, 1024]).relu();
    for (const [i, t] of held.entries()) {
      expect(Array.from(await t.data())).to.deep.equal(new Array(1000).fill(i));
      expect(await views[i].sum().item()).to.equal(1000 * i);
    }
  });

  it("frees what nobody has any more in a loop that waits for nothing", async () => {
    const x = ones([64, 1024]);
    const before = await memoryBytes();
    // 2 GB come and go.
    for (let i = 0; i < 4000; i++) x.relu().add(1);
    expect((await memoryBytes()) - before).to.be.lessThan(600e6);
  });

  it("does so where the loop waits for numbers, but never for a timer", async () => {
    const x = ones([64, 1024]);
    const before = await memoryBytes();
    for (let i = 0; i < 2000; i++) await x.relu().add(1).sum().item();
    expect((await memoryBytes()) - before).to.be.lessThan(600e6);
  });

  it("frees the parameters of networks that nobody has any more, in a loop that waits for nothing", async () => {
    const before = await memoryBytes();
    // 4.7 GB come and go: more than there are addresses.
    for (let i = 0; i < 280; i++) noGrad(() => new nn.Parameter(ones([1024, 4096])).sum());
    expect((await memoryBytes()) - before).to.be.lessThan(600e6);
  }).timeout(60_000);

  it("leaves what a step still has where it is", async () => {
    const step = async (): Promise<number> => {
      const kept = Array.from({ length: 60 }, () => ones([512, 1024]).relu());
      return kept
        .reduce((sum, t) => sum.add(t))
        .mean()
        .item();
    };
    for (let i = 0; i < 6; i++) expect(await step()).to.equal(60);
    expect(await memoryBytes()).to.be.within(60 * 2 ** 21, 1.2e9);
  });

  it("moves numbers out when many are held, and brings them back", async () => {
    // 2 GB in blocks of 16 MiB; at most 1.5 GiB of them stay in the kernels' memory.
    const before = await memoryBytes();
    const one = ones([1024, 4096]);
    const held = Array.from({ length: 120 }, (_, i) => one.mul(i));
    expect((await memoryBytes()) - before).to.be.lessThan(1.7e9);
    for (const i of [0, 7, 119]) expect(await held[i].mean().item()).to.equal(i);
  });

  it("is not written to beside a kernel's own", () => {
    // Filters far taller than the images: more padding than numbers.
    const program = `
      const first = await ones([4096]).add(0);
      const conv = new nn.Conv2d(1, 1, 11, { padding: 5, bias: false });
      const x = ones([4000, 1, 1, 8]);
      conv(x).sum().backward();
      const sum = await noGrad(() => first.sum()).item();
      console.log(sum, (await conv.weight.grad.data())[60]);`;
    expect(alone(program, 1)).to.deep.equal([0, "4096 32000\n", ""]);
  }).timeout(30_000);

  it("is right beyond 2 GiB", () => {
    const program = `
      const { loadedKernels } = require(${JSON.stringify(join(DIST, "src/devices/cpu/wasm.js"))});
      const all = loadedKernels();
      all.heap.take(2.2 * 2 ** 30);
      // Memory that is not fresh.
      const size = 7 * 23 * 41 * 43;
      const blocks = Array.from({ length: 9 }, () => all.heap.take(4 * size));
      for (const at of blocks) {
        new Float32Array(all.buffer, at, size).fill(NaN);
        all.heap.give(at, 4 * size);
      }
      const x = fromArray(new Float32Array(size).fill(2), [7, 23, 41, 43]);
      x.requiresGrad = true;
      x.slice(3, 1, 39, 2).sum().add(F.maxPool2d(x, 3, { stride: 2 }).sum()).backward();
      console.log(await noGrad(() => x.grad.sum()).item());`;
    // One for each pixel that was read: 19 of 43 columns, and 20 x 21 windows.
    expect(alone(program, 1)).to.deep.equal([0, `${7 * 23 * (41 * 19 + 20 * 21)}\n`, ""]);
  }).timeout(30_000);

  it("frees gradients of inner values at once, and keeps those that someone has seen", async () => {
    const w = randn([50, 50]);
    w.requiresGrad = true;
    const optimizer = new optim.SGD([w], { lr: 0 });
    const step = (): Tensor => {
      optimizer.zeroGrad();
      w.relu().mul(w).relu().sum().backward();
      return w;
    };
    const seen = step().grad as Tensor;
    const numbers = Array.from(await seen.data());
    step();
    step();
    for (let i = 0; i < 50; i++) step();
    expect(Array.from(await seen.data())).to.deep.equal(numbers);
  });

  it("does not let an optimizer write into numbers that others hold", async () => {
    const start = ones([6]);
    const p = new nn.Parameter(start);
    const optimizer = new optim.SGD([p], { lr: 1, momentum: 0.9 });
    p.mul(tensor([1, 2, 3, 4, 5, 6]))
      .sum()
      .backward();
    const gradient = p.grad as Tensor;
    optimizer.step();
    optimizer.step();
    expect(await start.tolist()).to.deep.equal([1, 1, 1, 1, 1, 1]);
    expect(await gradient.tolist()).to.deep.equal([1, 2, 3, 4, 5, 6]);
    expect(((await p.tolist()) as number[])[0]).to.be.closeTo(1 - 1 - 1.9, 1e-6);
  });

  it("hands a gradient on to several paths without freeing it for the others", async () => {
    const a = ones([4]);
    const b = ones([4]);
    for (const t of [a, b]) t.requiresGrad = true;
    const sum = a.add(b);
    const twice = sum.add(sum);
    twice.reshape(2, 2).sum().backward();
    expect(await (a.grad as Tensor).tolist()).to.deep.equal([2, 2, 2, 2]);
    expect(await (b.grad as Tensor).tolist()).to.deep.equal([2, 2, 2, 2]);
  });

  it("reads behind no tensor's end: NaN in freed memory changes nothing", async () => {
    const nan = tensor(new Array<number>(40_000).fill(NaN));
    for (let i = 0; i < 30; i++) nan.add(nan);
    const x = randn([2, 3, 9, 11]);
    const w = randn([5, 3, 3, 3]);
    for (const t of [x, w]) t.requiresGrad = true;
    F.conv2d(x, w, null, { padding: 1 }).sum().backward();
    const rows = noGrad(() => F.linear(randn([3, 7]), randn([5, 7])));
    for (const t of [x.grad as Tensor, w.grad as Tensor, rows])
      expect(Array.from(await t.data()).every(Number.isFinite)).to.equal(true);
  });
});
