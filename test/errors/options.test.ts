import { expect } from "chai";
import { zeros } from "../../src";
import { checkOptions, type OptionNames } from "../../src/options";

interface Settings {
  lr?: number;
  weightDecay?: number;
}
const known: OptionNames<Settings> = { lr: true, weightDecay: true };
const check =
  (...given: unknown[]) =>
  () =>
    checkOptions<Settings>("SGD", given[0] as Settings, known, given, 0);

describe("checkOptions", () => {
  it("gives back the object that it was given", () => {
    const given = { lr: 0.1 };
    expect(check(given)()).to.equal(given);
    expect(check({})()).to.deep.equal({});
    expect(check(Object.create(null))()).to.deep.equal({});
  });

  it("knows PyTorch's spelling of a name", () => {
    expect(check({ weight_decay: 1 })).to.throw(
      TypeError,
      'SGD: there is no option "weight_decay". Did you mean weightDecay?',
    );
    expect(check({ LR: 1 })).to.throw('SGD: there is no option "LR". Did you mean lr?');
  });

  it("lists what there is, for a name that is like none", () => {
    expect(check({ speed: 1 })).to.throw('SGD: there is no option "speed". Its options are lr, weightDecay.');
    for (const inherited of ["constructor", "toString", "__proto__x"])
      expect(check({ [inherited]: 1 })).to.throw(`there is no option "${inherited}"`);
  });

  it("refuses whatever is no object of options", () => {
    const words = (given: unknown, shown: string, example: string) =>
      expect(check(given)).to.throw(TypeError, `SGD: options come as one object, got ${shown}. ${example}`);
    words(0.1, "0.1", "Write { lr: 0.1 }.");
    words(false, "false", "Write { lr: false }.");
    words([1, 2], "[1,2]", "Write { lr: [1,2] }.");
    words(null, "null", "Write { lr: ... }.");
    words(zeros([2]), "Tensor [2] float32 on cpu", "Write { lr: ... }.");
    words(() => 1, "a function", "Write { lr: ... }.");
    words(new Float32Array(2), "Float32Array of 2", "Write { lr: ... }.");
  });

  it("names the options of PyTorch that came by position", () => {
    expect(check(0.1, 0.9)).to.throw(
      TypeError,
      "SGD: options come as one object, got 0.1, 0.9. Write { lr: 0.1, weightDecay: 0.9 }.",
    );
  });

  it("says what to do instead of an option of PyTorch that there is not", () => {
    expect(check({ last_epoch: 3 })).to.throw(
      'SGD: PyTorch\'s option "last_epoch" is not here. Go on with scheduler.loadStateDict(state).',
    );
  });

  it("refuses arguments behind the options", () => {
    expect(check({}, 3)).to.throw(
      "SGD: there is no argument behind the options, got 3. Its options are lr, weightDecay.",
    );
  });
});
