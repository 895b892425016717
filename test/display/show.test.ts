import { expect } from "chai";
import "../../src/devices";
import * as show from "../../src/display/show";
import { DataError } from "../../src/errors";
import { pictureLayout } from "../../src/marks/grid/paint";
import { tileOrigin } from "../../src/marks/kit/layout";
import { fromArray, full, tensor, zeros } from "../../src/tensor/create";
import { bundleOf, gridOf, pictureColour, pngOf, unpack } from "./support";

const LARGEST_BUNDLE = 300 * 1024;
const ramp = (length: number, from: number, to: number) =>
  Float32Array.from({ length }, (_, i) => from + ((to - from) * i) / (length - 1));

describe("show.featureMaps", () => {
  it("has a tile for each channel of the chosen image, with exact statistics", async () => {
    const maps = tensor([
      [[[9]], [[9]]],
      [[[0]], [[2]]],
    ]);
    const view = await gridOf(show.featureMaps(maps, { image: 1, title: "conv1" }));
    expect(view).to.deep.include({ tile: "channel", title: "conv1", scale: "sequential" });
    expect(view.subtitle).to.equal("[2,2,1,1] float32 on cpu, image 1");
    expect(view.labels).to.deep.equal(["0", "1"]);
    expect(unpack(view)).to.deep.equal([[0], [2]]);
    expect(view.statistics).to.deep.equal({ min: 0, max: 2, mean: 1 });
  });

  it("diverges around zero as soon as a number is negative", async () => {
    const bundle = await bundleOf(show.featureMaps(fromArray(Float32Array.of(-1, 0, 0.5, 1), [1, 2, 2])));
    expect((await gridOf(bundle)).scale).to.equal("diverging");
    const [blue, white, orange] = await Promise.all([
      pictureColour(bundle, 0, 0, 0),
      pictureColour(bundle, 0, 0, 1),
      pictureColour(bundle, 0, 1, 1),
    ]);
    expect(blue[2]).to.be.above(blue[0] + 30);
    expect(Math.min(...white)).to.be.above(235);
    expect(orange[0]).to.be.above(orange[2] + 60);
    expect(bundle["text/plain"]).to.equal("Feature maps\n[1,2,2] float32 on cpu\nmin -1, mean 0.125, max 1");
  });

  it("frames its tiles and lets the page show between them", async () => {
    const bundle = await bundleOf(show.featureMaps(zeros([2, 6, 6])));
    const { top, layout } = pictureLayout(await gridOf(bundle));
    const { x, y } = tileOrigin(layout, 0);
    const png = pngOf(bundle);
    expect(await pictureColour(bundle, 1, 5, 5)).to.deep.equal([68, 1, 84, 255]);
    expect(png.at(x - 1, top + y - 1)).to.deep.equal([176, 176, 176, 255]);
    expect(png.at(x + layout.tileWidth + 4, top + y + 4)[3]).to.equal(0);
  });

  it("stays small for large layers", async () => {
    const maps = fromArray(ramp(64 * 112 * 112, -1, 1), [1, 64, 112, 112]);
    const bundle = await bundleOf(show.featureMaps(maps));
    const { pixels } = await gridOf(bundle);
    expect(JSON.stringify(bundle).length).to.be.below(LARGEST_BUNDLE);
    expect(pixels.reducedFrom).to.deep.equal({ planes: 64, height: 112, width: 112 });
    expect(bundle["text/plain"]).to.contain("drawn: 64 tiles of 28x28");
  });

  it("says so when numbers are NaN, and draws the others", async () => {
    const view = await gridOf(show.featureMaps(fromArray(Float32Array.of(0, NaN, 2, 1), [1, 2, 2])));
    expect(view.statistics).to.deep.equal({ min: null, max: null, mean: null });
    expect(view.subtitle).to.equal("[1,2,2] float32 on cpu, 1 number is NaN or infinite");
    expect(unpack(view)[0][2]).to.equal(2);
  });

  it("draws float64 of the reference device", async () => {
    const view = await gridOf(show.featureMaps(fromArray(Float64Array.of(0, 1), [2, 1, 1])));
    expect(view.subtitle).to.equal("[2,1,1] float64 on reference");
    expect(unpack(view)).to.deep.equal([[0], [1]]);
  });

  it("reads the tensor when it is drawn, not before", () => {
    expect(show.featureMaps(zeros([1, 2, 2])))
      .to.have.property("view")
      .that.is.a("function");
  });

  it("rejects other shapes, images that are not there and wrong labels at the call", () => {
    const maps = zeros([4, 6, 5, 5]);
    expect(() => show.featureMaps(zeros([4, 10]))).to.throw(
      DataError,
      "show.featureMaps: expected maps [N,C,H,W] or [C,H,W], got [4,10]. " +
        "Bring it to that shape with reshape() or slice().",
    );
    expect(() => show.featureMaps(maps, { image: 4 })).to.throw(
      "show.featureMaps: there is no image 4 (input [4,6,5,5]). Count from 0 to 3.",
    );
    expect(() => show.featureMaps(maps, { labels: ["a"] })).to.throw(
      "show.featureMaps: 1 labels for 6 channels (input [4,6,5,5]). Give one a channel.",
    );
  });
});

