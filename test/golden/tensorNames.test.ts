import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as receptive from "../../src";
import { fromArray, Tensor, type DeviceName, type DType } from "../../src";
import { arrayOf, isFloat } from "../../src/devices/device";
import { expectClose } from "../support/close";

type Plain = number | null | { inf: number };
interface Given {
  dtype: DType;
  shape: number[];
  data: Plain[];
}
interface Row {
  ours: string;
  theirs: string;
  inputs: Given[];
  outputs: Given[];
  grads: (Plain[] | null)[];
}

const file = join(__dirname, "../../../test/golden/tensorNames.json");
const rows = JSON.parse(readFileSync(file, "utf8")) as Row[];
const numberOf = (value: Plain): number =>
  value === null ? NaN : typeof value === "object" ? value.inf * Infinity : value;

const AsyncFunction = Object.getPrototypeOf(async () => Promise.resolve()) as {
  constructor: new (...words: string[]) => (...values: unknown[]) => Promise<unknown>;
};

const devices = [
  { device: "reference", float: "float64", tolerance: 1e-10 },
  { device: "cpu", float: "float32", tolerance: 1e-5 },
  { device: "gpu", float: "float32", tolerance: 1e-5 },
] as const;

/** What the expressions of the file call: tensors of each kind, by one letter. */
function helpers(device: DeviceName, float: DType): Record<string, unknown> {
  const make = (dtype: DType) => (numbers: receptive.NestedNumbers) => receptive.tensor(numbers, { dtype, device });
  const t = (truth: boolean): Tensor => receptive.tensor(truth, { dtype: "bool", device });
  return { i: make("int32"), b: make("bool"), f: make(float), t };
}

/** One tensor, a list of them, or { values, indices }. */
function listOf(result: unknown): Tensor[] {
  if (result instanceof Tensor) return [result];
  return Array.isArray(result)
    ? (result as Tensor[])
    : [(result as receptive.ValuesAndIndices).values, (result as receptive.ValuesAndIndices).indices];
}

describe("methods of tensors give what PyTorch's give", () => {
  for (const { device, float, tolerance } of devices)
    describe(`on ${device}`, () => {
      for (const { ours, theirs, inputs, outputs, grads } of rows)
        it(`${theirs} is ${ours} of ${inputs.map(({ dtype, shape }) => `${dtype}[${shape.join()}]`).join(", ")}`, async () => {
          const typed = (dtype: DType): DType => (dtype === "float64" ? float : dtype);
          const tensors = inputs.map(({ dtype, shape, data }) =>
            fromArray(new arrayOf[typed(dtype)](data.map(numberOf)), shape, {
              device,
              requiresGrad: isFloat(dtype),
            }),
          );
          const names: Record<string, unknown> = { ...receptive, ...helpers(device, float) };
          const run = new AsyncFunction.constructor("x", "y", "z", ...Object.keys(names), `return ${ours}`);
          const [x, y, z] = tensors;
          const found = listOf(await run(x, y, z, ...Object.values(names)));
          expect(found.length).to.equal(outputs.length);
          for (const [n, wanted] of outputs.entries()) {
            expect(found[n].shape, "shape").to.deep.equal(wanted.shape);
            expect(found[n].dtype, "dtype").to.equal(typed(wanted.dtype));
            expectNumbers(await found[n].data(), wanted.data, tolerance, `output ${n}`);
          }
          const weighted = found.filter((each) => each.requiresGrad).map((each) => each.mul(weightsOf(each)).sum());
          if (weighted.length > 0) weighted.reduce((a, b) => a.add(b)).backward();
          for (const [n, grad] of grads.entries()) {
            const got = tensors[n].grad;
            expect(got === null, "no gradient").to.equal(grad === null);
            if (got && grad) expectNumbers(await got.data(), grad, tolerance, `gradient ${n}`);
          }
        });
    });
});

function weightsOf(x: Tensor): Tensor {
  const numbers = Array.from({ length: x.numel() }, (_, i) => (((i * 7) % 11) - 5) / 4);
  return fromArray(new arrayOf[x.dtype](numbers), x.shape, { device: x.device });
}

function expectNumbers(got: ArrayLike<number>, wanted: Plain[], tolerance: number, what: string): void {
  const right = wanted.map(numberOf);
  const special = (value: number): number => (Number.isFinite(value) ? 0 : value);
  expect(Array.from(got, special), what).to.deep.equal(right.map(special));
  const finite = (value: number): number => (Number.isFinite(value) ? value : 0);
  expectClose(Array.from(got, finite), right.map(finite), tolerance, what);
}
