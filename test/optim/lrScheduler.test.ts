import { expect } from "chai";
import { lrScheduler } from "../../src/optim";

const optimizer = (...lrs: number[]) => ({ paramGroups: lrs.map((lr) => ({ lr })) });

describe("a learning rate scheduler", () => {
  it("goes on from a learning rate that was changed by hand", () => {
    const live = optimizer(1);
    const scheduler = new lrScheduler.ExponentialLR(live, { gamma: 0.5 });
    scheduler.step();
    live.paramGroups[0].lr = 8;
    scheduler.step();
    expect(scheduler.getLastLr()).to.deep.equal([4]);
  });
  it("shares the first learning rate with a second one on the same optimizer", () => {
    const live = optimizer(1);
    const first = new lrScheduler.ExponentialLR(live, { gamma: 0.5 });
    first.step();
    const second = new lrScheduler.LambdaLR(live, { lrLambda: () => 3 });
    expect(second.getLastLr()).to.deep.equal([3]);
  });
  it("refuses what cannot be meant", () => {
    const refuse = (make: () => unknown, kind: typeof Error, words: string) => expect(make).to.throw(kind, words);
    refuse(
      () => new lrScheduler.StepLR(optimizer(1), { stepSize: 0 }),
      RangeError,
      "StepLR: stepSize must be a whole number >= 1, got 0.",
    );
    refuse(
      () => new lrScheduler.CosineAnnealingLR(optimizer(1), { tMax: 2.5 }),
      RangeError,
      "CosineAnnealingLR: tMax must be a whole number >= 1, got 2.5.",
    );
    refuse(
      () => new lrScheduler.LambdaLR(optimizer(1, 2), { lrLambda: [() => 1] }),
      RangeError,
      "LambdaLR: 2 groups need as many lrLambda functions, got 1.",
    );
    refuse(
      () => new lrScheduler.ReduceLROnPlateau(optimizer(1), { factor: 1 }),
      RangeError,
      "ReduceLROnPlateau: factor must be < 1, got 1.",
    );
    refuse(
      () => new lrScheduler.ReduceLROnPlateau(optimizer(1), { mode: "up" as "min" }),
      RangeError,
      'ReduceLROnPlateau: mode must be "min" or "max", got "up".',
    );
    refuse(
      () => new lrScheduler.ReduceLROnPlateau(optimizer(1), { minLr: [1, 2] }),
      RangeError,
      "ReduceLROnPlateau: 1 groups need as many minLr, got 2.",
    );
    refuse(
      () => new lrScheduler.ReduceLROnPlateau(optimizer(1)).step({} as number),
      TypeError,
      "ReduceLROnPlateau: step needs the metric as a number, got object.",
    );
  });
});
