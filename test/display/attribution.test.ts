import { expect } from "chai";
import "../../src/devices";
import * as interpret from "../../src/interpret";
import * as show from "../../src/display/show";
import { sampleImages } from "../../src/display/samples/images";
import { SAMPLE_CLASSES, sampleNet } from "../../src/display/samples/sampleNet";
import { DataError, ShapeError } from "../../src/errors";
import type { GridMark, Overlay } from "../../src/marks";
import { tensor, zeros } from "../../src/tensor/create";
import { getRngState } from "../../src/tensor/random";
import type { Tensor } from "../../src/tensor/tensor";
import { bundleOf, gridOf, unpack, viewOf } from "./support";

const net = sampleNet();
const images = sampleImages(3);
const target = [2, 0, 1];
const options = { target, classes: SAMPLE_CLASSES };

function layerOver(grid: GridMark): Overlay {
  if (!grid.over) throw new Error("there is no heat map");
  return grid.over;
}

/** What the engine itself makes of the channels. */
const summed = (t: Tensor): Tensor => (t.shape[1] === 1 ? t : t.sum(1, { keepdim: true }));
const grey = (t: Tensor): Tensor => t.mul(tensor([0.2989, 0.587, 0.114]).reshape(3, 1, 1)).sum(1, { keepdim: true });
const largest = (t: Tensor): Tensor => t.max(1, { keepdim: true });

/** Each view with the numbers that its heat map must have. */
const VIEWS: Record<string, { view: () => object; expected: () => Tensor; name: string; words: RegExp }> = {
  saliency: {
    view: () => show.saliency(net, images, options),
    expected: () => largest(interpret.saliency(net, images, { target })),
    name: "saliency",
    words: /absolute gradient of the target's score, the largest of 3 channels$/,
  },
  inputXGradient: {
    view: () => show.inputXGradient(net, images, options),
    expected: () => summed(interpret.inputXGradient(net, images, { target })),
    name: "input × gradient",
    words: /summed over 3 channels, image in grey$/,
  },
  integratedGradients: {
    view: () => show.integratedGradients(net, images, { ...options, steps: 7, baseline: 0.5 }),
    expected: () => summed(interpret.integratedGradients(net, images, { target, steps: 7, baseline: 0.5 })),
    name: "attribution",
    words: /integrated gradients in 7 steps, summed over 3 channels, image in grey$/,
  },
  guidedBackprop: {
    view: () => show.guidedBackprop(net, images, options),
    expected: () => summed(interpret.guidedBackprop(net, images, { target })),
    name: "guided gradient",
    words: /summed over 3 channels, image in grey$/,
  },
  deconvolution: {
    view: () => show.deconvolution(net, images, options),
    expected: () => summed(interpret.deconvolution(net, images, { target })),
    name: "deconvolution",
    words: /summed over 3 channels, image in grey$/,
  },
  gradCam: {
    view: () => show.gradCam(net, images, { ...options, layer: "3", resize: false }),
    expected: () => interpret.gradCam(net, images, { target, layer: "3", resize: false }),
    name: "Grad-CAM",
    words: /weighted by their gradients$/,
  },
  occlusion: {
    view: () => show.occlusion(net, images, { ...options, window: [4, 3], stride: 3 }),
    expected: () => interpret.occlusion(net, images, { target, window: [4, 3], stride: 3 }),
    name: "fall of the score",
    words: /a window of 4×3 covers the image, image in grey$/,
  },
  smoothGrad: {
    view: () => show.smoothGrad(net, images, { ...options, samples: 2, stdev: 0 }),
    expected: () => largest(interpret.smoothGrad(net, images, { target, samples: 2, stdev: 0 })),
    name: "saliency",
    words: /mean absolute gradient of 2 noisy copies, the largest of 3 channels$/,
  },
};

