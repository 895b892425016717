import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { arrayOf, type DeviceName, type DType } from "../../src/devices/device";
import { DTypeError } from "../../src/errors";
import { where } from "../../src/ops";
import { fromArray } from "../../src/tensor/create";
import { Tensor, type Operand } from "../../src/tensor/tensor";
import { expectClose } from "../support/close";

interface Given {
  dtype: DType;
  shape: number[];
  data: number[];
}
/** JSON has neither NaN nor infinity. */
type Plain = number | null | { inf: number };
interface Row {
  name: string;
  inputs: (Given | number | boolean)[];
  error?: string;
  dtype: DType;
  shape: number[];
  output: Plain[];
  grads: (Plain[] | null)[];
}

const file = join(__dirname, "../../../test/golden/promotion.json");
const rows = JSON.parse(readFileSync(file, "utf8")) as Row[];
const numbers = (values: Plain[]): number[] =>
  values.map((value) => (value === null ? NaN : typeof value === "object" ? value.inf * Infinity : value));
const mask = (device: DeviceName): Tensor => fromArray(Uint8Array.of(1, 0, 0, 1), [4], { device });

/** `add` of two inputs, `pow(2)` of one. */
function call({ name }: Row, inputs: (Tensor | number | boolean)[]): Tensor {
  const [x, y] = inputs as [Tensor, Operand];
  const [method, words] = name.replace(")", "").split("(");
  const options = words?.split(",").map(Number) ?? [];
  if (method === "where") return where(mask(x.device), x, y);
  if (method === "cat" || method === "stack") return Tensor[method](inputs as Tensor[]);
  if (method === "maskedFill") return x.maskedFill(mask(x.device), options[0]);
  const run = x[method as "add"] as (...args: unknown[]) => Tensor;
  return run.call(x, ...(inputs.length > 1 ? [y] : options));
}

const isGiven = (input: Given | number | boolean): input is Given => typeof input === "object";
const text = ({ name, inputs }: Row): string =>
  `${name} ${inputs.map((input) => (isGiven(input) ? `${input.dtype}[${input.shape.join()}]` : input)).join(", ")}`;

function make({ dtype, shape, data }: Given, device: DeviceName): Tensor {
  const tensor = fromArray(new arrayOf[dtype](data), shape, { device });
  tensor.requiresGrad = dtype.startsWith("float");
  return tensor;
}

describe("PyTorch's promotion of dtypes", () => {
  it("covers every pair", () => expect(rows.length).to.be.greaterThan(1000));

  for (const device of ["reference", "cpu", "gpu"] as const)
    describe(`comes out on ${device}`, () => {
      for (const row of rows) {
        if (device !== "reference" && JSON.stringify(row).includes("float64")) continue;
        it(text(row), async () => {
          const inputs = row.inputs.map((input) => (isGiven(input) ? make(input, device) : input));
          if (row.error !== undefined) {
            expect(() => call(row, inputs)).to.throw(DTypeError, /Use|Convert/);
            return;
          }
          const result = call(row, inputs);
          expect(result.dtype).to.equal(row.dtype);
          expect(result.shape).to.deep.equal(row.shape);
          expectSame(Array.from(await result.data()), numbers(row.output), "output");
          if (!row.grads.some(Boolean)) return;
          result.sum().backward();
          for (const [i, input] of inputs.entries()) {
            const wanted = row.grads[i];
            if (!(input instanceof Tensor) || !input.requiresGrad) continue;
            const got = input.grad ? Array.from(await input.grad.data()) : null;
            if (wanted)
              expectSame(got ?? new Array<number>(wanted.length).fill(0), numbers(wanted), `gradient ${i}`);
          }
        });
      }
    });
});

function expectSame(actual: number[], expected: number[], what: string): void {
  const isSpecial = (value: number): boolean => !Number.isFinite(value);
  const special = (values: number[]): number[] => values.map((value) => (isSpecial(value) ? value : 0));
  const finite = (values: number[]): number[] => values.map((value) => (isSpecial(value) ? 0 : value));
  expect(special(actual), what).to.deep.equal(special(expected));
  expectClose(finite(actual), finite(expected), 1e-5, what);
}
