import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DeviceName } from "../../src/devices/device";
import * as F from "../../src/nn/functional";
import * as optim from "../../src/optim";
import { fromArray } from "../../src/tensor/create";
import type { Tensor } from "../../src/tensor/tensor";
import { expectClose } from "../support/close";

interface Given {
  shape: number[];
  data: number[];
}
const goldens = JSON.parse(readFileSync(join(__dirname, "../../../test/golden/optim.json"), "utf8")) as {
  problem: Record<"x" | "y" | "weight" | "bias", Given>;
  runs: { optimizer: keyof typeof optimizers; settings: object; steps: number[][] }[];
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
      for (const { optimizer: kind, settings, steps } of goldens.runs)
        it(`${kind} ${JSON.stringify(settings)}`, async () => {
          const ours = await run(kind, settings, steps.length, device, dtype);
          ours.forEach((numbers, i) => expectClose(numbers, steps[i], tolerance, `step ${i + 1}`));
        });
    });
});

async function run(
  kind: keyof typeof optimizers,
  settings: object,
  count: number,
  device: DeviceName,
  dtype: "float32" | "float64",
): Promise<number[][]> {
  const typed = ({ data, shape }: Given): Tensor =>
    fromArray(dtype === "float64" ? Float64Array.from(data) : Float32Array.from(data), shape, { device });
  const { x, y, weight, bias } = goldens.problem;
  const [input, target, ...parameters] = [x, y, weight, bias].map(typed);
  for (const parameter of parameters) parameter.requiresGrad = true;
  const optimizer = new optimizers[kind](parameters, settings);
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

function make(
  kind: keyof typeof schedulers,
  optimizer: optim.lrScheduler.Schedulable,
  given: object,
): Scheduler {
  const options: Record<string, unknown> = { ...given };
  if (typeof options.lrLambda === "string") options.lrLambda = lambdas[options.lrLambda];
  if (Array.isArray(options.lrLambda))
    options.lrLambda = options.lrLambda.map((name: string) => lambdas[name]);
  const Kind = schedulers[kind] as unknown as new (optimizer: unknown, options: unknown) => Scheduler;
  return new Kind(optimizer, options);
}