describe("views of attributions", () => {
  for (const [name, { view, expected, name: called, words }] of Object.entries(VIEWS))
    it(`show.${name}: the heat map is interpret.${name}'s, and the image lies below it`, async () => {
      const grid = await gridOf(view());
      const over = layerOver(grid);
      const heat = expected();
      const numbers = Array.from(await heat.data());
      const [, , rows, columns] = heat.shape;
      expect([over.pixels.planes, over.pixels.height, over.pixels.width]).to.deep.equal([3, rows, columns]);
      const carried = Buffer.from(over.pixels.values ?? "", "base64");
      const [min, max] = [Math.min(...numbers), Math.max(...numbers)];
      numbers.forEach((value, i) =>
        expect(carried.readFloatLE(4 * i)).to.be.closeTo(value, 1e-6 * Math.max(-min, max)),
      );
      expect(max).to.be.above(min);
      // Each image to its own largest number, from zero.
      const bytes = [...Buffer.from(over.pixels.bytes, "base64")];
      const plane = rows * columns;
      for (let image = 0; image < 3; image++) {
        const own = numbers.slice(image * plane, (image + 1) * plane);
        const [low, high] = [Math.min(0, ...own), Math.max(0, ...own)];
        own.forEach((value, i) =>
          expect(bytes[image * plane + i]).to.be.closeTo(
            high > low ? (255 * (value - low)) / (high - low) : 0,
            0.5 + 1e-3,
          ),
        );
      }
      expect(over.ownScales).to.equal(true);
      expect(over.scale).to.equal(min < 0 ? "diverging" : "sequential");
      expect(over.statistics.max).to.be.closeTo(max, 1e-6 * Math.abs(max));
      expect(over.name).to.equal(called);
      expect(grid.subtitle).to.match(words);
      const isNothing = (image: number): boolean =>
        numbers.slice(image * plane, (image + 1) * plane).every((value) => value === 0);
      expect(grid.labels).to.deep.equal(
        ["stripes", "square", "disc"].map(
          (word, image) =>
            `target ${word}${isNothing(image) ? `: ${name === "gradCam" ? "nothing positive" : "all zero"}` : ""}`,
        ),
      );
      // Orange and blue lie over grey.
      const seen = min < 0 ? grey(images) : images;
      const pixels = Array.from(await seen.data());
      unpack(grid)
        .flat()
        .forEach((value, i) => expect(value).to.be.closeTo(pixels[i], 0.5 / 255 + 1e-6));
      expect(grid).to.include({ scale: min < 0 ? "sequential" : "rgb", palette: "grey", repeats: true });
    });

  it("leave gradients, mode and the images as they are", async () => {
    const own = sampleNet().train();
    const x = sampleImages(2);
    const before = Array.from(await x.data());
    for (const view of [show.saliency, show.guidedBackprop, show.inputXGradient])
      await bundleOf(view(own, x, { target: 1 }));
    await bundleOf(show.gradCam(own, x, { target: 1, layer: "3" }));
    expect(own.parameters().every(({ grad }) => grad === null)).to.equal(true);
    expect(own.training).to.equal(true);
    expect(x.grad).to.equal(null);
    expect(Array.from(await x.data())).to.deep.equal(before);
  });

  it("undo a normalisation of the image, not of the numbers", async () => {
    const normalised = images.sub(0.5).div(0.25);
    const grid = await gridOf(show.saliency(net, normalised, { target, mean: 0.5, std: 0.25 }));
    const pixels = Array.from(await images.data());
    unpack(grid)
      .flat()
      .forEach((value, i) => expect(value).to.be.closeTo(pixels[i], 0.5 / 255 + 1e-5));
    const expected = Array.from(await largest(interpret.saliency(net, normalised, { target })).data());
    expect(layerOver(grid).statistics.max).to.be.closeTo(Math.max(...expected), 1e-7);
  });

  it("name targets of each kind, and take an opacity and a grey image", async () => {
    const labels = async (given: interpret.Target, classes?: readonly string[]): Promise<string[]> =>
      (await gridOf(show.saliency(net, images, { target: given, ...(classes ? { classes } : {}) }))).labels;
    expect(await labels(1)).to.deep.equal(["target 1", "target 1", "target 1"]);
    expect(await labels(tensor([2, 1, 0], { dtype: "int32" }), SAMPLE_CLASSES)).to.deep.equal([
      "target stripes",
      "target disc",
      "target square",
    ]);
    const grey = await gridOf(
      show.saliency(sampleNet(1), sampleImages(2, 1), { target: 0, opacity: 0.25, title: "Why?" }),
    );
    expect(grey).to.include({ scale: "sequential", palette: "grey", title: "Why?" });
    expect(grey.subtitle).to.equal("[2,1,12,12] float32 on cpu, absolute gradient of the target's score");
    expect(layerOver(grey).opacity).to.equal(0.25);
  });

  it("explain what the network guesses, unless they are told a target, and say the truth where it is known", async () => {
    const guesses = Array.from(await net(images).argmax(1).data());
    const truth = tensor([0, 1, 2], { dtype: "int32" });
    for (const name of ["saliency", "inputXGradient", "gradCam", "occlusion", "guidedBackprop"] as const) {
      const grid = await gridOf(show[name](net, images, { labels: truth }));
      expect(grid.labels, name).to.deep.equal(guesses.map((guess, n) => `guess ${guess}, truth ${n}`));
      const explicit = { target: guesses, ...(name === "occlusion" ? { window: 3, stride: 1 } : {}) };
      const told = await gridOf(show[name](net, images, name === "gradCam" ? { ...explicit, layer: "3" } : explicit));
      expect(layerOver(grid).pixels.values, name).to.equal(layerOver(told).pixels.values);
      expect(told.labels).to.deep.equal(guesses.map((guess) => `target ${guess}`));
    }
    const view = await viewOf(show.gradCam(net, images, { target: 1, classes: SAMPLE_CLASSES }));
    expect(view.title).to.equal("Grad-CAM of layer 3, target disc");
    expect((await viewOf(show.saliency(net, images))).title).to.equal("Saliency");
  });

  it("take one scale for all images if they are told to, and say where there is nothing to see", async () => {
    const all = layerOver(await gridOf(show.gradCam(net, images, { scaleBy: "all", target: 0 })));
    const heat = Array.from(await interpret.gradCam(net, images, { target: 0 }).data());
    expect(all.ownScales).to.equal(undefined);
    expect(all.pixels.ranges).to.have.length(1);
    expect(all.pixels.ranges[0][1]).to.be.closeTo(Math.max(...heat), 1e-6);
    // Scores that nothing lifts: a last layer of zeros.
    const dull = sampleNet();
    const zeroed = Object.fromEntries(Object.entries(dull.stateDict()).map(([key, t]) => [key, t.mul(0)]));
    dull.loadStateDict(zeroed);
    const grid = await gridOf(show.gradCam(dull, images, { target: 2 }));
    expect(grid.labels).to.deep.equal([
      "target 2: nothing positive",
      "target 2: nothing positive",
      "target 2: nothing positive",
    ]);
    expect((await gridOf(show.saliency(dull, images, { target: 2 }))).labels[0]).to.equal("target 2: all zero");
  });

  it("show.smoothGrad leaves the engine's random numbers, and draws what they would give next", async () => {
    const state = getRngState();
    const grid = await gridOf(show.smoothGrad(net, images, { target, samples: 2, stdev: 0.5 }));
    expect(getRngState()).to.deep.equal(state);
    const expected = Array.from(
      await largest(interpret.smoothGrad(net, images, { target, samples: 2, stdev: 0.5 })).data(),
    );
    const carried = Buffer.from(layerOver(grid).pixels.values ?? "", "base64");
    expected.forEach((value, i) => expect(carried.readFloatLE(4 * i)).to.be.closeTo(value, 1e-6));
  });

  it("carry heat maps for the images that are shown of a large batch", async () => {
    const many = sampleImages(3).repeat(100, 1, 1, 1);
    const grid = await gridOf(show.saliency(net, many, { target: 0 }));
    const tiles = grid.pixels.planes / 3;
    expect(tiles).to.be.within(16, 299);
    expect(layerOver(grid).pixels.planes).to.equal(tiles);
    expect(grid.labels).to.have.length(tiles);
  });

  it("refuse what they cannot show, at the call", () => {
    expect(() => show.saliency(net, zeros([2, 4, 12, 12]), { target: 0 })).to.throw(
      DataError,
      "show.saliency: images have 1 or 3 channels, got 4 (input [2,4,12,12]). " +
        "Call interpret.saliency() and show its maps with show.featureMaps().",
    );
    expect(() => show.saliency(net, images, { target: [0, 1] })).to.throw(
      ShapeError,
      "show.saliency: 3 images need one target or 3 of them, got 2.",
    );
    expect(() => show.saliency(net, images, { target: 0, opacity: 2 })).to.throw(
      "show.saliency: opacity must be a number from 0 to 1, got 2. The default is 0.6.",
    );
    expect(() => show.gradCam(net, images, { target: 0, layer: "conv9" })).to.throw(
      'show.gradCam: the network has no layer "conv9". It has 0, 1, 2, 3, 4, 5, 6.',
    );
  });
});
