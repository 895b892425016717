import { expect } from "chai";
import { DTypeError } from "../../src/errors";
import { arange, fromArray, ones, randn, tensor, zeros } from "../../src/tensor/create";
import { manualSeed, Random } from "../../src/tensor/random";

describe("sum, var and std", () => {
  it("lose no digits over ten million numbers (1e-5)", async function () {
    this.timeout(60000);
    const random = new Random(1);
    const numbers = Float32Array.from({ length: 1e7 }, () => random.next());
    let truth = 0;
    for (const value of numbers) truth += value;
    const flat = fromArray(numbers, [1e7]);
    expect((await flat.sum().item()) / truth).to.be.closeTo(1, 1e-5);
    expect(await flat.mean().item()).to.be.closeTo(0.5, 1e-3);
    expect((await flat.reshape(1000, 10000).sum(1).sum().item()) / truth).to.be.closeTo(1, 1e-5);
    expect((await flat.reshape(1000, 10000).sum(0).sum().item()) / truth).to.be.closeTo(1, 1e-5);
    expect(await flat.var().item()).to.be.closeTo(1 / 12, 1e-4);
  });
  it("lose no digits where the mean is large", async () => {
    manualSeed(0);
    const x = randn([10000]);
    expect(await x.add(10000).var().item()).to.be.closeTo(await x.var().item(), 1e-3);
    expect(await x.add(10000).std().item()).to.be.closeTo(await x.std().item(), 1e-3);
  });
  it("take several dimensions, keep them, and correct the count", async () => {
    const x = arange(24).reshape(2, 3, 4);
    expect(x.var([0, 2], { keepdim: true }).shape).to.deep.equal([1, 3, 1]);
    expect(x.std(1).shape).to.deep.equal([2, 4]);
    expect(await tensor([1, 2, 3, 4]).var().item()).to.be.closeTo(5 / 3, 1e-6);
    expect(await tensor([1, 2, 3, 4]).var(0, { correction: 0 }).item()).to.be.closeTo(1.25, 1e-6);
    expect(await tensor([1]).var().item()).to.be.NaN;
  });
  it("give equal numbers a finite gradient", async () => {
    const x = ones([4], { requiresGrad: true });
    x.std().backward();
    expect(await x.grad?.tolist()).to.deep.equal([0, 0, 0, 0]);
  });
  it("refuse integers", () => {
    expect(() => zeros([3], { dtype: "int32" }).std()).to.throw(
      DTypeError,
      'std: takes a float tensor, got int32 (input [3]). Create it with { dtype: "float32" }.',
    );
  });
});
