import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DeviceName } from "../../src/devices/device";
import * as F from "../../src/nn/functional";
import { utils } from "../../src/nn";
import * as optim from "../../src/optim";
import { fromArray } from "../../src/tensor/create";
import type { Tensor } from "../../src/tensor/tensor";
import { expectClose } from "../support/close";

interface Clip {
  maxNorm?: number;
  normType?: number | "inf";
  clipValue?: number;
}
interface Given {
  shape: number[];
  data: number[];
}
const goldens = JSON.parse(readFileSync(join(__dirname, "../../../test/golden/optim.json"), "utf8")) as {
  problem: Record<"x" | "y" | "weight" | "bias", Given>;
  runs: {
    optimizer: keyof typeof optimizers;
    settings: object;
    groups: object[] | null;
    steps: number[][];
  }[];
  clips: { options: Clip; grads: number[][]; norm: number | null; after: number[][] }[];
  schedules: { scheduler: keyof typeof schedulers; options: object; metrics: number[]; lrs: number[][] }[];
};

const { SGD, Adam, AdamW, Adadelta, Adagrad, RMSprop } = optim;
const optimizers = { SGD, Adam, AdamW, Adadelta, Adagrad, RMSprop };
const { lrScheduler: schedulers } = optim;

const lambdas: Record<string, (epoch: number) => number> = {
  "0.95 ** epoch": (epoch) => 0.95 ** epoch,
  "1 / (1 + epoch)": (epoch) => 1 / (1 + epoch),
};

describe("PyTorch's optimizers end every step where ours do", () => {
  const places = [
    { device: "reference", dtype: "float64", tolerance: 1e-10 },
    { device: "cpu", dtype: "float32", tolerance: 1e-5 },
    { device: "gpu", dtype: "float32", tolerance: 1e-4 },
  ] as const;
  for (const { device, dtype, tolerance } of places)
    describe(`on ${device} (${dtype}, ${tolerance})`, () => {
      for (const { optimizer: kind, settings, groups, steps } of goldens.runs)
        it(`${kind} ${JSON.stringify(settings)}${groups ? ` ${JSON.stringify(groups)}` : ""}`, async () => {
          const ours = await run(kind, settings, groups, steps.length, device, dtype);
          ours.forEach((numbers, i) => expectClose(numbers, steps[i], tolerance, `step ${i + 1}`));
        });
    });
});

async function run(
  kind: keyof typeof optimizers,
  settings: object,
  groups: object[] | null,
  count: number,
  device: DeviceName,
  dtype: "float32" | "float64",
): Promise<number[][]> {
  const typed = ({ data, shape }: Given): Tensor =>
    fromArray(dtype === "float64" ? Float64Array.from(data) : Float32Array.from(data), shape, { device });
  const { x, y, weight, bias } = goldens.problem;
  const [input, target, ...parameters] = [x, y, weight, bias].map(typed);
  for (const parameter of parameters) parameter.requiresGrad = true;
  const given = groups ? groups.map((group, i) => ({ ...group, params: [parameters[i]] })) : parameters;
  const optimizer = new optimizers[kind](given, settings);
  const steps: number[][] = [];
  for (let i = 0; i < count; i++) {
    optimizer.zeroGrad();
    F.linear(input, parameters[0], parameters[1]).tanh().sub(target).pow(2).mean().backward();
    optimizer.step();
    const numbers = await Promise.all(parameters.map((parameter) => parameter.data()));
    steps.push(numbers.flatMap((array) => Array.from(array)));
  }
  return steps;
}

describe("PyTorch's clipping gives what ours gives", () => {
  const places = [
    { device: "reference", tolerance: 1e-12 },
    { device: "cpu", tolerance: 1e-6 },
    { device: "gpu", tolerance: 1e-6 },
  ] as const;
  for (const { device, tolerance } of places)
    for (const { options, grads, norm, after } of goldens.clips)
      it(`${JSON.stringify(options)} on ${device} (${tolerance})`, async () => {
        const numbers = (list: number[]) => (device === "reference" ? Float64Array : Float32Array).from(list);
        const parameters = grads.map((grad) => fromArray(numbers(grad).fill(0), [grad.length], { device }));
        parameters.forEach(
          (parameter, i) => (parameter.grad = fromArray(numbers(grads[i]), parameter.shape, { device })),
        );
        const held = parameters.map((parameter) => parameter.grad as Tensor);
        const without = fromArray(numbers([0]), [1], { device });
        const { maxNorm, normType, clipValue } = options;
        if (clipValue !== undefined) utils.clipGradValue([...parameters, without], clipValue);
        else {
          const type = normType === undefined ? {} : { normType: normType === "inf" ? Infinity : normType };
          const total = utils.clipGradNorm([...parameters, without], maxNorm as number, type);
          expectClose([await total.item()], [norm as number], tolerance, "norm");
        }
        // In place: who holds a gradient sees it clipped.
        for (const [i, grad] of held.entries()) expectClose(await grad.data(), after[i], tolerance, `gradient ${i}`);
        expect(without.grad).to.equal(null);
      });
});

describe("PyTorch's schedulers give the learning rates that ours give (1e-10)", () => {
  for (const { scheduler: kind, options, metrics, lrs } of goldens.schedules)
    it(`${kind} ${JSON.stringify(options)}`, () => {
      const optimizer = { paramGroups: [{ lr: 0.1 }, { lr: 0.05 }] };
      const scheduler = make(kind, optimizer, options);
      const ours = [scheduler.getLastLr()];
      for (const metric of metrics) {
        scheduler.step(metric);
        ours.push(scheduler.getLastLr());
      }
      expect(optimizer.paramGroups.map((group) => group.lr)).to.deep.equal(scheduler.getLastLr());
      expectClose(ours.flat(), lrs.flat(), 1e-10, "learning rates");
    });
});

type Scheduler = { step(metric: number): void; getLastLr(): number[] };

function make(kind: keyof typeof schedulers, optimizer: optim.lrScheduler.Schedulable, given: object): Scheduler {
  const options: Record<string, unknown> = { ...given };
  if (typeof options.lrLambda === "string") options.lrLambda = lambdas[options.lrLambda];
  if (Array.isArray(options.lrLambda)) options.lrLambda = options.lrLambda.map((name: string) => lambdas[name]);
  const Kind = schedulers[kind] as unknown as new (optimizer: unknown, options: unknown) => Scheduler;
  return new Kind(optimizer, options);
}
