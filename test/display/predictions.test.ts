import { expect } from "chai";
import "../../src/devices";
import { TensorDataset } from "../../src/data";
import * as show from "../../src/display/show";
import type { GalleryMark } from "../../src/marks";
import * as nn from "../../src/nn";
import { fromArray, tensor, zeros } from "../../src/tensor/create";
import { Random } from "../../src/tensor/random";
import type { Tensor } from "../../src/tensor/tensor";
import { getRngState } from "../../src/tensor/random";
import { bundleOf, viewOf } from "./support";

const [N, CLASSES] = [70, 3];
const random = new Random(5);
const images = fromArray(
  Float32Array.from({ length: N * 4 }, () => random.next()),
  [N, 1, 2, 2],
);
const truth = Int32Array.from({ length: N }, (_, n) => (n * 7) % CLASSES);
const labels = fromArray(truth, [N]);

/** Scores that follow from the first three pixels; the test computes them too. Counts in which mode it ran. */
class Pixels extends nn.Module {
  scale = new nn.Parameter(tensor([4]));
  modes: boolean[] = [];
  forward(x: Tensor): Tensor {
    this.modes.push(this.training);
    return x.flatten(1).slice(1, 0, 3).mul(this.scale);
  }
}

/** Loss and probabilities of an image, in float64. */
async function judged(n: number): Promise<{ loss: number; shares: number[]; guess: number }> {
  const pixels = await images.data();
  const scores = [0, 1, 2].map((c) => 4 * pixels[4 * n + c]);
  const sum = scores.reduce((all, score) => all + Math.exp(score), 0);
  const shares = scores.map((score) => Math.exp(score) / sum);
  return { loss: -Math.log(shares[truth[n]]), shares, guess: scores.indexOf(Math.max(...scores)) };
}

async function gallery(value: object): Promise<GalleryMark> {
  const [mark] = (await viewOf(value)).marks;
  if (mark.mark !== "gallery") throw new Error("the view is no gallery");
  return mark;
}
const indexOf = ({ name }: { name: string }): number => Number(name.replace("image ", ""));

describe("show.predictions", () => {
  const data = new TensorDataset(images, labels);

  it("shows the largest losses first, with the engine's probabilities", async () => {
    const all = await Promise.all(Array.from({ length: N }, (_, n) => judged(n)));
    const falling = all.map(({ loss }, n) => ({ loss, n })).sort((a, b) => b.loss - a.loss);
    const net = new Pixels();
    const { cards, classes } = await gallery(show.predictions(net, data, { count: 9, classes: ["a", "b", "c"] }));
    expect(classes).to.deep.equal(["a", "b", "c"]);
    expect(cards.map(indexOf)).to.deep.equal(falling.slice(0, 9).map(({ n }) => n));
    for (const card of cards) {
      const { loss, shares, guess } = all[indexOf(card)];
      expect([card.truth, card.guess]).to.deep.equal([truth[indexOf(card)], guess]);
      expect(Number(card.words[0].replace("loss ", ""))).to.be.closeTo(loss, 0.006);
      const bars = card.bars ?? [];
      expect(bars.map((bar) => bar.class)).to.deep.equal([0, 1, 2].sort((a, b) => shares[b] - shares[a]));
      for (const bar of bars) expect(bar.value).to.be.closeTo(shares[bar.class], 1e-6);
    }
    const wrong = all.filter(({ guess }, n) => guess !== truth[n]).length;
    const { subtitle } = await viewOf(show.predictions(net, data, { count: 9 }));
    expect(subtitle).to.contain(`9 images, the largest loss first, ${wrong} of ${N} wrong`);
  });

  it("carries the image of each card", async () => {
    const { cards, pixels, colours } = await gallery(show.predictions(new Pixels(), data, { count: 3 }));
    expect(colours).to.equal("grey");
    const bytes = Buffer.from(pixels[0].bytes, "base64");
    const numbers = await images.data();
    cards.forEach((card, i) => {
      for (let p = 0; p < 4; p++) expect(bytes[4 * i + p]).to.equal(Math.round(255 * numbers[4 * indexOf(card) + p]));
    });
  });

  it("shows the first ones, and reads no more than it needs", async () => {
    let asked = 0;
    function* batches() {
      for (let first = 0; first < N; first += 10) {
        asked++;
        yield [images.slice(0, first, first + 10), labels.slice(0, first, first + 10)];
      }
    }
    const { cards } = await gallery(show.predictions(new Pixels(), batches(), { count: 12, order: "first" }));
    expect(cards.map(indexOf)).to.deep.equal(Array.from({ length: 12 }, (_, i) => i));
    expect(asked).to.equal(2);
  });

  it("chooses at random the same ones each time, from everywhere, without the engine's random numbers", async () => {
    const state = getRngState();
    const options = { count: 12, order: "random" } as const;
    const [a, b] = [
      await gallery(show.predictions(new Pixels(), data, options)),
      await gallery(show.predictions(new Pixels(), data, options)),
    ];
    expect(a).to.deep.equal(b);
    expect(Math.max(...a.cards.map(indexOf))).to.be.above(40);
    expect(new Set(a.cards.map(indexOf)).size).to.equal(12);
    expect(getRngState()).to.deep.equal(state);
  });

  it("computes in evaluation mode and leaves mode and gradients", async () => {
    const net = new Pixels();
    await bundleOf(show.predictions(net, data));
    expect(new Set(net.modes)).to.deep.equal(new Set([false]));
    expect([net.training, net.scale.grad]).to.deep.equal([true, null]);
  });

  it("counts a loss that is no number as the worst", async () => {
    const broken = fromArray(Float32Array.of(0.1, 0.2, 0.3, 0, NaN, 0, 0, 0), [2, 1, 2, 2]);
    const { cards } = await gallery(show.predictions(new Pixels(), [[broken, tensor([2, 0], { dtype: "int32" })]]));
    expect(cards[0]).to.deep.include({ name: "image 1", words: ["loss NaN"] });
    expect(cards[0].bars?.every(({ value }) => value === null)).to.equal(true);
  });

  it("keeps the truth among the bars of a thousand classes", async () => {
    const wide = new nn.Sequential(new nn.Flatten(), new nn.Linear(4, 1000));
    const one = [images.slice(0, 0, 1), tensor([999], { dtype: "int32" })];
    const { cards } = await gallery(show.predictions(wide, [one]));
    expect(cards[0].bars?.length).to.equal(20);
    expect(cards[0].bars?.some((bar) => bar.class === 999)).to.equal(true);
  });

  it("says what is wrong", async () => {
    const net = new Pixels();
    expect(() => show.predictions(net, data, { order: "best" as never })).to.throw(
      'show.predictions: order must be "worst", "first" or "random", got "best". Leave it out.',
    );
    expect(() => show.predictions(net, data, { count: 0 })).to.throw(
      "count must be a whole number from 1 to 200, got 0",
    );
    await rejects(show.predictions(net, [[images]]), "a batch must be [images, labels]");
    await rejects(show.predictions(net, []), "the data gave no image");
    await rejects(show.predictions(net, [[zeros([2, 2, 2, 2]), labels.slice(0, 0, 2)]]), "must have 1 or 3 channels");
    await rejects(show.predictions(net, data, { classes: ["a"] }), "1 names for 3 classes");
    await rejects(
      show.predictions(net, [[images, fromArray(new Int32Array(N).fill(3), [N])]]),
      "target must hold class indices from 0 to 2, got 3",
    );
  });
});

async function rejects(value: object, words: string): Promise<void> {
  const error = await bundleOf(value).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(Error);
  expect((error as Error).message).to.contain(words);
}
