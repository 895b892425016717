import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DeviceName } from "../../src/devices/device";
import * as interpret from "../../src/interpret";
import type { Module } from "../../src/nn";
import { Random, withRandom } from "../../src/tensor/random";
import { sizeOf } from "../../src/tensor/shape";
import type { Tensor } from "../../src/tensor/tensor";
import { black, images, networkOf, NOISE, SHAPE, type kinds } from "../interpret/networks";
import { hashed } from "../models/hashed";

interface Row {
  /** The network. */
  index: keyof typeof kinds;
  method: Method;
  options: Record<string, unknown> & { target: number | number[] };
  shape: number[];
  data: number[];
}
type Method = Exclude<keyof typeof interpret, "topPatches" | "featureVisualization" | "randomized">;
const rows = JSON.parse(readFileSync(join(__dirname, "../../../test/golden/interpret.json"), "utf8")) as Row[];

/** Draws the noise that Captum was given, before it is scaled. */
class StoredNoise extends Random {
  private readonly numbers: Float64Array;
  private drawn = 0;
  constructor(samples: number) {
    super(0);
    this.numbers = hashed(samples * sizeOf(SHAPE), NOISE);
  }
  override normal(): number {
    return this.numbers[this.drawn++];
  }
}

function attribution({ method, options }: Row, net: Module, x: Tensor): Tensor {
  const call = interpret[method] as (net: Module, x: Tensor, options: object) => Tensor;
  const given = options.baseline === "image" ? { ...options, baseline: black() } : options;
  return withRandom(new StoredNoise((options.samples as number | undefined) ?? 0), () => call(net, x, given));
}

/** The largest difference, as a share of the largest number. NaN stays. */
function shareOff(actual: ArrayLike<number>, expected: readonly number[]): number {
  expect(actual.length).to.equal(expected.length);
  const largest = Math.max(...expected.map(Math.abs));
  expect(largest).to.be.above(0);
  return expected.reduce((worst, value, i) => Math.max(worst, Math.abs(actual[i] - value) / largest), 0);
}

describe("Captum's attributions come out", () => {
  const devices: DeviceName[] = ["reference", "cpu", "gpu"];
  for (const device of devices)
    describe(`on ${device} (1e-5 of the largest)`, () => {
      for (const row of rows)
        it(`${row.index}: ${row.method} ${JSON.stringify(row.options)}`, async () => {
          const net = networkOf(row.index).to(device);
          const result = attribution(row, net, images());
          expect(result.shape).to.deep.equal(row.shape);
          expect(result.device).to.equal(device);
          expect(result.requiresGrad).to.equal(false);
          expect(shareOff(await result.data(), row.data)).to.be.at.most(1e-5);
        });
    });

  it("and every method of Captum's is among them, for each network", () => {
    for (const name of ["shortcut", "functional", "norm"])
      expect(new Set(rows.filter(({ index }) => index === name).map(({ method }) => method)).size, name).to.equal(8);
  });
});
