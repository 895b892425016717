import { AssertionError, expect as plain } from "chai";
import { expect, nn, ones, rand, tensor, zeros } from "../../src";

/** The words of an assertion that does not hold. */
async function words(assertion: () => unknown): Promise<string> {
  try {
    await assertion();
  } catch (error) {
    plain(error).to.be.instanceOf(Error);
    return (error as Error).message;
  }
  throw new Error("it holds");
}

describe("expect", () => {
  it("is chai's", async () => {
    expect([1, 2]).to.deep.equal([1, 2]);
    expect(3).to.be.closeTo(3.1, 0.2);
    expect(true).to.be.true;
    plain(await words(() => expect(1, "one").to.equal(2))).to.equal("one: expected 1 to equal 2");
    plain(await words(() => expect.fail("no"))).to.equal("no");
    plain(await words(() => (expect(1) as unknown as { to: { beClose(): void } }).to.beClose())).to.match(
      /Invalid Chai property/,
    );
  });

  describe("closeToTensor", () => {
    const y = tensor([
      [1, 2],
      [3, 4],
    ]);

    it("takes tensors of any device and dtype, nested arrays, numbers", async () => {
      await expect(y).to.be.closeToTensor(y);
      await expect(y).to.be.closeToTensor(y.to("reference").add(1e-6));
      await expect(y).to.be.closeToTensor(tensor([[1, 2], [3, 4]], { dtype: "int32" })); // prettier-ignore
      await expect([[1, 2], new Float32Array([3, 4])]).to.be.closeToTensor(y);
      await expect(ones([2, 3])).to.be.closeToTensor(1);
      await expect(0.5).to.be.closeToTensor(tensor(0.5));
      await expect(zeros([0, 3])).to.be.closeToTensor(zeros([0, 3]));
    });

    it("has PyTorch's rule: |got - expected| <= atol + rtol |expected|", async () => {
      await expect([100.0009]).to.be.closeToTensor([100]);
      await expect([100.0011]).to.not.be.closeToTensor([100]);
      await expect([1e-8]).to.be.closeToTensor([0]);
      await expect([2e-8]).to.not.be.closeToTensor([0]);
      await expect([1.1]).to.be.closeToTensor([1], { rtol: 0, atol: 0.11 });
      await expect([1.1]).to.not.be.closeToTensor([1], { rtol: 0.05, atol: 0.01 });
      await expect([102]).to.be.closeToTensor([100], 0.03);
      await expect([Infinity, -Infinity]).to.be.closeToTensor([Infinity, -Infinity]);
      await expect([Infinity]).to.not.be.closeToTensor([-Infinity], 1e9);
      await expect([Infinity]).to.not.be.closeToTensor([1], 1e9);
      await expect([NaN]).to.not.be.closeToTensor([NaN]);
      await expect([NaN]).to.be.closeToTensor([NaN], { equalNan: true });
    });

    it("tells how many differ, the first and the worst, the relative error and the tolerance", async () => {
      plain(
        await words(() => expect(y.add(tensor([[0, 0.1], [0, 2]]))).to.be.closeToTensor(y)), // prettier-ignore
      ).to.equal(
        "expect(...).closeToTensor: [2,2] differs from what is expected\n" +
          "  2 of 4 numbers differ\n" +
          "  first at [0, 1]: got 2.1, expected 2\n" +
          "  worst at [1, 1]: got 6, expected 4\n" +
          "  relative error 2.00e-1, largest difference 2; tolerance rtol 1e-5, atol 1e-8",
      );
      plain(await words(() => expect([1, NaN, 5]).to.be.closeToTensor([1, 2, 3], 1e-3))).to.contain(
        "worst at [1]: got NaN, expected 2\n  relative error NaN, largest difference NaN; tolerance rtol 0.001, atol 0.001",
      );
    });

    it("tells both shapes", async () => {
      plain(await words(() => expect(y.flatten()).to.be.closeToTensor(y))).to.equal(
        "expect(...).closeToTensor: the shape is [4], expected [2,2]",
      );
      await expect(y.flatten()).to.not.be.closeToTensor(y);
    });

    it("tells a negation's words", async () => {
      plain(await words(() => expect(y).to.not.be.closeToTensor(y, 0.1))).to.equal(
        "expect(...).not.closeToTensor: [2,2] is as close as that to what it should differ from " +
          "(relative error 0.00e+0; tolerance rtol 0.1, atol 0.1)",
      );
    });

    it("fails with chai's error, whose stack begins where it was called", async () => {
      try {
        await expect(y).to.be.closeToTensor(0);
      } catch (error) {
        plain(error).to.be.instanceOf(AssertionError);
        plain((error as Error).stack).to.match(/^AssertionError: expect[^]*expect\.test\.(js|ts)/);
        return;
      }
      plain.fail();
    });

    it("refuses what is no number, with and without not", async () => {
      const none = undefined as unknown as number;
      const refused = "expect(...).closeToTensor: what is compared must be a tensor or numbers, got undefined. ";
      plain(await words(() => expect(none).to.be.closeToTensor(y))).to.equal(
        `${refused}Does the function return its result?`,
      );
      plain(await words(() => expect(none).to.not.be.closeToTensor(y))).to.contain("got undefined");
      plain(await words(() => expect(Promise.resolve(y)).to.be.closeToTensor(y))).to.contain("Write await before it.");
      plain(await words(() => expect(y).to.be.closeToTensor(y, -1))).to.contain(
        "a tolerance is a number >= 0, got rtol -1",
      );
      plain(await words(() => expect(y).to.be.closeToTensor(y, { tol: 1 } as object))).to.contain('no option "tol"');
    });
  });

  it("haveShape takes whatever has a shape", async () => {
    expect(zeros([1, 10]))
      .to.haveShape([1, 10])
      .and.not.haveShape([10]);
    plain(await words(() => expect(zeros([1, 10])).to.haveShape([10]))).to.equal(
      "expect(...).haveShape: the shape is [1,10], expected [10]",
    );
    plain(await words(() => expect(zeros([2])).to.not.haveShape([2]))).to.contain(
      "the shape is [2], which it should not be",
    );
    plain(await words(() => expect(undefined).to.haveShape([2]))).to.contain("undefined is no tensor, expected one");
    plain(await words(() => expect(zeros([2])).to.haveShape(2 as unknown as number[]))).to.contain("must be an array");
  });

  it("haveGradient compares a tensor's or a parameter's gradient", async () => {
    const w = tensor([1, 2], { requiresGrad: true });
    plain(await words(() => expect(w).to.haveGradient([2, 4]))).to.contain("[2] has no gradient. Call backward()");
    plain(await words(() => expect(zeros([2])).to.haveGradient([2, 4]))).to.contain("requiresGrad false");
    await expect(w).to.not.haveGradient([2, 4]);
    w.mul(w).sum().backward();
    await expect(w).to.haveGradient([2, 4], 1e-6);
    plain(await words(() => expect(w).to.haveGradient([2, 5]))).to.contain("worst at [1]: got 4, expected 5");
    const layer = new nn.Linear(2, 1);
    layer(rand([3, 2]))
      .sum()
      .backward();
    await expect(layer.bias).to.haveGradient([3]);
    plain(await words(() => expect(3).to.haveGradient(1))).to.contain("what is compared is no tensor, got 3");
  });

  it("that nobody waits for is a rejection that nobody handles", async () => {
    const handlers = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection");
    const seen: unknown[] = [];
    process.once("unhandledRejection", (reason) => seen.push(reason));
    try {
      void expect([1]).to.be.closeToTensor([2]);
      await words(() => expect([1]).to.be.closeToTensor([3]));
      await new Promise((done) => setTimeout(done, 5));
    } finally {
      process.removeAllListeners("unhandledRejection");
      for (const handler of handlers) process.on("unhandledRejection", handler);
    }
    plain(seen.map((error) => /expected \d/.exec(String(error))?.[0])).to.deep.equal(["expected 2"]);
  });
});
