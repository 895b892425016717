/** What runs on the checked kernels: every op's samples, shapes that are large enough to be cut, each way of conv2d, the optimizers. */
import type { DeviceName } from "../../../../src/devices/device";
import { conv2d, allOps } from "../../../../src/ops";
import * as optim from "../../../../src/optim";
import { fromArray } from "../../../../src/tensor/create";
import { Random } from "../../../../src/tensor/random";
import { sizeOf } from "../../../../src/tensor/shape";
import { convCases } from "../../../support/convCases";
import { cutCases, runCut } from "../../../support/cutCases";
import { runSample } from "../../../support/samples";
import { windowFunctions } from "../../../support/windowFunctions";

export interface CheckedCase {
  name: string;
  /** The output and the gradients, on `reference` in double precision. */
  run(device: "reference" | "cpu"): Promise<ArrayLike<number>[]>;
}

export function checkedCases(): CheckedCase[] {
  return [...ofSamples(), ...ofCutCases(), ...ofConvolutions(), ...ofOptimizers()];
}

const dtypeOn = (device: DeviceName): "float32" | "float64" => (device === "cpu" ? "float32" : "float64");

const ofSamples = (): CheckedCase[] =>
  [...allOps, ...windowFunctions].flatMap((op) =>
    op.definition.samples.map((sample, i) => ({
      name: `${op.definition.name} #${i}`,
      async run(device) {
        const { output, grads } = await runSample(op, sample, device, dtypeOn(device));
        return [output, ...grads.map((grad) => grad ?? [])];
      },
    })),
  );

const ofCutCases = (): CheckedCase[] =>
  Object.entries(cutCases).map(([name, each]) => ({ name, run: (device) => runCut(each, device) }));

const ofConvolutions = (): CheckedCase[] =>
  convCases.map(([x, w, options]) => ({
    name: `conv2d [${x.join()}] with [${w.join()}] ${JSON.stringify(options)}`,
    run: (device) =>
      runCut([[[...x], [...w], [w[0]]], (input, weight, bias) => conv2d(input, weight, bias, options)], device),
  }));

function ofOptimizers(): CheckedCase[] {
  const make = {
    SGD: (p: optim.Params<optim.SGDSettings>) => new optim.SGD(p, { lr: 0.1 }),
    "SGD with momentum": (p: optim.Params<optim.SGDSettings>) =>
      new optim.SGD(p, { lr: 0.1, momentum: 0.9, weightDecay: 0.1, nesterov: true }),
    Adam: (p: optim.Params<optim.AdamSettings>) => new optim.Adam(p, { weightDecay: 0.1, amsgrad: true }),
    AdamW: (p: optim.Params<optim.AdamSettings>) => new optim.AdamW(p),
  };
  return Object.entries(make).map(([name, optimizer]) => ({
    name: `optim.${name}`,
    async run(device) {
      const random = new Random(3);
      const parameters = [[1001], [3, 333]].map((shape) => {
        const numbers = Float64Array.from({ length: sizeOf(shape) }, () => random.normal());
        const typed = device === "cpu" ? Float32Array.from(numbers) : numbers;
        return fromArray(typed, shape, { device, requiresGrad: true });
      });
      const steps = optimizer(parameters);
      for (let step = 0; step < 3; step++) {
        steps.zeroGrad();
        for (const p of parameters) p.mul(p).sum().backward();
        steps.step();
      }
      return Promise.all(parameters.map((p) => p.data()));
    },
  }));
}
