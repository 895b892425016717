/** Rows that `test/golden/makePromotion.py` and `makeSpecial.py` write: inputs, and what PyTorch makes of them. */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { arrayOf, isFloat, type DeviceName, type DType } from "../../src/devices/device";
import { fromArray } from "../../src/tensor/create";
import { Tensor } from "../../src/tensor/tensor";
import { expectClose } from "./close";

/** JSON has neither NaN nor infinity. */
type Plain = number | null | { inf: number };

export interface Given {
  dtype: DType;
  shape: number[];
  data: Plain[];
}

export interface Row {
  name: string;
  inputs: (Given | Plain | boolean)[];
  /** PyTorch refuses; otherwise what follows. */
  error?: string;
  dtype: DType;
  shape: number[];
  output: Plain[];
  grads: (Plain[] | null)[];
}

/** What a row's function gets: tensors, and numbers as they are. */
export type Argument = Tensor | number | boolean;

export const readRows = (file: string): Row[] =>
  JSON.parse(readFileSync(join(__dirname, "../../../test/golden", file), "utf8")) as Row[];

const numberOf = (value: Plain): number =>
  value === null ? NaN : typeof value === "object" ? value.inf * Infinity : value;

const isGiven = (input: Given | Plain | boolean): input is Given =>
  typeof input === "object" && input !== null && "data" in input;

export const titleOf = ({ name, inputs }: Row): string =>
  `${name} ${inputs.map((input) => (isGiven(input) ? `${input.dtype}[${input.shape.join()}] ${JSON.stringify(input.data)}` : JSON.stringify(input))).join(", ")}`;

function make(input: Given | Plain | boolean, device: DeviceName): Argument {
  if (typeof input === "boolean") return input;
  if (!isGiven(input)) return numberOf(input);
  const { dtype, shape, data } = input;
  return fromArray(new arrayOf[dtype](data.map(numberOf)), shape, { device, requiresGrad: isFloat(dtype) });
}

/** Runs a row on a device and compares: the numbers, where NaN and infinities are, and the gradients of their sum. */
export async function expectRow(
  row: Row,
  device: DeviceName,
  call: (row: Row, inputs: Argument[]) => Tensor,
): Promise<void> {
  const inputs = row.inputs.map((input) => make(input, device));
  if (row.error !== undefined) {
    expect(() => call(row, inputs), row.error).to.throw(/\. (Use|Convert|Multiply|A scalar) /);
    return;
  }
  const result = call(row, inputs);
  expect(result.dtype).to.equal(row.dtype);
  expect(result.shape).to.deep.equal(row.shape);
  expectSame(Array.from(await result.data()), row.output.map(numberOf), "output");
  if (!row.grads.some(Boolean)) return;
  result.sum().backward();
  for (const [i, input] of inputs.entries()) {
    const wanted = row.grads[i];
    if (!(input instanceof Tensor) || !wanted) continue;
    const got = input.grad ? Array.from(await input.grad.data()) : new Array<number>(wanted.length).fill(0);
    expectSame(got, wanted.map(numberOf), `gradient ${i}`);
  }
}

function expectSame(actual: number[], expected: number[], what: string): void {
  const special = (values: number[]): number[] => values.map((value) => (Number.isFinite(value) ? 0 : value));
  const finite = (values: number[]): number[] => values.map((value) => (Number.isFinite(value) ? value : 0));
  expect(special(actual), what).to.deep.equal(special(expected));
  expectClose(finite(actual), finite(expected), 1e-5, what);
  // A number near 0 must not be lost either, down to the smallest normal float; those above may be a rounded 0.
  expected.forEach((value, i) => {
    if (Math.abs(value) > 1.2e-38 && Math.abs(value) < 1e-9)
      expect(actual[i] / value, `${what} ${i}, ${value}`).to.be.closeTo(1, 1e-4);
  });
}
