import { expect } from "chai";
import { F, rand, show } from "../../src";
import { bundleOf } from "./support";

describe("show.sandbox", () => {
  const text = async (settings: Parameters<typeof show.sandbox>[0]) =>
    (await bundleOf(show.sandbox(settings)))["text/plain"] as string;

  it("refuses 7, 3, stride 3, says what is left over and what would fit", async () => {
    const words = await text({ inputSize: 7, kernelSize: 3, stride: 3 });
    expect(words).to.contain("(W − F + 2P) / S + 1 = (7 − 3 + 2·0) / 3 + 1 = 2.33");
    expect(words).to.contain("Does not fit: 2.33 is not a whole number.").and.to.contain("pixel 6 is left over");
    expect(words).to.contain("stride 2: output 3").and.to.contain("padding 1: output 3");
  });

  it("agrees with the shapes of F.conv1d, and every setting it suggests fits", async () => {
    const { fitOf, suggestions } = await import("../../src/marks/sandbox/fit");
    for (let at = 0; at < 200; at++) {
      const settings = {
        inputSize: 1 + (at % 11),
        kernelSize: 1 + (at % 4),
        stride: 1 + (at % 5),
        padding: at % 3,
        dilation: 1 + (at % 2),
      };
      const { inputSize, kernelSize, ...options } = settings;
      const { count, fits, leftOver, span } = fitOf(settings);
      const run = () => F.conv1d(rand([1, 1, inputSize]), rand([1, 1, kernelSize]), null, options);
      if (count < 1) expect(run).to.throw("does not fit");
      else expect(run().shape[2]).to.equal(count);
      expect(fits).to.equal(count > 0 && leftOver === 0);
      if (count > 0) expect((count - 1) * options.stride + span + leftOver).to.equal(inputSize + 2 * options.padding);
      for (const { setting, value } of suggestions(settings)) {
        expect(fits).to.equal(false);
        expect(fitOf({ ...settings, [setting]: value }).fits, `${setting} ${value}`).to.equal(true);
      }
    }
  });

  it("uses the general form where the window is dilated, and says when it is too large", async () => {
    expect(await text({ inputSize: 9, kernelSize: 3, stride: 2, padding: 2, dilation: 2 })).to.contain(
      "(W − D·(F − 1) − 1 + 2P) / S + 1 = (9 − 2·(3 − 1) − 1 + 2·2) / 2 + 1 = 5",
    );
    expect(await text({ inputSize: 3, kernelSize: 5 })).to.contain(
      "Does not fit. A window of 5 is larger than the input of 3.",
    );
  });

  it("refuses settings that are none", () => {
    expect(() => show.sandbox({ stride: 0 })).to.throw(
      "show.sandbox: stride must be a whole number from 1 to 64, got 0. Give one number.",
    );
    expect(() => show.sandbox({ inputSize: 7.5 })).to.throw(
      "show.sandbox: inputSize must be a whole number from 1 to 512",
    );
  });
});
