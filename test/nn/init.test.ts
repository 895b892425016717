import { expect } from "chai";
import { ShapeError } from "../../src/errors";
import { init, Linear, Parameter } from "../../src/nn";
import { zeros } from "../../src/tensor/create";
import { manualSeed } from "../../src/tensor/random";

/** A convolution's weight: fan in 30 * 9 = 270, fan out 40 * 9 = 360. */
const weight = () => new Parameter(zeros([40, 30, 3, 3]));

async function statistics(parameter: Parameter) {
  const numbers = Array.from(await parameter.data());
  const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  const std = Math.sqrt(numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length);
  return { mean, std, least: Math.min(...numbers), most: Math.max(...numbers) };
}

describe("nn.init", () => {
  beforeEach(() => manualSeed(1));

  const stds: [string, (p: Parameter) => Parameter, number][] = [
    ["normal", (p) => init.normal(p, 0, 0.02), 0.02],
    ["uniform", (p) => init.uniform(p, -3, 3), Math.sqrt(3)],
    ["xavierUniform", (p) => init.xavierUniform(p), Math.sqrt(2 / 630)],
    ["xavierNormal, gain 2", (p) => init.xavierNormal(p, { gain: 2 }), 2 * Math.sqrt(2 / 630)],
    ["kaimingUniform", (p) => init.kaimingUniform(p), Math.sqrt(2 / 270)],
    ["kaimingUniform, a", (p) => init.kaimingUniform(p, { a: Math.sqrt(5) }), Math.sqrt(1 / 3 / 270)],
    [
      "kaimingNormal, fanOut",
      (p) => init.kaimingNormal(p, { mode: "fanOut", nonlinearity: "relu" }),
      Math.sqrt(2 / 360),
    ],
    ["kaimingNormal, linear", (p) => init.kaimingNormal(p, { nonlinearity: "linear" }), Math.sqrt(1 / 270)],
  ];
  for (const [name, fill, std] of stds)
    it(`${name} fills in place with the formula's standard deviation (3 %)`, async () => {
      const parameter = weight();
      const shared = parameter.detach();
      expect(fill(parameter)).to.equal(parameter);
      const found = await statistics(parameter);
      expect(found.std / std).to.be.within(0.97, 1.03);
      expect(Math.abs(found.mean) / std).to.be.below(0.05);
      expect(await shared.data()).to.deep.equal(await parameter.data());
      // Uniform numbers end at sqrt(3) standard deviations, normal ones do not.
      const end = Math.max(found.most, -found.least) / std;
      if (/niform/.test(name)) expect(end).to.be.within(1.7, 1.7321);
      else expect(end).to.be.above(3);
    });
  it("constant, zeros and ones fill with one number, on any device and in any dtype", async () => {
    const { bias } = new Linear(1, 2).to("reference");
    if (!bias) throw new Error("no bias");
    expect(await init.constant(bias, 7).tolist()).to.deep.equal([7, 7]);
    expect(await init.zeros(bias).tolist()).to.deep.equal([0, 0]);
    expect(await init.ones(bias).tolist()).to.deep.equal([1, 1]);
    expect(bias.device).to.equal("reference");
    const exact = new Parameter(zeros([3], { dtype: "float64", device: "reference" }));
    expect(await init.constant(exact, 0.1).tolist()).to.deep.equal([0.1, 0.1, 0.1]);
  });
  it("knows PyTorch's gains", () => {
    const names = ["linear", "sigmoid", "tanh", "relu", "leakyRelu", "selu"] as const;
    expect(names.map((name) => init.calculateGain(name))).to.deep.equal([
      1,
      1,
      5 / 3,
      Math.SQRT2,
      Math.sqrt(2 / 1.0001),
      0.75,
    ]);
  });
  it("says what does not fit", () => {
    expect(() => init.xavierNormal(new Parameter(zeros([3])))).to.throw(
      ShapeError,
      "xavierNormal: the fans of a parameter need 2 dimensions or more (parameter [3]). Is it a bias? Use nn.init.zeros.",
    );
    expect(() => init.kaimingNormal(weight(), { mode: "fan_in" as "fanIn" })).to.throw(
      RangeError,
      'kaimingNormal: mode must be "fanIn" or "fanOut", got "fan_in".',
    );
    expect(() => init.calculateGain("gelu" as "relu")).to.throw(
      RangeError,
      'calculateGain: nonlinearity must be one of linear, sigmoid, tanh, relu, leakyRelu, selu, got "gelu".',
    );
  });
});
