import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DeviceName } from "../../src/devices/device";
import * as nn from "../../src/nn";
import * as F from "../../src/nn/functional";
import { fromArray } from "../../src/tensor/create";
import type { Tensor } from "../../src/tensor/tensor";
import { expectClose } from "../support/close";
import { weightsFor } from "../support/samples";

interface Given {
  shape: number[];
  dtype: "float" | "int32";
  data: number[];
}
interface Row {
  loss: keyof typeof layers;
  input: Given;
  target: Given;
  options: Record<string, unknown>;
  shape: number[];
  output: number[];
  gradInput: number[];
  gradTarget: number[] | null;
}
const rows = JSON.parse(readFileSync(join(__dirname, "../../../test/golden/losses.json"), "utf8")) as Row[];

const layers = {
  crossEntropy: nn.CrossEntropyLoss,
  nllLoss: nn.NLLLoss,
  mseLoss: nn.MSELoss,
  klDiv: nn.KLDivLoss,
  binaryCrossEntropyWithLogits: nn.BCEWithLogitsLoss,
  multiMarginLoss: nn.MultiMarginLoss,
  l1Loss: nn.L1Loss,
  smoothL1Loss: nn.SmoothL1Loss,
  huberLoss: nn.HuberLoss,
  binaryCrossEntropy: nn.BCELoss,
};

const places = [
  { device: "reference", dtype: "float64", tolerance: 1e-10 },
  { device: "cpu", dtype: "float32", tolerance: 1e-5 },
  { device: "gpu", dtype: "float32", tolerance: 1e-4 },
] as const;

describe("PyTorch's losses", () => {
  for (const { device, dtype, tolerance } of places)
    describe(`come out on ${device} (${dtype}, ${tolerance})`, () => {
      for (const row of rows)
        it(`${row.loss} ${JSON.stringify(row.input.shape)} ${words(row.options)}`, async () => {
          const typed = (given: Given): Tensor => create(given, device, dtype);
          const options = Object.fromEntries(
            Object.entries(row.options)
              .filter(([name]) => name !== "constantTarget")
              .map(([name, value]) => [name, typeof value === "object" ? typed(value as Given) : value]),
          );
          const [input, target] = [typed(row.input), typed(row.target)];
          input.requiresGrad = true;
          if (row.gradTarget) target.requiresGrad = true;
          const call = F[row.loss] as (input: Tensor, target: Tensor, options: object) => Tensor;
          const result = call(input, target, options);
          expect(result.shape).to.deep.equal(row.shape);
          expectClose(await result.data(), row.output, tolerance, "loss");
          const weights = Array.from(weightsFor(result.numel()));
          result
            .mul(typed({ shape: row.shape, dtype: "float", data: weights }))
            .sum()
            .backward();
          expectClose(await input.grad!.data(), row.gradInput, tolerance, "gradient");
          if (row.gradTarget) expectClose(await target.grad!.data(), row.gradTarget, tolerance, "target's");

          const layer = new layers[row.loss](options);
          expect(await layer(input, target).data()).to.deep.equal(await result.data());
        });
    });
});

/** The options as a test's name shows them. */
function words(options: Record<string, unknown>): string {
  return JSON.stringify(options, (name, value: unknown) => (name.toLowerCase().endsWith("weight") ? "tensor" : value));
}

function create({ shape, dtype, data }: Given, device: DeviceName, float: "float32" | "float64"): Tensor {
  if (dtype === "int32") return fromArray(Int32Array.from(data), shape, { device });
  return fromArray(float === "float64" ? Float64Array.from(data) : Float32Array.from(data), shape, {
    device,
  });
}
