import { expect } from "chai";
import * as transforms from "../../src/data/transforms";
import "../../src/devices";
import { DataError, DTypeError, ShapeError } from "../../src/errors";
import { arange, fromArray, ones, rand, tensor, zeros } from "../../src/tensor/create";
import { manualSeed } from "../../src/tensor/random";
import type { Tensor } from "../../src/tensor/tensor";

const batch = (count: number, channels: number, height: number, width: number): Tensor =>
  arange(count * channels * height * width).reshape(count, channels, height, width);

/** Every transform that draws, for what all of them promise. */
const drawing: Record<string, (seed?: number) => transforms.RandomTransform<unknown>> = {
  RandomCrop: (seed) => new transforms.RandomCrop(6, { padding: 2, seed }),
  RandomHorizontalFlip: (seed) => new transforms.RandomHorizontalFlip(0.5, { seed }),
  RandomRotation: (seed) => new transforms.RandomRotation(30, { seed }),
  RandomAffine: (seed) => new transforms.RandomAffine(20, { translate: [0.2, 0.2], scale: [0.8, 1.2], seed }),
  GaussianNoise: (seed) => new transforms.GaussianNoise(0.1, { seed }),
  ColorJitter: (seed) => new transforms.ColorJitter({ brightness: 0.4, contrast: 0.4, saturation: [0.2, 2], seed }),
};

describe("random transforms", () => {
  for (const [name, make] of Object.entries(drawing)) {
    const images = rand([12, 3, 8, 8]);

    it(`${name} draws the same for the same seed, whatever manualSeed says`, async () => {
      const [a, b] = [make(7), make(7)];
      manualSeed(1);
      const first = await a(images).data();
      manualSeed(2);
      expect(await b(images).data()).to.deep.equal(first);
      expect(b.lastDraws).to.deep.equal(a.lastDraws);
      expect(await b(images).data()).to.not.deep.equal(first);
    });

    it(`${name} follows manualSeed without a seed of its own`, async () => {
      const run = async (seed: number) => {
        manualSeed(seed);
        return make()(images).data();
      };
      expect(await run(3)).to.deep.equal(await run(3));
      expect(await run(3)).to.not.deep.equal(await run(4));
    });

    it(`${name} draws for each image of a batch, and leaves its input as it was`, async () => {
      const transform = make(1);
      const same = ones([12, 3, 8, 8]).mul(arange(64).div(64).reshape(8, 8));
      const before = await same.data();
      const out = transform(same);
      expect(transform.lastDraws).to.have.length(12);
      const pictures = ((await out.tolist()) as unknown[]).map((picture) => JSON.stringify(picture));
      expect(new Set(pictures).size).to.be.greaterThan(1);
      expect(new Set(transform.lastDraws.map((draw) => JSON.stringify(draw))).size).to.be.greaterThan(1);
      expect(await same.data()).to.deep.equal(before);
      expect(transform(rand([3, 8, 8])).shape).to.have.length(3);
      expect(transform.lastDraws).to.have.length(1);
    });

    it(`${name} says what is no image`, () => {
      expect(() => make()(zeros([8, 8]))).to.throw(
        ShapeError,
        `${name}: an image has three dimensions or more, [...,C,H,W] (input [8,8]). Add them with unsqueeze().`,
      );
      expect(() => make()(zeros([1, 8, 8], { dtype: "int32" }))).to.throw(
        DTypeError,
        `${name}: images must be float, got int32 (input [1,8,8]).`,
      );
    });
  }
});

describe("transforms.RandomCrop", () => {
  it("gives the window that it reports, with fill outside", async () => {
    const images = batch(20, 2, 4, 5);
    const crop = new transforms.RandomCrop([3, 4], { padding: 2, fill: -1, seed: 0 });
    const out = (await crop(images).tolist()) as number[][][][];
    crop.lastDraws.forEach(({ top, left }, i) => {
      expect(top).to.be.within(0, 5);
      expect(left).to.be.within(0, 5);
      for (let c = 0; c < 2; c++)
        for (let y = 0; y < 3; y++)
          for (let x = 0; x < 4; x++) {
            const [row, column] = [top - 2 + y, left - 2 + x];
            const inside = row >= 0 && row < 4 && column >= 0 && column < 5;
            expect(out[i][c][y][x]).to.equal(inside ? ((i * 2 + c) * 4 + row) * 5 + column : -1);
          }
    });
    expect(new Set(crop.lastDraws.map(({ top }) => top)).size).to.be.greaterThan(3);
  });

  it("says that a window does not fit", () => {
    expect(() => new transforms.RandomCrop(9, { padding: 1 })(zeros([1, 6, 8]))).to.throw(
      ShapeError,
      "RandomCrop: the window 9x9 does not fit the image 6x8 with padding 1 (8x10). Use a smaller size or more padding.",
    );
    expect(() => new transforms.RandomCrop(0)).to.throw(
      DataError,
      "RandomCrop: size must be a whole number >= 1 or [height, width], got 0.",
    );
    expect(() => new transforms.RandomCrop(2, { padding: -1 })).to.throw("padding must be a whole number >= 0");
  });
});

