import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as F from "../../src/nn/functional";
import { fromArray, tensor } from "../../src/tensor/create";
import type { Tensor } from "../../src/tensor/tensor";

type Words = (number | "inf" | "-inf" | "nan")[];
const goldens = JSON.parse(readFileSync(join(__dirname, "../../../test/golden/activations.json"), "utf8")) as {
  points: Words;
  functions: { name: string; output: Words; grad: Words }[];
};
const numbersOf = (words: Words): number[] =>
  words.map((word) => (word === "nan" ? NaN : word === "inf" ? Infinity : word === "-inf" ? -Infinity : word));
const points = numbersOf(goldens.points);

/** Our words for each name in makeActivations.py's FUNCTIONS. */
const functions: Record<string, (x: Tensor) => Tensor> = {
  relu6: F.relu6,
  silu: F.silu,
  hardswish: F.hardswish,
  hardsigmoid: F.hardsigmoid,
  hardtanh: (x) => F.hardtanh(x, { minVal: -1, maxVal: 3 }),
  selu: F.selu,
  mish: F.mish,
  celu: (x) => F.celu(x, { alpha: 2 }),
  softsign: F.softsign,
  threshold: (x) => F.threshold(x, 1, -5),
  prelu: (x) => F.prelu(x, tensor([0.25], { device: x.device })),
};

/** Equal infinities and NaN; other numbers to 2e-6 of their size, as exp4 is. */
function expectSame(actual: ArrayLike<number>, expected: readonly number[], what: string): void {
  expected.forEach((value, i) => {
    const place = `${what} at ${points[i]}`;
    if (Number.isNaN(value)) expect(actual[i], place).to.be.NaN;
    else if (Math.abs(value) === Infinity) expect(actual[i], place).to.equal(value);
    else expect(actual[i], place).to.be.closeTo(value, 2e-6 * Math.abs(value) + 1e-10);
  });
}

describe("activations are PyTorch's at corners, far out, at infinities and NaN", () => {
  for (const device of ["reference", "cpu", "gpu"] as const)
    for (const { name, output, grad } of goldens.functions)
      it(`${name} on ${device}`, async () => {
        const x = fromArray(Float32Array.from(points), [points.length], { device, requiresGrad: true });
        const y = functions[name](x);
        expectSame(await y.data(), numbersOf(output), "output");
        y.sum().backward();
        expectSame(await x.grad!.data(), numbersOf(grad), "gradient");
      });
});
