import { expect } from "chai";
import type { DeviceName } from "../../src/devices/device";
import { where } from "../../src/ops";
import { fromArray } from "../../src/tensor/create";
import { Tensor, type Operand } from "../../src/tensor/tensor";
import { expectRow, readRows, titleOf, type Argument, type Row } from "../support/goldenRows";

const rows = readRows("promotion.json");
const mask = (device: DeviceName): Tensor => fromArray(Uint8Array.of(1, 0, 0, 1), [4], { device });

/** `add` of two inputs, `pow(2)` of one. */
function call({ name }: Row, inputs: Argument[]): Tensor {
  const [x, y] = inputs as [Tensor, Operand];
  const [method, words] = name.replace(")", "").split("(");
  const options = words?.split(",").map(Number) ?? [];
  if (method === "where") return where(mask(x.device), x, y);
  if (method === "cat" || method === "stack") return Tensor[method](inputs as Tensor[]);
  if (method === "maskedFill") return x.maskedFill(mask(x.device), options[0]);
  const run = x[method as "add"] as (...args: unknown[]) => Tensor;
  return run.call(x, ...(inputs.length > 1 ? [y] : options));
}

describe("PyTorch's promotion of dtypes", () => {
  it("covers every pair", () => expect(rows.length).to.be.greaterThan(1000));

  for (const device of ["reference", "cpu", "gpu"] as const)
    describe(`comes out on ${device}`, () => {
      for (const row of rows)
        if (device === "reference" || !JSON.stringify(row).includes("float64"))
          it(titleOf(row), () => expectRow(row, device, call));
    });
});