describe("transforms.RandomHorizontalFlip", () => {
  it("mirrors all images with p = 1, none with p = 0, about half by default", async () => {
    const images = tensor([[[[1, 2, 3]]], [[[4, 5, 6]]]]);
    const mirrored = [[[[3, 2, 1]]], [[[6, 5, 4]]]];
    expect(await new transforms.RandomHorizontalFlip(1)(images).tolist()).to.deep.equal(mirrored);
    expect(await new transforms.RandomHorizontalFlip(0)(images).data()).to.deep.equal(await images.data());
    const half = new transforms.RandomHorizontalFlip(undefined, { seed: 0 });
    half(zeros([1000, 1, 1, 1]));
    expect(half.lastDraws.filter(({ flipped }) => flipped).length).to.be.within(450, 550);
    expect(() => new transforms.RandomHorizontalFlip(2)).to.throw(
      "RandomHorizontalFlip: p must be a probability, 0 to 1, got 2.",
    );
  });
});

describe("transforms.RandomRotation", () => {
  const image = tensor([
    [
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ],
  ]);
  const quarter = [
    [
      [3, 6, 9],
      [2, 5, 8],
      [1, 4, 7],
    ],
  ];

  it("turns by 90 degrees exactly, counter-clockwise, with either interpolation", async () => {
    for (const interpolation of ["nearest", "bilinear"] as const) {
      const turn = new transforms.RandomRotation([90, 90], { interpolation });
      expect(await turn(image).tolist()).to.deep.equal(quarter);
      const back = new transforms.RandomRotation([-90, -90], { interpolation });
      expect(await back(turn(image)).tolist()).to.deep.equal(await image.tolist());
    }
  });

  it("fills what comes in from outside", async () => {
    const out = await new transforms.RandomRotation([45, 45], { fill: 7 })(zeros([1, 8, 8])).data();
    expect([out[0], out[7], out[56], out[63]]).to.deep.equal([7, 7, 7, 7]);
    expect(out[36]).to.equal(0);
  });

  it("draws within the degrees", () => {
    const turn = new transforms.RandomRotation(10, { seed: 0 });
    turn(zeros([500, 1, 2, 2]));
    const angles = turn.lastDraws.map(({ angle }) => angle);
    expect(Math.min(...angles)).to.be.within(-10, -9);
    expect(Math.max(...angles)).to.be.within(9, 10);
    expect(() => new transforms.RandomRotation(-5)).to.throw(
      "RandomRotation: degrees must be a number >= 0 or [min, max], got -5.",
    );
    expect(() => new transforms.RandomRotation(5, { interpolation: "cubic" as "nearest" })).to.throw(
      'RandomRotation: interpolation must be "nearest" or "bilinear", got "cubic".',
    );
  });
});

describe("transforms.RandomAffine", () => {
  it("shifts by whole pixels within the shares, and scales within the range", () => {
    const move = new transforms.RandomAffine(0, { translate: [0.25, 0], scale: [0.5, 2], seed: 0 });
    move(zeros([300, 1, 4, 8]));
    const shifts = new Set(move.lastDraws.map(({ translate }) => translate[0]));
    expect([...shifts].sort((a, b) => a - b)).to.deep.equal([-2, -1, 0, 1, 2]);
    expect(move.lastDraws.every(({ translate, angle }) => translate[1] === 0 && angle === 0)).to.equal(true);
    expect(move.lastDraws.every(({ scale }) => scale >= 0.5 && scale < 2)).to.equal(true);
  });

  it("rejects shares and scales that make no sense", () => {
    expect(() => new transforms.RandomAffine(0, { translate: [2, 0] })).to.throw(
      "RandomAffine: translate must hold two shares of the size, 0 to 1, got [2,0].",
    );
    expect(() => new transforms.RandomAffine(0, { scale: [0, 1] })).to.throw("scale must be above 0, got [0,1].");
  });
});

