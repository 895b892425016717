import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as F from "../../src/nn/functional";
import type { ReduceOptions } from "../../src/ops";
import { eye, fromArray, linspace } from "../../src/tensor/create";
import { Tensor } from "../../src/tensor/tensor";
import { expectClose } from "../support/close";
import { weightsFor } from "../support/samples";

interface Golden {
  name: string;
  options: Record<string, number> & ReduceOptions & { dims: number[] };
  inputs: { shape: number[]; data: number[]; grad: number[] }[];
  shape: number[];
  output: number[];
}
const read = (name: string): unknown => JSON.parse(readFileSync(join(__dirname, "../../../test/golden", name), "utf8"));
const goldens = read("composed.json") as Golden[];
const nearest = read("nearest.json") as {
  length: number;
  options: { size?: number; scaleFactor?: number };
  shown: number[];
}[];

/** Our words for each name in make.py's COMPOSED. */
const functions: Record<string, (inputs: Tensor[], options: Golden["options"]) => Tensor> = {
  var: ([x], { dim, ...options }) => x.var(dim, options),
  std: ([x], { dim, ...options }) => x.std(dim, options),
  flip: ([x], { dims }) => x.flip(dims),
  matmul: ([a, b]) => a.matmul(b),
  stack: (inputs, { dim }) => Tensor.stack(inputs, dim),
  linspace: (_, { start, end, steps }) => linspace(start, end, steps, onReference),
  eye: (_, { n, m }) => eye(n, m, onReference),
};
const onReference = { dtype: "float64", device: "reference" } as const;

describe("ops composed of others give PyTorch's numbers (float64, 1e-10)", () => {
  for (const golden of goldens)
    it(`${golden.name} ${JSON.stringify(golden.options)}`, async () => {
      const inputs = golden.inputs.map(({ shape, data }) => {
        const input = fromArray(Float64Array.from(data), shape);
        input.requiresGrad = true;
        return input;
      });
      const output = functions[golden.name](inputs, golden.options);
      expect(output.shape).to.deep.equal(golden.shape);
      expectClose(await output.data(), golden.output, 1e-10, "output");
      if (inputs.length === 0) return;
      const weights = fromArray(weightsFor(output.numel()), output.shape);
      output.mul(weights).sum().backward();
      for (const [i, { grad }] of golden.inputs.entries())
        expectClose((await inputs[i].grad?.data()) ?? null, grad, 1e-10, `gradient ${i}`);
    });
});

describe("interpolate shows the pixels that PyTorch shows", () => {
  for (const { length, options, shown } of nearest)
    it(`${length} pixels, ${JSON.stringify(options)}`, async () => {
      const row = fromArray(
        Float32Array.from({ length }, (_, i) => i),
        [1, 1, 1, length],
      );
      const { size, scaleFactor = 1 } = options;
      const result = F.interpolate(row, size ? { size: [1, size] } : { scaleFactor: [1, scaleFactor] });
      expect(Array.from(await result.data())).to.deep.equal(shown);
    });
});
