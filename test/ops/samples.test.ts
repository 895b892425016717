import { expect } from "chai";
import { gradCheck } from "../../src/autograd/gradCheck";
import { allOps } from "../../src/ops";
import { expectClose } from "../support/close";
import { isDifferentiable, runSample, sampleInputs } from "../support/samples";
import { windowFunctions } from "../support/windowFunctions";

const everything = [...allOps, ...windowFunctions];

describe("every op", () => {
  it("has samples and a name of its own", () => {
    const names = everything.map((op) => op.definition.name);
    expect(new Set(names).size).to.equal(names.length);
    for (const op of everything) expect(op.definition.samples.length, op.definition.name).to.be.at.least(2);
  });

  describe("agrees with finite differences (float64, relative error under 1e-6)", () => {
    for (const op of everything)
      op.definition.samples.forEach((sample, i) => {
        if (!isDifferentiable(op, sample)) return;
        it(`${op.definition.name} #${i}`, async () => {
          const inputs = sampleInputs(sample, "reference", "float64");
          const check = (h: number) => gradCheck((...xs) => op(xs, sample.options as never), inputs, h);
          // At 1e-5 rounding alone reaches 2e-6 of a tiny gradient, at 1e-4 the third derivative does; a wrong
          // gradient fails at both.
          const results = [await check(1e-5), await check(1e-4)];
          const least = Math.min(...results.map((result) => result.relError));
          expect(least, JSON.stringify(results)).to.be.below(1e-6);
        });
      });
  });

  describe("gives on cpu what reference gives, forward and backward (1e-4)", () => {
    for (const op of everything)
      op.definition.samples.forEach((sample, i) =>
        it(`${op.definition.name} #${i}`, async () => {
          const truth = await runSample(op, sample, "reference", "float64");
          const result = await runSample(op, sample, "cpu", "float32");
          expect(result.shape).to.deep.equal(truth.shape);
          expectClose(result.output, truth.output, 1e-4, "output");
          truth.grads.forEach((grad, g) => expectClose(result.grads[g], grad, 1e-4, `gradient ${g}`));
        }),
      );
  });

  describe("gives on gpu what reference gives, forward and backward (1e-4)", () => {
    for (const op of everything)
      op.definition.samples.forEach((sample, i) =>
        it(`${op.definition.name} #${i}`, async () => {
          const truth = await runSample(op, sample, "reference", "float64");
          const result = await runSample(op, sample, "gpu", "float32");
          expect(result.shape).to.deep.equal(truth.shape);
          expectClose(result.output, truth.output, 1e-4, "output");
          truth.grads.forEach((grad, g) => expectClose(result.grads[g], grad, 1e-4, `gradient ${g}`));
        }),
      );
  });
});