describe("transforms.Resize and CenterCrop", () => {
  it("takes one number as the shorter side", () => {
    expect(new transforms.Resize(4)(zeros([2, 3, 8, 11])).shape).to.deep.equal([2, 3, 4, 5]);
    expect(new transforms.Resize(4)(zeros([3, 11, 8])).shape).to.deep.equal([3, 5, 4]);
    expect(() => new transforms.Resize([3, 0])).to.throw("Resize: size must be a whole number >= 1");
  });

  it("doubles a row as PyTorch does", async () => {
    // torch.nn.functional.interpolate: weights 1/4 and 3/4 between pixels, the ends repeated
    const out = new transforms.Resize([1, 4])(tensor([[[0, 1]]]));
    expect(await out.tolist()).to.deep.equal([[[0, 0.25, 0.75, 1]]]);
  });

  it("crops the middle, and puts zeros around a smaller image", async () => {
    const image = arange(20).reshape(1, 4, 5);
    expect(await new transforms.CenterCrop([2, 3])(image).tolist()).to.deep.equal([
      [
        [6, 7, 8],
        [11, 12, 13],
      ],
    ]);
    expect(await new transforms.CenterCrop([1, 4])(ones([1, 1, 1])).tolist()).to.deep.equal([[[0, 1, 0, 0]]]);
  });
});

describe("transforms.GaussianNoise", () => {
  it("has the deviation that was asked for, and stays in 0..1 when clipped", async () => {
    const free = await new transforms.GaussianNoise(0.2, { clip: false, seed: 0 })(zeros([1, 100, 100])).data();
    const deviation = Math.sqrt(Array.from(free).reduce((sum, value) => sum + value ** 2, 0) / free.length);
    expect(deviation).to.be.closeTo(0.2, 0.01);
    const clipped = await new transforms.GaussianNoise(0.2, { seed: 0 })(zeros([1, 100, 100])).data();
    expect(clipped).to.deep.equal(free.map((value) => Math.min(1, Math.max(0, value))));
    expect(() => new transforms.GaussianNoise(-1)).to.throw("GaussianNoise: sigma must be a number >= 0, got -1.");
  });
});

describe("transforms.ColorJitter", () => {
  const image = fromArray(Float64Array.of(0.2, 0.4, 0.6, 0.8, 0.1, 0.3), [3, 1, 2]);
  const luminance = [0.2989 * 0.2 + 0.587 * 0.6 + 0.114 * 0.1, 0.2989 * 0.4 + 0.587 * 0.8 + 0.114 * 0.3];
  const numbers = [0.2, 0.4, 0.6, 0.8, 0.1, 0.3];
  const near = async (options: transforms.ColorJitterOptions, expected: number[]) => {
    const out = await new transforms.ColorJitter(options)(image).data();
    expected.forEach((value, i) => expect(out[i]).to.be.closeTo(value, 1e-12));
  };

  it("multiplies by the brightness, kept in 0..1", () => near({ brightness: [2, 2] }, [0.4, 0.8, 1, 1, 0.2, 0.6]));
  it("goes towards the mean grey with contrast", () => {
    const mean = (luminance[0] + luminance[1]) / 2;
    return near(
      { contrast: [0.5, 0.5] },
      numbers.map((value) => 0.5 * value + 0.5 * mean),
    );
  });
  it("goes towards each pixel's grey with saturation", () =>
    near(
      { saturation: [0.25, 0.25] },
      numbers.map((value, i) => 0.25 * value + 0.75 * luminance[i % 2]),
    ));
  it("changes nothing by default", () => near({}, numbers));

  it("takes grey images, and rejects other channels and settings", () => {
    expect(new transforms.ColorJitter({ saturation: 0.5 })(zeros([1, 2, 2])).shape).to.deep.equal([1, 2, 2]);
    expect(() => new transforms.ColorJitter()(zeros([2, 2, 2]))).to.throw(
      ShapeError,
      "ColorJitter: images must have 1 or 3 channels, got 2. Is the input ordered [...,C,H,W]?",
    );
    expect(() => new transforms.ColorJitter({ contrast: -1 })).to.throw(
      "ColorJitter: contrast must be a number >= 0 or [min, max] of factors, got -1.",
    );
  });
});

describe("transforms.ToTensor", () => {
  it("orders bytes [H,W,C] as [C,H,W] in 0..1", async () => {
    const data = Uint8Array.of(0, 51, 102, 153, 204, 255);
    const out = new transforms.ToTensor()({ data, width: 1, height: 2, channels: 3 });
    expect(out.shape).to.deep.equal([3, 2, 1]);
    expect([...(await out.data())]).to.deep.equal([0, 153, 51, 204, 102, 255].map((b) => Math.fround(b / 255)));
    expect(() => new transforms.ToTensor()({ data, width: 2, height: 2, channels: 3 })).to.throw(
      DataError,
      "ToTensor: 6 bytes do not fill 2x2 pixels of 3 channels.",
    );
  });
});
