import { expect } from "chai";
import { ShapeError } from "../../src/errors";
import { outputSize } from "../../src/summary";
import { conv2d } from "../../src/ops";
import { zeros } from "../../src/tensor/create";

describe("outputSize", () => {
  it("fills in the formula of the slides", () => {
    expect(String(outputSize(7, 3))).to.equal("(7 - 3)/1 + 1 = 5");
    expect(String(outputSize(7, 3, { stride: 2 }))).to.equal("(7 - 3)/2 + 1 = 3");
    expect(String(outputSize(32, 5, { padding: 2 }))).to.equal("(32 + 2*2 - 5)/1 + 1 = 32");
    expect(String(outputSize(9, 3, { dilation: 2 }))).to.equal("(9 - (2*(3 - 1) + 1))/1 + 1 = 5");
  });
  it("says what PyTorch makes of windows that do not fit evenly", () => {
    const answer = outputSize(7, 3, { stride: 3 });
    expect(answer.fits).to.equal(false);
    expect(answer.size).to.equal(2);
    expect(answer.exact).to.be.closeTo(7 / 3, 1e-12);
    expect(String(answer)).to.equal(
      "(7 - 3)/3 + 1 = 2.33 is not whole: it does not fit. PyTorch floors to 2, " +
        "and the last 1 pixel is never looked at.",
    );
    expect(outputSize(8, 2, { stride: 4 }).toString()).to.match(/the last 2 pixels are never looked at\.$/);
  });
  it("is what conv2d gives", () => {
    for (const size of [5, 6, 9])
      for (const kernelSize of [1, 2, 3])
        for (const stride of [1, 2, 3])
          for (const padding of [0, 1])
            for (const dilation of [1, 2]) {
              const options = { stride, padding, dilation };
              const { shape } = conv2d(zeros([1, 1, size, size]), zeros([1, 1, kernelSize, kernelSize]), null, options);
              const answer = outputSize(size, kernelSize, options);
              expect(answer.size, JSON.stringify({ size, kernelSize, ...options })).to.equal(shape[2]);
              expect(answer.fits).to.equal(Number.isInteger(answer.exact));
            }
  });
  it("refuses windows larger than the padded side, and numbers that are not whole", () => {
    expect(() => outputSize(3, 5)).to.throw(
      ShapeError,
      "outputSize: a window of 5 does not fit 3 pixels (size 3, padding 0). Use a smaller window or more padding.",
    );
    expect(() => outputSize(3, 3, { stride: 0 })).to.throw(
      ShapeError,
      "outputSize: stride must be a whole number >= 1, got 0. For an image, ask for each side on its own.",
    );
  });
});