describe("show.filters", () => {
  it("shows filters over three channels in colour, each scaled by its own largest weight", async () => {
    const w = fromArray(Float32Array.of(0.5, 0, -0.5, 0.01, 0.02, -0.04), [2, 3, 1, 1]);
    const view = await gridOf(show.filters(w, { title: "conv1" }));
    expect(view).to.deep.include({ tile: "filter", scale: "rgb", columns: 2, labels: ["0", "1"] });
    expect([...Buffer.from(view.pixels.bytes, "base64")]).to.deep.equal([255, 128, 0, 159, 191, 0]);
    expect(view.pixels.ranges[0]).to.deep.equal([-0.5, 0.5]);
    expect(view.pixels.ranges[3][1]).to.be.closeTo(0.04, 1e-8);
  });

  it("shows others as a tile for each filter and channel, in rows of whole filters", async () => {
    const view = await gridOf(show.filters(fromArray(ramp(16 * 6 * 25, -1, 1), [16, 6, 5, 5])));
    expect(view).to.deep.include({ scale: "diverging", columns: 12 });
    expect(view.pixels.planes).to.equal(96);
    expect(view.labels[6 * 3 + 1]).to.equal("f3 c1");
    expect(unpack(view)[0][0]).to.equal(-1);
    expect(unpack(view)[95][24]).to.equal(1);
  });

  it("numbers filters over one channel", async () => {
    const view = await gridOf(show.filters(fromArray(ramp(8, -1, 1), [8, 1, 1, 1])));
    expect(view.labels).to.deep.equal(["0", "1", "2", "3", "4", "5", "6", "7"]);
  });

  it("shows the first channels of the first filters of a large layer, and says of how many", async () => {
    const w = fromArray(ramp(64 * 64, 0, 1), [64, 64, 1, 1]);
    const view = await gridOf(show.filters(w));
    expect(view.pixels.planes).to.equal(256);
    expect(view.pixels.reducedFrom).to.deep.equal({ planes: 4096, height: 1, width: 1 });
    expect(view.labels.slice(15, 17)).to.deep.equal(["f0 c15", "f1 c0"]);
    expect(unpack(view)[16][0]).to.be.closeTo(64 / 4095, 1 / 255);
    expect(view.statistics.max).to.equal(1);
  });

  it("rejects weights of a linear layer", () => {
    expect(() => show.filters(zeros([10, 84]))).to.throw(
      "show.filters: expected weights [K,C,R,S], got [10,84]. Bring it to that shape with reshape() or slice().",
    );
  });
});

