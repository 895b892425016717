import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as transforms from "../../src/data/transforms";
import type { Interpolation } from "../../src/data/transforms";
import "../../src/devices";
import { fromArray } from "../../src/tensor/create";
import { expectClose } from "../support/close";

interface Numbers {
  shape: number[];
  input: number[];
  output: number[];
}
interface Resized extends Numbers {
  kind: "resize";
  size: [number, number];
}
interface Moved extends Numbers {
  kind: "affine";
  angle: number;
  translate: [number, number];
  scale: number;
  mode: Interpolation;
}

/** RandomAffine with a draw that is given instead of drawn. */
class Affine extends transforms.RandomAffine {
  constructor(readonly given: Moved) {
    super(0, { interpolation: given.mode });
  }
  protected override draw(): transforms.AffineDraw {
    return this.given;
  }
}

// Made by transforms.py beside the sources.
const file = join(__dirname, "../../../test/golden/transforms.json");
const cases = JSON.parse(readFileSync(file, "utf8")) as (Resized | Moved)[];

describe("PyTorch's numbers for transforms", () => {
  for (const each of cases) {
    const { kind, shape, input, output } = each;
    const words = kind === "resize" ? `to ${each.size.join("x")}` : `${each.angle} degrees, ${each.mode}`;
    it(`${kind} ${shape.join("x")} ${words}`, async () => {
      const transform = kind === "resize" ? new transforms.Resize(each.size) : new Affine(each);
      const result = transform(fromArray(Float64Array.from(input), shape));
      expect(result.shape.slice(0, 2)).to.deep.equal(shape.slice(0, 2));
      // float64 on both sides; the grid is built by other arithmetic.
      expectClose(await result.data(), output, 1e-12, "float64");
      const single = transform(fromArray(Float32Array.from(input), shape));
      expectClose(await single.data(), output, 1e-6, "float32");
      if (kind === "affine" && each.translate.every((shift) => shift === 0)) {
        const turn = new transforms.RandomRotation([-each.angle, -each.angle], { interpolation: each.mode });
        expectClose(await turn(fromArray(Float64Array.from(input), shape)).data(), output, 1e-12, "rotation");
      }
    });
  }
});
