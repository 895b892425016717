/** Prints the inputs of all op samples, and of the lecture's program, as JSON for make.py. */
import { allOps } from "../../src/ops";
import { describeProgram, lecturePrograms } from "../support/lectureProgram";
import { sampleInputs, weightsFor } from "../support/samples";
import { windowFunctions } from "../support/windowFunctions";

async function main(): Promise<void> {
  const rows = [];
  for (const op of [...allOps, ...windowFunctions])
    for (const [index, sample] of op.definition.samples.entries()) {
      const inputs = sampleInputs(sample, "reference", "float64");
      const output = op(inputs, sample.options as never);
      rows.push({
        op: op.definition.name,
        index,
        differentiable: output.requiresGrad,
        // JSON has no Infinity; a string stands for it.
        options: JSON.parse(
          JSON.stringify(sample.options, (_, value: unknown) => (value === Infinity ? "inf" : value)),
        ) as unknown,
        inputs: await Promise.all(
          inputs.map(async (input) => ({
            shape: input.shape,
            dtype: input.dtype,
            requiresGrad: input.requiresGrad,
            data: Array.from(await input.data()),
          })),
        ),
        weights: Array.from(weightsFor(output.numel())),
      });
    }
  const programs = lecturePrograms.map(describeProgram);
  process.stdout.write(JSON.stringify({ rows, programs }));
}

void main();
