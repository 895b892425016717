import { expect } from "chai";
import "../../src/ops";
import { DeviceError, DTypeError } from "../../src/errors";
import { where } from "../../src/ops";
import { arange, fromArray, full, linspace, ones, rand, tensor, zeros } from "../../src/tensor/create";
import type { Tensor } from "../../src/tensor/tensor";

const devices = ["reference", "cpu", "gpu"] as const;
const int32 = { dtype: "int32" } as const;

/** The error of a computation, at once or when its result is read. */
async function failure(compute: () => Tensor): Promise<unknown> {
  try {
    await compute().data();
  } catch (error) {
    return error;
  }
  return null;
}

describe("dtypes", () => {
  for (const device of devices) {
    const on = (numbers: number[], options: { dtype?: "int32" | "bool"; requiresGrad?: boolean } = {}): Tensor =>
      tensor(numbers, { device, ...options });

    describe(`on ${device}`, () => {
      it("change by name, by to() and not at all", async () => {
        const x = on([-1.7, 0, 2.5]);
        expect(await x.int().data()).to.deep.equal(Int32Array.of(-1, 0, 2));
        expect(await x.bool().data()).to.deep.equal(Uint8Array.of(1, 0, 1));
        expect(await x.int().float().data()).to.deep.equal(Float32Array.of(-1, 0, 2));
        expect(await x.bool().int().data()).to.deep.equal(Int32Array.of(1, 0, 1));
        expect(x.to({ device, dtype: "int32" }).dtype).to.equal("int32");
        expect(x.to("bool").device).to.equal(device);
        expect(x.float()).to.equal(x);
        expect(x.to({})).to.equal(x);
      });

      it("a bool is whether a number is other than 0, wherever it is made", async () => {
        const truths = Uint8Array.of(1, 0, 1, 1, 1);
        const numbers = [256, 0, 0.5, -1, NaN];
        expect(await on(numbers, { dtype: "bool" }).data()).to.deep.equal(truths);
        expect(await on(numbers).bool().data()).to.deep.equal(truths);
        const bytes = fromArray(Uint8Array.of(255, 0, 1, 2, 128), [5], { device });
        expect(await bytes.data()).to.deep.equal(truths);
        expect(await bytes.sum().item()).to.equal(4);
        expect(await full([2], 256, { dtype: "bool", device }).data()).to.deep.equal(Uint8Array.of(1, 1));
        expect(await arange(0, 600, 256, { dtype: "bool", device }).data()).to.deep.equal(Uint8Array.of(0, 1, 1));
      });

      it("integers meet fractions as floats, and are compared with them exactly", async () => {
        const x = on([-1, 1, 2], int32);
        expect(await x.eq(1.5).data()).to.deep.equal(Uint8Array.of(0, 0, 0));
        expect(await x.gt(-1.5).data()).to.deep.equal(Uint8Array.of(1, 1, 1));
        expect(await x.lt(1.0000001).data()).to.deep.equal(Uint8Array.of(1, 1, 0));
        expect(await x.add(0.5).data()).to.deep.equal(Float32Array.of(-0.5, 1.5, 2.5));
        expect(await x.mul(2).data()).to.deep.equal(Int32Array.of(-2, 2, 4));
        expect(await x.div(2).data()).to.deep.equal(Float32Array.of(-0.5, 0.5, 1));
        expect(await x.eq(on([-1, 1.5, 2])).data()).to.deep.equal(Uint8Array.of(1, 0, 1));
      });

      it("large integers stay exact", async () => {
        const large = on([2 ** 24 + 1, 2 ** 24], int32);
        const numbers = [2 ** 24 + 1, 2 ** 24];
        expect(await large.eq(on([2 ** 24, 2 ** 24], int32)).data()).to.deep.equal(Uint8Array.of(0, 1));
        expect(
          await large
            .add(0)
            .eq(2 ** 24)
            .data(),
        ).to.deep.equal(Uint8Array.of(0, 1));
        expect(Array.from(await large.sub(1).add(1).maximum(0).data())).to.deep.equal(numbers);
        expect(Array.from(await large.flip(0).flip(0).data())).to.deep.equal(numbers);
        expect(await large.max().item()).to.equal(2 ** 24 + 1);
        expect(Array.from(await where(on([1, 1], { dtype: "bool" }), large, 0).data())).to.deep.equal(numbers);
        for (const [method, truth] of Object.entries({ eq: 0, ne: 1, lt: 1, le: 1, gt: 0, ge: 0 })) {
          const compared = large[method as "eq"](2 ** 31);
          expect(await compared.data(), method).to.deep.equal(Uint8Array.of(truth, truth));
        }
      });

      it("what leaves int32 is an error that names float()", async () => {
        const most = on([2 ** 31 - 1, 1], int32);
        const wide = ones([4], { device })
          .mul(2 ** 30)
          .int();
        for (const compute of [
          () => most.sum(),
          () => most.add(1),
          () => most.mul(most),
          () => most.neg().sub(2),
          () => most.square(),
          () => most.pow(2),
          () => wide.sum(0),
          () => wide.view(2, 2).sum([0, 1]),
        ]) {
          const error = await failure(compute);
          expect(error, String(compute)).to.be.instanceOf(DTypeError);
          expect((error as Error).message).to.match(
            /^(sum|add|mul|sub|square|pow): -?\d+(e\+\d+)? is no int32, which holds -2147483648 to 2147483647\. There is no int64: use x\.float\(\) first\.$/,
          );
        }
        expect(await most.float().sum().item()).to.equal(2 ** 31);
        expect(
          await on([2 ** 31 - 1, 1, -1, -1], int32)
            .view(2, 2)
            .sum([0, 1])
            .item(),
        ).to.equal(2 ** 31 - 2);
        expect(await failure(() => on([3e9]).int())).to.be.instanceOf(DTypeError);
        expect(await failure(() => on([NaN]).int())).to.be.instanceOf(DTypeError);
        expect(() => most.add(2 ** 31)).to.throw(DTypeError, "add: 2147483648 is no int32");
      });

      it("gradients flow through masks, casts of floats, where and maskedFill, and not into integers", async () => {
        const x = on([-1, 2, 3], { requiresGrad: true });
        const labels = on([1, 0, 2], int32);
        x.mul(x.gt(0)).mul(labels.add(1)).sum().backward();
        expect(await x.grad?.data()).to.deep.equal(Float32Array.of(0, 1, 3));
        expect(labels.requiresGrad).to.equal(false);
        expect(x.int().requiresGrad).to.equal(false);

        const a = on([1, 2, 3, 4], { requiresGrad: true });
        const row = on([10], { requiresGrad: true });
        const mask = on([1, 0, 0, 1], { dtype: "bool" });
        const grid = where(mask.view(2, 2), a.view(2, 2), row);
        expect(await grid.data()).to.deep.equal(Float32Array.of(1, 10, 10, 4));
        grid
          .mul(on([1, 2, 3, 4]).view(2, 2))
          .sum()
          .backward();
        expect(await a.grad?.data()).to.deep.equal(Float32Array.of(1, 0, 0, 4));
        expect(await row.grad?.data()).to.deep.equal(Float32Array.of(5));

        const b = on([1, 2, 3, 4], { requiresGrad: true });
        const filled = b.view(2, 2).maskedFill(on([1, 0], { dtype: "bool" }), -1);
        expect(await filled.data()).to.deep.equal(Float32Array.of(-1, 2, -1, 4));
        filled.sum().backward();
        expect(await b.grad?.data()).to.deep.equal(Float32Array.of(0, 1, 0, 1));
      });

      it("an accuracy reads as in PyTorch", async () => {
        const scores = tensor(
          [
            [1, 2],
            [3, 1],
            [0, 1],
          ],
          { device },
        );
        const labels = on([1, 0, 0], int32);
        expect(await scores.argmax(1).eq(labels).float().mean().item()).to.be.closeTo(2 / 3, 1e-6);
        expect(await scores.argmax(1).eq(labels).sum().item()).to.equal(2);
      });
    });
  }

  it("float64 lives on reference, and a tensor may move and change at once", () => {
    const x = zeros([2]);
    expect(x.to({ device: "reference", dtype: "float64" }).dtype).to.equal("float64");
    expect(x.to("reference").double().to({ device: "cpu", dtype: "float32" }).device).to.equal("cpu");
    expect(() => x.double()).to.throw(DTypeError, 'to: device "cpu" holds float32, int32, bool, not float64.');
    expect(() => x.to("int64" as "int32")).to.throw(DTypeError, 'dtype: there is no dtype "int64".');
    expect(() => x.to("cuda" as "cpu")).to.throw(DeviceError, 'device: there is no device "cuda".');
    expect(() => x.to({ type: "int32" } as object)).to.throw(TypeError, "to: there is no option");
  });

  it("fractions are not drawn as integers, nor cut where PyTorch refuses", () => {
    expect(() => rand([2], int32)).to.throw(DTypeError, "rand: draws fractions, which int32 does not hold.");
    expect(() => tensor([2 ** 31], int32)).to.throw(DTypeError, "tensor: 2147483648 is no int32");
    expect(() => linspace(0, 2 ** 32, 3, int32)).to.throw(DTypeError, "linspace: 2147483648 is no int32");
    expect(() => tensor([1], int32).pow(-1)).to.throw(DTypeError, "pow: whole numbers have no negative powers");
  });

  it("a mask must be bool", () => {
    const x = zeros([2]);
    expect(() => where(x, 1, 0)).to.throw(
      DTypeError,
      "where: condition must be bool, got float32 (condition [2]). Compare, as in x.gt(0), or convert it with .bool().",
    );
    expect(() => x.maskedFill(x.int(), 0)).to.throw(DTypeError, "maskedFill: mask must be bool, got int32");
  });
});
