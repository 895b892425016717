import { expect } from "chai";
import { getNumThreads, setNumThreads } from "../../src/devices/cpu/threads";
import * as F from "../../src/nn/functional";
import { fromArray, tensor } from "../../src/tensor/create";
import type { Tensor } from "../../src/tensor/tensor";
import { expectClose } from "../support/close";
import { cutCases, runCut } from "../support/cutCases";

describe("the kernels of device cpu", () => {
  const threads = getNumThreads();
  after(() => setNumThreads(threads));

  for (const [name, each] of Object.entries(cutCases))
    it(`${name}: as reference, with 1 and 2 threads bit for bit alike`, async () => {
      const truth = await runCut(each, "reference");
      setNumThreads(1);
      const one = await runCut(each, "cpu");
      setNumThreads(2);
      const two = await runCut(each, "cpu");
      truth.forEach((numbers, i) => expectClose(one[i], numbers, 1e-4, i ? `gradient ${i - 1}` : "output"));
      expect(two).to.deep.equal(one);
    });

  const special = [NaN, Infinity, -Infinity, 0, 1e30, -1e30];
  for (const [name, f] of Object.entries({ exp: Math.exp, tanh: Math.tanh, sqrt: Math.sqrt, abs: Math.abs }))
    it(`${name} of what is no ordinary number`, async () => {
      const y = await tensor(special)[name as "exp" | "tanh" | "sqrt" | "abs"]().data();
      expect([...y]).to.deep.equal(special.map((x) => Math.fround(f(Math.fround(x)))));
    });

  it("exp is within 1e-6 of itself from the smallest to the largest float", async () => {
    const x = Float32Array.from({ length: 200001 }, (_, i) => -87 + (175.7 * i) / 200000);
    const y = await fromArray(x, [x.length]).exp().data();
    const worst = x.reduce((most, each, i) => Math.max(most, Math.abs(y[i] / Math.exp(each) - 1)), 0);
    expect(worst).to.be.below(1e-6);
    expect([...(await tensor([88.8, -103, -105]).exp().data())]).to.deep.equal([
      Infinity,
      Math.fround(Math.exp(-103)),
      0,
    ]);
  });

  it("keeps what is small near 0", async () => {
    const small = [1e-4, -1e-4, 1e-20, -1e-20];
    const tanh = await tensor(small).tanh().data();
    const elu = await F.elu(tensor(small)).data();
    small.forEach((x, i) => {
      expect(tanh[i] / Math.tanh(x)).to.be.closeTo(1, 1e-6);
      expect(elu[i] / (x > 0 ? x : Math.expm1(x))).to.be.closeTo(1, 1e-6);
    });
  });

  it("NaN wins in maxima, wherever it stands, and comes out of softmax and sums", async () => {
    for (let at = 0; at < 24; at++) {
      const x = Float32Array.from({ length: 24 }, (_, i) => (i === at ? NaN : i));
      const row = fromArray(x, [1, 24]);
      expect([...(await row.argmax(1).data())], `argmax ${at}`).to.deep.equal([at]);
      expect([...(await row.min(1).data())], `min ${at}`).to.deep.equal([NaN]);
      expect([...(await F.softmax(row, 1).data())].every(Number.isNaN), `softmax ${at}`).to.equal(true);
      const image = fromArray(x, [1, 1, 2, 12]);
      for (const kernelSize of [2, [2, 3]] as const) {
        const y = [...(await F.maxPool2d(image, kernelSize, { stride: [2, 2] }).data())];
        expect(y.some(Number.isNaN), `maxPool2d ${at} ${String(kernelSize)}`).to.equal(
          kernelSize === 2 || at % 12 < 11,
        );
      }
    }
  });

  it("the first of equal numbers wins", async () => {
    const same = tensor(new Array<number>(23).fill(3));
    expect(await same.argmax().data()).to.deep.equal(new Int32Array(1));
    const x = fromArray(new Float32Array(2 * 12).fill(1), [1, 1, 2, 12], { requiresGrad: true });
    F.maxPool2d(x, 2).sum().backward();
    const grad = await (x.grad as Tensor).data();
    expect([...grad]).to.deep.equal(Array.from({ length: 24 }, (_, i) => (i < 12 && i % 2 === 0 ? 1 : 0)));
  });

  it("batchNorm finds a small variance beside a large mean", async () => {
    const x = Float32Array.from({ length: 4096 }, (_, i) => 10000 + (i % 2) / 8);
    const y = await F.batchNorm(fromArray(x, [2, 1, 2048]), null, null, { training: true, eps: 0 }).data();
    expectClose(
      y,
      Float32Array.from({ length: 4096 }, (_, i) => (i % 2 ? 1 : -1)),
      1e-5,
      "output",
    );
  });
});
