import { expect } from "chai";
import { samples } from "../../src/marks/training/samples";
import { fieldText, stepped, typedValue } from "../../src/marks/training/values";
import { paceWords, placeWords, progressOf } from "../../src/marks/training/words";

const [lr, momentum, weightDecay, batchSize] = samples.running().controls;

describe("the fields of a run", () => {
  const walk = (control: typeof lr, from: number, direction: 1 | -1, count: number): number[] => {
    const values = [from];
    for (let i = 0; i < count; i++) values.push(stepped(control, values[i], direction));
    return values.slice(1);
  };

  it("go up and down in round steps: 1, 2, 5 times a power of ten, powers of two, or equal ones", () => {
    expect(walk(lr, 0.01, 1, 4)).to.deep.equal([0.02, 0.05, 0.1, 0.2]);
    expect(walk(lr, 0.03, -1, 4)).to.deep.equal([0.02, 0.01, 0.005, 0.002]);
    expect(walk(batchSize, 32, 1, 2)).to.deep.equal([64, 128]);
    expect(walk(batchSize, 48, -1, 7)).to.deep.equal([32, 16, 8, 4, 2, 1, 1]);
    expect(walk(momentum, 0.9, 1, 3)).to.deep.equal([0.95, 0.999, 0.999]);
    expect(walk(momentum, 0.07, -1, 3)).to.deep.equal([0.05, 0, 0]);
  });

  it("end at their ends, and reach 0 where that is one", () => {
    expect(stepped(lr, 10, 1)).to.equal(10);
    expect(stepped(lr, 1e-8, -1)).to.equal(1e-8);
    expect(walk(weightDecay, 0, 1, 2)).to.deep.equal([1e-6, 2e-6]);
    expect(walk(weightDecay, 2e-6, -1, 3)).to.deep.equal([1e-6, 0, 0]);
  });

  it("take what is typed, and say what they do not take", () => {
    expect(typedValue(lr, " 0,05 ")).to.equal(0.05);
    expect(typedValue(lr, "1e-3")).to.equal(0.001);
    expect(typedValue(momentum, "1")).to.equal("momentum: it goes from 0 to 0.999.");
    expect(typedValue(batchSize, "2.5")).to.equal("batch size: it is a whole number.");
    for (const text of ["", "x", "NaN", "1e999", "1,00,000"])
      expect(typedValue(lr, text), text).to.match(/^learning rate: ".*" is no number\.$/);
    for (const value of [0.01, 1e-5, 32, 0, 0.999, 123456]) expect(Number(fieldText(value))).to.equal(value);
  });
});

describe("a run in words", () => {
  it("says where it is, as far as that is known, and nothing of what is left when it is over", () => {
    expect(placeWords(samples.running())).to.equal("step 1,412 of 9,375 · epoch 1 of 5, batch 1,412 of 1,875");
    expect(placeWords(samples.endless())).to.equal("step 0 · epoch 1, batch 0");
    expect(placeWords(samples.done())).to.contain("epoch 5 of 5");
    expect(paceWords(samples.running())).to.equal("1,184 inputs/s · ran 38 s · 3 min 35 s left");
    expect(paceWords(samples.done())).not.to.contain("left");
  });

  it("has shares of run and epoch, full at the end", () => {
    expect(progressOf(samples.running())).to.deep.equal({ run: 1412 / 9375, epoch: 1412 / 1875 });
    expect(progressOf(samples.done())).to.deep.equal({ run: 1, epoch: 1 });
    expect(progressOf(samples.endless())).to.deep.equal({ run: undefined, epoch: undefined });
  });
});
