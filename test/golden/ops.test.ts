import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { allOps } from "../../src/ops";
import { expectClose } from "../support/close";
import { runSample, type RunResult } from "../support/samples";
import { windowFunctions } from "../support/windowFunctions";

type Golden = RunResult & { index: number };

// Tests run from dist/test/golden; the numbers are beside the sources.
const folder = join(__dirname, "../../../test/golden/ops");
const goldens = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .flatMap((name) =>
    (JSON.parse(readFileSync(join(folder, name), "utf8")) as Golden[]).map((row) => ({
      ...row,
      op: name.replace(".json", ""),
    })),
  );

const everything = [...allOps, ...windowFunctions];

describe("PyTorch's numbers", () => {
  it("exist for every sample of every op", () => {
    const wanted = everything.flatMap((op) => op.definition.samples.map((_, i) => `${op.definition.name} #${i}`));
    expect(goldens.map((golden) => `${golden.op} #${golden.index}`)).to.have.members(wanted);
  });

  const settings = [
    { device: "reference", dtype: "float64", tolerance: 1e-10 },
    { device: "cpu", dtype: "float32", tolerance: 1e-5 },
    { device: "gpu", dtype: "float32", tolerance: 1e-5 },
  ] as const;
  for (const { device, dtype, tolerance } of settings)
    describe(`come out on ${device} (${dtype}, ${tolerance})`, () => {
      for (const golden of goldens)
        it(`${golden.op} #${golden.index}`, async () => {
          const op = everything.find((candidate) => candidate.definition.name === golden.op);
          if (!op) throw new Error(`no op ${golden.op}`);
          const result = await runSample(op, op.definition.samples[golden.index], device, dtype);
          expect(result.shape).to.deep.equal(golden.shape);
          expectClose(result.output, golden.output, tolerance, "output");
          golden.grads.forEach((grad, g) => expectClose(result.grads[g], grad, tolerance, `gradient ${g}`));
        });
    });
});
