import { expect } from "chai";
import { F, fromArray, manualSeed, noGrad, randn, show, tensor } from "../../src";
import type { SoftmaxSteps, View } from "../../src/marks";
import { checkView } from "../../src/marks/check";
import { floatsFromBase64 } from "../../src/marks/kit/base64";
import { wordsOf } from "../../src/marks/kit/scene";
import { paper } from "../../src/marks/kit/theme";
import { beginning, framesOf } from "../../src/marks/steps/frames";
import { markOf, expectClose } from "./stepsOf";
import { viewOf } from "./support";

describe("show.softmax", () => {
  it("carries the engine's probabilities, loss and gradient, which are p - y", async () => {
    manualSeed(3);
    const logits = randn([4, 6]);
    const mark = await markOf<SoftmaxSteps>(show.softmax(logits, { target: [0, 1, 5, 2], image: 2 }));
    const z = (await logits.data()).subarray(12, 18);
    const exponentials = Array.from(z, Math.exp);
    const sum = exponentials.reduce((a, b) => a + b);
    const p = floatsFromBase64(mark.probabilities);
    const { place, loss, gradient } = mark.target!;
    expect(place).to.equal(5);
    p.forEach((share, i) => expectClose(share, exponentials[i] / sum, `class ${i}`));
    expectClose(loss!, -Math.log(exponentials[5] / sum), "loss");
    floatsFromBase64(gradient).forEach((slope, i) => expectClose(slope, p[i] - (i === 5 ? 1 : 0), `gradient ${i}`));
    const engine = await noGrad(() => F.softmax(logits, 1)).data();
    expect([...p]).to.deep.equal([...engine.subarray(12, 18)]);
    expect(logits.grad).to.equal(null);
  });

  it("keeps large logits in range, and many classes few", async () => {
    const mark = await markOf<SoftmaxSteps>(
      show.softmax(
        fromArray(
          Float32Array.from({ length: 100 }, (_, i) => 1000 - i),
          [100],
        ),
        { target: 90 },
      ),
    );
    expect(mark.classes).to.have.length(16);
    expect(mark.classes[mark.target!.place]).to.equal("90");
    expect(mark.others!.count).to.equal(84);
    const frames = framesOf(mark);
    const words = frames.say(beginning(mark, frames)).join();
    expect(words).not.to.match(/NaN|∞/);
    const p = floatsFromBase64(mark.probabilities);
    expectClose(
      p.reduce((a, b) => a + b, mark.others!.probability!),
      1,
      "all probabilities",
    );
    const first = Math.exp(0) / Array.from({ length: 100 }, (_, i) => Math.exp(-i)).reduce((a, b) => a + b);
    expectClose(p[0], first, "class 0");
  });

  it("refuses classes and images that are not there", () => {
    const logits = randn([2, 3]);
    expect(() => show.softmax(logits, { target: 3 })).to.throw(
      "show.softmax: there is no class 3 among 3. Count from 0 to 2.",
    );
    expect(() => show.softmax(logits, { target: [1] })).to.throw("show.softmax: 1 targets for 2 rows of logits.");
    expect(() => show.softmax(logits, { image: 2 })).to.throw("show.softmax: there is no image 2 (input [2,3]).");
    expect(() => show.softmax(randn([2, 3, 4]))).to.throw("show.softmax: expected logits [N,K] or [K], got [2,3,4].");
  });

  it("shows an infinite score as what comes of it, and says so", async () => {
    for (const [logits, why] of [
      [[Infinity, 1, 2], /A score is infinite/],
      [[-Infinity, -Infinity, -Infinity], /All scores are −∞/],
    ] as const) {
      const view = JSON.parse(JSON.stringify(await viewOf(show.softmax(tensor(logits), { target: 0 })))) as View;
      expect(checkView(view), "what the page reads").to.be.an("object");
      const mark = view.marks[0] as SoftmaxSteps;
      const words = wordsOf(framesOf(mark).draw({ place: [0, 0, 4], channel: 0, filled: 15 }, paper, 700).elements);
      expect(words.join("\n")).to.match(why);
      expect(words).to.include("p = NaN / NaN = NaN");
    }
    // Of a class that is ruled out the loss is infinite.
    const mark = await markOf<SoftmaxSteps>(show.softmax(tensor([-Infinity, 1, 2]), { target: 0 }));
    expect(framesOf(mark).say({ place: [0, 0, 3], channel: 0, filled: 15 })).to.deep.equal([
      "0, Loss −log(p): ∞",
      "cross-entropy = −log(p of 0) = −log(0) = ∞",
    ]);
  });

  it("refuses classes that are no array of words, or not one for each logit", () => {
    const of = (classes: unknown) => () => show.softmax(tensor([1, 2, 3]), { classes: classes as string[] });
    for (const classes of [[1, 2, 3], null, "abc", 4])
      expect(of(classes)).to.throw("show.softmax: classes must be an array of words, got ");
    expect(of(["cat"])).to.throw("show.softmax: 1 classes for 3 logits. Give one word for each logit");
  });
});
