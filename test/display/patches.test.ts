import { expect } from "chai";
import "../../src/devices";
import * as show from "../../src/display/show";
import { featureVisualization, topPatches } from "../../src/interpret";
import type { GalleryMark } from "../../src/marks";
import * as nn from "../../src/nn";
import { sampleImages } from "../../src/display/samples/images";
import { normedNet } from "../../src/display/samples/normedNet";
import { getRngState, manualSeed } from "../../src/tensor/random";
import { bundleOf, viewOf } from "./support";

async function gallery(value: object): Promise<GalleryMark> {
  const [mark] = (await viewOf(value)).marks;
  if (mark.mark !== "gallery") throw new Error("the view is no gallery");
  return mark;
}

const net = normedNet(3, 4);
const data = [[sampleImages(12, 3)]];

describe("show.topPatches", () => {
  it("shows what interpret.topPatches finds: a row a unit, the strongest first", async () => {
    const options = { layer: "conv1", count: 4, units: [5, 1] };
    const { patches, values, images, corners } = await topPatches(net, data, options);
    const { cards, pixels, colours } = await gallery(show.topPatches(net, data, options));
    expect(colours).to.equal("rgb");
    expect(cards.map(({ group }) => group)).to.deep.equal([5, 5, 5, 5, 1, 1, 1, 1].map((unit) => `unit ${unit}`));
    const [answers, numbers, places, colour] = await Promise.all(
      [values, images, corners, patches].map((t) => t.data()),
    );
    const bytes = Buffer.from(pixels[0].bytes, "base64");
    cards.forEach(({ name, words }, i) => {
      expect(name).to.equal(`image ${numbers[i]}`);
      expect(Number(words[0].replace("−", "-"))).to.be.closeTo(answers[i], 0.002);
      expect(words[1]).to.equal(`at ${places[2 * i]}, ${places[2 * i + 1]}`);
    });
    colour.forEach((value, i) => expect(bytes[i]).to.equal(Math.round(255 * value)));
  });

  it("shows the first units of a wide layer, and says so", async () => {
    const wide = new nn.Sequential(new nn.Conv2d(3, 40, 3));
    const view = await viewOf(show.topPatches(wide, data, { layer: "0", count: 2 }));
    expect((view.marks[0] as GalleryMark).cards.length).to.equal(64);
    expect(view.subtitle).to.contain("Conv2d · the first 32 of 40 units");
  });

  it("refuses a layer that is not there at the call", () => {
    expect(() => show.topPatches(net, data, { layer: "conv9" })).to.throw('the network has no layer "conv9"');
    expect(() => show.topPatches(net, 3 as never, { layer: "conv1" })).to.throw(
      "data must be a data set or batches, got 3",
    );
  });
});

describe("show.featureVisualization", () => {
  const options = { layer: "conv1", inputShape: [1, 3, 12, 12], steps: 5 };

  it("shows what interpret.featureVisualization gives from the same random numbers, and takes none of them", async () => {
    manualSeed(6);
    const state = getRngState();
    const { cards, pixels } = await gallery(show.featureVisualization(net, { ...options, units: [2, 4] }));
    expect(getRngState()).to.deep.equal(state);
    const images = [
      await featureVisualization(net, { ...options, unit: 2 }),
      await featureVisualization(net, { ...options, unit: 4 }),
    ];
    expect(cards.map(({ name }) => name)).to.deep.equal(["unit 2", "unit 4"]);
    const bytes = Buffer.from(pixels[0].bytes, "base64");
    for (const [i, image] of images.entries()) {
      const numbers = Array.from(await image.data());
      const largest = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      expect(pixels[0].ranges[3 * i]).to.deep.equal([-largest, largest]);
      numbers.forEach((value, at) =>
        expect(bytes[432 * i + at]).to.be.closeTo(127.5 + (127.5 * value) / largest, 0.51),
      );
    }
  });

  it("shows several beginnings of a unit", async () => {
    const { cards } = await gallery(
      show.featureVisualization(net, { ...options, unit: 1, inputShape: [2, 3, 12, 12] }),
    );
    expect(cards.map(({ name, words: [start] }) => [name, start])).to.deep.equal([
      ["unit 1", "start 0"],
      ["unit 1", "start 1"],
    ]);
  });

  it("says what is wrong", async () => {
    expect(() => show.featureVisualization(net, options)).to.throw("needs one unit, or several as units");
    expect(() => show.featureVisualization(net, { ...options, units: [-1] })).to.throw(
      "units are whole numbers >= 0, got -1",
    );
    expect(() => show.featureVisualization(net, { ...options, unit: 0, inputShape: [3, 12] })).to.throw(
      "inputShape must be [N,C,H,W], got [3,12]",
    );
    const message = await bundleOf(show.featureVisualization(net, { ...options, unit: 6 })).catch(
      (error: Error) => error.message,
    );
    expect(message).to.contain("unit must be a whole number from 0 to 5, got 6");
  });
});
