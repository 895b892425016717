import { expect } from "chai";
import "../../src/devices";
import * as transforms from "../../src/data/transforms";
import { recordDraws } from "../../src/data/transforms/recording";
import * as show from "../../src/display/show";
import type { GalleryMark } from "../../src/marks";
import { fromArray, zeros } from "../../src/tensor/create";
import { getRngState, manualSeed } from "../../src/tensor/random";
import { bundleOf, viewOf } from "./support";

const image = fromArray(
  Float32Array.from({ length: 3 * 64 }, (_, i) => ((i * 37) % 101) / 100),
  [3, 8, 8],
);

async function gallery(value: object): Promise<GalleryMark> {
  const [mark] = (await viewOf(value)).marks;
  if (mark.mark !== "gallery") throw new Error("the view is no gallery");
  return mark;
}

describe("recordDraws", () => {
  it("hears every random transform, also within functions and Compose, and changes nothing", async () => {
    const crop = new transforms.RandomCrop(6, { padding: 1 });
    const flip = new transforms.RandomHorizontalFlip();
    const both = new transforms.Compose([crop, (x) => flip(x).mul(2)]);
    manualSeed(4);
    const plain = await both(image).data();
    const state = getRngState();
    manualSeed(4);
    const { result, recorded } = recordDraws(() => both(image));
    expect(await result.data()).to.deep.equal(plain);
    expect(getRngState()).to.deep.equal(state);
    expect(recorded.map(({ transform }) => transform)).to.deep.equal([crop, flip]);
    expect(recorded.map(({ draws }) => draws)).to.deep.equal([crop.lastDraws, flip.lastDraws]);
    expect(recordDraws(() => 1).recorded).to.deep.equal([]);
  });
});

describe("show.augmentations", () => {
  it("shows the original, then what the transform gives, with its draws in words", async () => {
    manualSeed(9);
    const turn = new transforms.RandomRotation(30);
    const expected = Array.from({ length: 3 }, () => ({ x: turn(image), angle: turn.lastDraws[0].angle }));
    manualSeed(9);
    const { cards, pixels, colours } = await gallery(show.augmentations(new transforms.RandomRotation(30), image, 3));
    expect(colours).to.equal("rgb");
    expect(cards.map(({ name }) => name)).to.deep.equal(["original", "draw 1", "draw 2", "draw 3"]);
    expect(cards[0].words).to.deep.equal([]);
    expected.forEach(({ angle }, i) => {
      const [words] = cards[i + 1].words;
      expect(words).to.match(/^angle −?[\d.]+°$/);
      expect(Number(words.slice(6, -1).replace("−", "-"))).to.be.closeTo(angle, 0.05);
    });
    const bytes = Buffer.from(pixels[0].bytes, "base64");
    for (const [i, x] of [image, ...expected.map((each) => each.x)].entries())
      (await x.data()).forEach((value, at) => expect(bytes[192 * i + at]).to.equal(Math.round(255 * value)));
  });

  it("takes as many of the engine's random numbers as calling the transform so often", async () => {
    const make = () =>
      new transforms.Compose([new transforms.ColorJitter({ brightness: 0.2 }), new transforms.RandomCrop(6)]);
    manualSeed(2);
    const transform = make();
    for (let i = 0; i < 5; i++) transform(image);
    const state = getRngState();
    manualSeed(2);
    const picture = show.augmentations(make(), image, 5);
    await bundleOf(picture);
    expect(getRngState()).to.deep.equal(state);
  });

  it("draws none before it is displayed", () => {
    const state = getRngState();
    show.augmentations(new transforms.RandomRotation(30), image, 3);
    expect(getRngState()).to.deep.equal(state);
  });

  it("tells sizes where they change, and all kinds of draws", async () => {
    const transform = new transforms.Compose([
      new transforms.RandomCrop(6, { seed: 1 }),
      new transforms.RandomHorizontalFlip(1, { seed: 1 }),
      new transforms.RandomAffine(5, { translate: [0.2, 0.2], scale: [0.9, 1.1], seed: 1 }),
      new transforms.GaussianNoise(0.1, { seed: 1 }),
    ]);
    const { cards, pixels } = await gallery(show.augmentations(transform, image, 2));
    expect(pixels.map(({ height, planes }) => [height, planes])).to.deep.equal([
      [8, 3],
      [6, 6],
    ]);
    expect(cards[0].words).to.deep.equal(["8×8"]);
    const [size, top, left, flipped, angle, translate, scale, noise] = cards[1].words;
    expect([size, flipped]).to.deep.equal(["6×6", "flipped"]);
    expect(top).to.match(/^top [012]$/);
    expect(left).to.match(/^left [012]$/);
    expect(angle).to.match(/^angle −?[\d.]+°$/);
    expect(translate).to.match(/^translate −?\d, −?\d$/);
    expect(scale).to.match(/^scale [\d.]+$/);
    expect(noise).to.match(/^noise seed \d+$/);
  });

  it("takes one image of a batch, and undoes a normalisation", async () => {
    const batch = fromArray(Float32Array.of(-1, 1, 0, 1), [2, 1, 1, 2]);
    const { pixels } = await gallery(show.augmentations((x) => x, batch, 1, { image: 1, mean: 0.5, std: 0.5 }));
    expect([...Buffer.from(pixels[0].bytes, "base64")]).to.deep.equal([128, 255, 128, 255]);
    const { subtitle } = await viewOf(show.augmentations((x) => x, batch, 1));
    expect(subtitle).to.contain("the transform tells no draws");
  });

  it("says what is wrong", async () => {
    const same = (x: typeof image) => x;
    expect(() => show.augmentations(same, image, 0)).to.throw("n must be a whole number from 1 to 100, got 0");
    expect(() => show.augmentations(same, zeros([2, 8, 8]))).to.throw(
      "images must have 1 or 3 channels, [C,H,W], got [2,8,8]",
    );
    expect(() => show.augmentations(same, image.unsqueeze(0), 1, { image: 1 })).to.throw(
      "there is no image 1 (input [1,3,8,8]). Count from 0 to 0.",
    );
    const message = await bundleOf(show.augmentations((x) => x.flatten(0), image, 1)).catch(
      ({ message }: Error) => message,
    );
    expect(message).to.contain("what the transform gives must have 1 or 3 channels");
  });
});
