import { expect } from "chai";
import { defineOp, gradCheck, onHost, tensor, type FloatArray, type Memory } from "../../src";
import { runSample } from "../support/samples";
import { expectClose } from "../support/close";

interface SwishKernels {
  forward(x: Memory, beta: number): Memory;
  backward(dy: Memory, x: Memory, beta: number): Memory;
}
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const loops: SwishKernels = {
  forward: (x: FloatArray, beta) => x.map((v) => v * sigmoid(beta * v)),
  backward: (dy: FloatArray, x: FloatArray, beta) =>
    dy.map((d, i) => {
      const s = sigmoid(beta * x[i]);
      return d * (s + beta * x[i] * s * (1 - s));
    }),
};

/** x * sigmoid(beta * x), as a user would write it. */
const swishWith = (gpu: SwishKernels) =>
  defineOp({
    name: "swish",
    inputNames: ["input"],
    shape: ([x], { beta = 1 }: { beta?: number }) => ({ outShape: x.shape, beta }),
    forward: (kernels: SwishKernels, [x], g) => kernels.forward(x, g.beta),
    backward: (kernels, dy, { inputs: [x], geometry }) => [kernels.backward(dy, x, geometry.beta)],
    kernels: { reference: loops, cpu: loops, gpu },
    samples: [{ inputs: [[2, 3]], options: { beta: 2 } }],
  });
const swish = swishWith(onHost("swish", loops));

describe("an op of one's own", () => {
  it("differentiates", async () => {
    const x = tensor([-1, 0, 2], { dtype: "float64", device: "reference", requiresGrad: true });
    expect((await gradCheck((x) => swish([x], { beta: 2 }), [x])).relError).to.be.below(1e-8);
  });
  for (const [what, op] of [
    ["kernels that onHost made", swish],
    ["the reference's kernels", swishWith(loops)],
  ] as const)
    it(`runs on every device, with ${what} for gpu`, async () => {
      const [sample] = op.definition.samples;
      const truth = await runSample(op, sample, "reference", "float64");
      for (const device of ["cpu", "gpu"] as const) {
        const result = await runSample(op, sample, device, "float32");
        expectClose(result.output, truth.output, 1e-5, device);
        expectClose(result.grads[0], truth.grads[0], 1e-5, device);
      }
    });
});
