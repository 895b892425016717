import { expect } from "chai";
import { F, nn, randn, show, tensor, type Tensor } from "../../src";
import type { ActivationSteps } from "../../src/marks";
import { floatsFromBase64 } from "../../src/marks/kit/base64";
import { DISPLAY, type MimeBundle } from "../../src/protocol";
import { bundleOf } from "./support";
import { markOf, expectClose } from "./stepsOf";

describe("show.activation", () => {
  const functions: [string, (x: Tensor) => Tensor, (x: number) => number][] = [
    ["relu", F.relu, (x) => Math.max(0, x)],
    ["sigmoid", F.sigmoid, (x) => 1 / (1 + Math.exp(-x))],
    ["tanh", F.tanh, Math.tanh],
    ["leakyRelu", F.leakyRelu, (x) => (x < 0 ? 0.01 * x : x)],
    ["LeakyReLU", new nn.LeakyReLU(), (x) => (x < 0 ? 0.01 * x : x)],
  ];
  for (const [name, fn, by] of functions)
    it(`of ${name}: map, curve and name`, async () => {
      const x = randn([3, 4, 5]);
      const mark = await markOf<ActivationSteps>(show.activation(fn, x));
      expect(mark.name).to.equal(name);
      const numbers = await x.data();
      const output = floatsFromBase64(mark.output);
      expect([mark.planes, mark.rows, mark.columns]).to.deep.equal([3, 4, 5]);
      numbers.forEach((value, i) => expectClose(output[i], by(value), `number ${i}`));
      const { from, to, values } = mark.curve;
      const curve = floatsFromBase64(values);
      curve.forEach((y, i) => expectClose(y, by(from + ((to - from) * i) / (curve.length - 1)), `point ${i}`));
      expect(to).to.equal(-from).and.to.be.at.least(4);
    });

  it("refuses what changes the shape, and what is not elementwise", async () => {
    const x = randn([2, 3]);
    expect(() => show.activation((t) => t.sum(), x)).to.throw("show.activation: f gives [] for an input of [2,3]");
    expect(() => show.activation(F.relu, 3 as unknown as Tensor)).to.throw("show.activation: expected a Tensor");
    expect(() => show.activation(3 as unknown as typeof F.relu, x)).to.throw("show.activation: fn must be");
    const softmax = (t: Tensor): Tensor => F.softmax(t, -1);
    let message = "";
    await Promise.resolve((show.activation(softmax, x) as { [DISPLAY](): Promise<MimeBundle> })[DISPLAY]()).catch(
      (error: Error) => (message = error.message),
    );
    expect(message).to.equal(
      "show.activation: softmax is not elementwise: what it gives for a number depends on the others, or on chance " +
        "(input [2,3]). Use show.softmax.",
    );
  });

  it("names one next step where a layer refuses a line of numbers", async () => {
    const picture = show.activation(new nn.BatchNorm2d(3), randn([1, 3, 4, 4]));
    let message = "";
    await bundleOf(picture).catch((error: Error) => (message = error.message));
    expect(message).to.match(/^show\.activation: BatchNorm2d takes no single line of numbers: /);
    expect(message).to.match(/[^.?] \(input \[1,3,4,4\]\)\. Give a function of single numbers such as F\.relu\.$/);
  });

  it("begins at the largest output of all channels", async () => {
    const x = tensor([
      [
        [-1, -9],
        [-3, -4],
      ],
      [
        [1, 2],
        [7, 0],
      ],
    ]);
    const { at } = await markOf<ActivationSteps>(show.activation(F.relu, x));
    expect(at).to.deep.equal([1, 1, 0]);
  });

  it("says what of a large map is shown", async () => {
    const bundle = await bundleOf(show.activation(F.relu, randn([8, 140, 140])));
    expect(bundle["text/plain"]).to.contain("first 1×128×128 of 8×140×140 numbers");
  });
});