describe("show.images", () => {
  it("takes an array of tensors, each with or without the number of images", async () => {
    const [a, b] = [full([1, 1, 2], 0.2), tensor([[[[0, 1]]], [[[1, 0]]]])];
    const view = await gridOf(show.images([a, b, a.unsqueeze(0)], { labels: ["p", "q", "r", "s"] }));
    const alike = await gridOf(show.images(tensor([[[[0.2, 0.2]]], [[[0, 1]]], [[[1, 0]]], [[[0.2, 0.2]]]])));
    expect(unpack(view)).to.deep.equal(unpack(alike));
    expect(view.labels).to.deep.equal(["p", "q", "r", "s"]);
    expect(view.subtitle).to.equal("[1,1,2] float32 on cpu, 3 tensors");
    expect((await gridOf(show.images([b]))).subtitle).to.equal("[2,1,1,2] float32 on cpu");
  });
  it("undoes a normalisation", async () => {
    const images = fromArray(Float32Array.of(-1, 0, 1), [1, 3, 1, 1]);
    const view = await gridOf(show.images(images, { mean: [0.5, 0.5, 0.5], std: 0.5 }));
    expect(view).to.deep.include({ tile: "image", repeats: true, scale: "rgb" });
    expect([...Buffer.from(view.pixels.bytes, "base64")]).to.deep.equal([0, 128, 255]);
    expect(view.pixels.ranges).to.deep.equal([[0, 1]]);
    expect(view.statistics).to.deep.equal({ min: 0, max: 1, mean: 0.5 });
    expect(view.subtitle).to.equal("[1,3,1,1] float32 on cpu");
  });

  it("names images by a tensor of labels and the classes", async () => {
    const labels = tensor([2, 0], { dtype: "int32" });
    const bundle = await bundleOf(show.images(zeros([2, 1, 2, 2]), { labels, classes: ["cat", "dog", "ship"] }));
    expect((await gridOf(bundle)).labels).to.deep.equal(["ship", "cat"]);
    expect(bundle["text/plain"]).to.equal("Images\n[2,1,2,2] float32 on cpu\nmin 0, mean 0, max 0\nlabels: ship, cat");
    expect((await gridOf(show.images(zeros([2, 1, 2, 2]), { labels: [7, "x"] }))).labels).to.deep.equal(["7", "x"]);
  });

  it("draws grey images in grey and colour images in their colours", async () => {
    const grey = await pictureColour(await bundleOf(show.images(full([1, 8, 8], 0.6))), 0, 4, 4);
    const [level] = grey;
    expect(grey).to.deep.equal([level, level, level, 255]);
    expect(level).to.be.closeTo(153, 1);
    const colours = fromArray(Float32Array.of(1, 0.2, 0.6), [3, 1, 1]);
    expect(await pictureColour(await bundleOf(show.images(colours)), 0, 0, 0)).to.deep.equal([255, 51, 153, 255]);
  });

  it("scales images that go beyond 0..1 and says what black and white are", async () => {
    const view = await gridOf(show.images(fromArray(Float32Array.of(-2, 2), [2, 1, 1, 1])));
    expect(view.subtitle).to.equal("[2,1,1,1] float32 on cpu, black is -2, white is 2");
    expect(unpack(view)).to.deep.equal([[-2], [2]]);
    const bytes = await gridOf(show.images(tensor([[[0, 255]]], { dtype: "int32" })));
    expect(bytes.pixels.ranges).to.deep.equal([[0, 255]]);
  });

  it("shows as many of a large batch as fit whole", async () => {
    const bundle = await bundleOf(show.images(fromArray(ramp(64 * 3072, 0, 1), [64, 3, 32, 32])));
    const view = await gridOf(bundle);
    expect(view.pixels.planes / 3).to.equal(21);
    expect(view.pixels.reducedFrom?.planes).to.equal(192);
    expect(JSON.stringify(bundle).length).to.be.below(LARGEST_BUNDLE);
  });

  it("rejects maps, and labels and means that do not fit", () => {
    expect(() => show.images([zeros([3, 5, 5]), zeros([2, 3, 5, 4])])).to.throw(
      "show.images: tensor 1 is [2,3,5,4] float32, tensor 0 is [3,5,5] float32. " +
        "Bring all to one size with transforms.Resize, or show them one by one.",
    );
    expect(() => show.images([])).to.throw("show.images: the array holds no image. Give one or more tensors.");
    expect(() => show.images([zeros([3, 5, 5]), [1] as never])).to.throw("expected a Tensor images [N,C,H,W]");
    expect(() => show.images(zeros([4, 6, 5, 5]))).to.throw(
      "show.images: images have 1 or 3 channels, got 6 (input [4,6,5,5]). Show feature maps with show.featureMaps().",
    );
    expect(() => show.images(zeros([4, 3, 5, 5]), { labels: ["a"] })).to.throw(
      "show.images: 1 labels for 4 images. Give one an image.",
    );
    expect(() => show.images(zeros([4, 3, 5, 5]), { mean: [0, 0] })).to.throw(
      "show.images: mean has 2 numbers, the images have 3 channels. Give one a channel, or one for all.",
    );
  });
});
