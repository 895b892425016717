import { expect } from "chai";
import {
  DataLoader,
  Dataset,
  fromArray,
  interpret,
  nn,
  receptiveField,
  tensor,
  TensorDataset,
  type Tensor,
} from "../../src";
import { Random } from "../../src/tensor/random";

const SIZE = 12;
const cross = [0, 1, 0, 1, 1, 1, 0, 1, 0];
const bar = [0, 1, 0, 0, 1, 0, 0, 1, 0];
const numbers = async (x: Tensor): Promise<number[]> => [...(await x.data())];

/** Faint noise with a pattern of 3x3 pixels planted at (top, left), each image weaker than the one before. */
function planted(places: readonly [number, number][], pattern = cross): Tensor {
  const random = new Random(3);
  const pixels = new Float32Array(places.length * SIZE * SIZE);
  places.forEach(([top, left], n) => {
    for (let i = 0; i < SIZE * SIZE; i++) pixels[n * SIZE * SIZE + i] = 0.1 * random.next();
    pattern.forEach((value, i) => {
      const at = (top + Math.floor(i / 3)) * SIZE + left + (i % 3);
      pixels[n * SIZE * SIZE + at] += value * (2 - 0.1 * n);
    });
  });
  return fromArray(pixels, [places.length, 1, SIZE, SIZE]);
}
const places: [number, number][] = [
  [2, 3],
  [0, 0],
  [9, 9],
  [4, 0],
  [6, 8],
];

/** Filters for a cross and a bar, a pool, and a layer that sees everything. */
class Detector extends nn.Module {
  detect = new nn.Conv2d(1, 2, 3, { padding: 1 });
  pool = new nn.MaxPool2d(2, 2);
  block = new nn.Sequential(new nn.ReLU(), new nn.Conv2d(2, 2, 3, { bias: false }));
  fc = new nn.Linear(2, 3);
  forward(x: Tensor): Tensor {
    return this.fc(this.block(this.pool(this.detect(x))).mean([2, 3]));
  }
}
function detector(): Detector {
  const net = new Detector();
  const shifted = (filter: number[]): number[] => filter.map((value) => (value ? 1 : -1));
  const weight = tensor([...shifted(cross), ...shifted(bar)]).reshape(2, 1, 3, 3);
  net.loadStateDict({ ...net.stateDict(), "detect.weight": weight, "detect.bias": tensor([0, 0]) });
  return net;
}

describe("interpret.topPatches", () => {
  it("finds a planted pattern: where it is, in order, as it is", async () => {
    const images = planted(places);
    const top = await interpret.topPatches(detector(), new TensorDataset(images), { layer: "detect", count: 5 });
    expect(top.patches.shape).to.deep.equal([2, 5, 1, 3, 3]);
    expect(top.images.dtype).to.equal("int32");
    expect(await numbers(top.images.select(0, 0))).to.deep.equal([0, 1, 2, 3, 4]);
    expect(await top.corners.select(0, 0).tolist()).to.deep.equal(places);
    for (const [n, [row, column]] of places.entries()) {
      const piece = images
        .slice(0, n, n + 1)
        .slice(2, row, row + 3)
        .slice(3, column, column + 3);
      expect(await numbers(top.patches.select(0, 0).select(0, n))).to.deep.equal(await numbers(piece));
    }
    const maps = detector().detect(images);
    expect(await numbers(top.values.select(0, 0))).to.deep.equal(await numbers(maps.select(1, 0).max(2).max(1)));
  });

  it("is black in the padding, and says where it begins", async () => {
    const net = detector();
    // The strongest place of an image that is bright in its corner is the corner.
    const image = tensor([
      [1, 1],
      [1, 1],
    ])
      .pad([0, SIZE - 2, 0, SIZE - 2])
      .reshape(1, 1, SIZE, SIZE);
    net.loadStateDict({
      ...net.stateDict(),
      "detect.weight": tensor([0, 0, 0, 0, 2, 0, 0, 1, 1, ...bar]).reshape(2, 1, 3, 3),
    });
    const { patches, corners } = await interpret.topPatches(net, [[image]], {
      layer: net.detect,
      count: 1,
      units: [0],
    });
    expect(await corners.tolist()).to.deep.equal([[[-1, -1]]]);
    expect(await patches.flatten().tolist()).to.deep.equal([0, 0, 0, 0, 1, 1, 0, 1, 1]);
  });

  it("has the receptive field behind pools, in blocks and in layers of blocks", async () => {
    const net = detector();
    const data = new TensorDataset(planted(places));
    const fields = receptiveField(net, [1, 1, SIZE, SIZE]);
    for (const [layer, of] of [
      ["pool", "pool"],
      ["block.1", "block.1"],
      ["block", "block.1"],
      ["block.0", "block.0"],
    ]) {
      const field = fields.find((each) => each.layer === of);
      const { patches, values, images, corners } = await interpret.topPatches(net, data, { layer, count: 2 });
      expect(patches.shape.slice(3), layer).to.deep.equal(field?.size);
      // What a patch shows is all that its answer depends on: the same answer comes from an image that is black elsewhere.
      for (const rank of [0, 1]) {
        const [patch, answer] = [
          patches.select(0, 1).select(0, rank),
          await values.select(0, 1).select(0, rank).item(),
        ];
        const [top, left] = await numbers(corners.select(0, 1).select(0, rank));
        const [h, w] = patches.shape.slice(3);
        const framed = patch.pad([left, SIZE - left - w, top, SIZE - top - h]).unsqueeze(0);
        const alone = await interpret.topPatches(net, [[framed]], { layer, count: 1 });
        expect(
          await alone.values.select(0, 1).item(),
          `${layer} of image ${await images.select(0, 1).select(0, rank).item()}`,
        ).to.be.at.least(answer - 1e-5);
      }
    }
  });

  it("gives whole images for layers that see them whole", async () => {
    const images = planted(places);
    const {
      patches,
      values,
      images: which,
      corners,
    } = await interpret.topPatches(detector(), [[images]], { layer: "fc", count: 2 });
    expect(patches.shape).to.deep.equal([3, 2, 1, SIZE, SIZE]);
    const scores = detector().fc;
    expect(scores.weight.shape).to.deep.equal([3, 2]);
    const first = await which.select(0, 2).select(0, 0).item();
    expect(await numbers(patches.select(0, 2).select(0, 0))).to.deep.equal(await numbers(images.select(0, first)));
    expect(new Set(await numbers(corners))).to.deep.equal(new Set([0]));
    expect(values.shape).to.deep.equal([3, 2]);
  });

  it("takes data sets, loaders and batches alike, and counts images through", async () => {
    const images = planted(Array.from({ length: 70 }, (_, i) => [i % 10, (3 * i) % 10]));
    const net = detector();
    const options = { layer: "detect", count: 4 };
    class Written extends Dataset<readonly [Tensor, number]> {
      length = 70;
      get(i: number): [Tensor, number] {
        return [images.select(0, i), i % 3];
      }
    }
    const want = await interpret.topPatches(net, [[images]], options);
    const data = new TensorDataset(images);
    for (const other of [
      data,
      new Written(),
      new DataLoader(data, { batchSize: 16 }),
      [[images.slice(0, 0, 11)], [images.slice(0, 11)]],
    ]) {
      const got = await interpret.topPatches(net, other as TensorDataset<[Tensor]>, options);
      for (const part of ["patches", "values", "images", "corners"] as const)
        expect(await numbers(got[part])).to.deep.equal(await numbers(want[part]));
    }
    expect(await numbers((await interpret.topPatches(net, data, { ...options, units: [1] })).values)).to.deep.equal(
      await numbers(want.values.select(0, 1)),
    );
  });

  it("has fewer patches where there are fewer images", async () => {
    const { patches } = await interpret.topPatches(detector(), [[planted(places)]], { layer: "detect" });
    expect(patches.shape).to.deep.equal([2, 5, 1, 3, 3]);
  });

  it("computes on the network's device", async () => {
    const images = planted(places);
    const want = await interpret.topPatches(detector(), [[images]], { layer: "pool", count: 3 });
    for (const device of ["reference", "gpu"] as const) {
      const got = await interpret.topPatches(detector().to(device), [[images]], { layer: "pool", count: 3 });
      expect(await numbers(got.images)).to.deep.equal(await numbers(want.images));
      expect(await numbers(got.patches)).to.deep.equal(await numbers(want.patches));
    }
  });

  describe("says what is wrong", () => {
    const net = detector();
    const images = planted(places);
    const wrong: [string, () => Promise<unknown>, RegExp][] = [
      [
        "no images",
        () => interpret.topPatches(net, [], { layer: "detect" }),
        /^topPatches: the data gave no image\. Is the loader/,
      ],
      [
        "a batch that is none",
        () => interpret.topPatches(net, [images] as never, { layer: "detect" }),
        /^topPatches: a batch must be \[inputs, \.\.\.\], got Tensor/,
      ],
      [
        "units that there are not",
        () => interpret.topPatches(net, [[images]], { layer: "detect", units: [2] }),
        /^topPatches: units are whole numbers from 0 to 1, got 2 \(output \[5,2,12,12\]\)/,
      ],
      [
        "images of several sizes",
        () => interpret.topPatches(net, [[images], [images.slice(2, 1)]], { layer: "detect" }),
        /^topPatches: images have shape \[1,11,12\], the first ones \[1,12,12\]\. Bring/,
      ],
      [
        "a layer that gives volumes",
        () => interpret.topPatches(new nn.Sequential(new nn.Flatten(2)), [[images]], { layer: "0" }),
        /^topPatches: the layer gives \[5,1,144\], needs maps \[N,K,P,Q\] or features \[N,K\]/,
      ],
      [
        "patches beyond memory",
        () => interpret.topPatches(net, [[images]], { layer: "fc", count: 10 ** 7 }),
        /^topPatches: 3 units with 10000000 patches \[1,12,12\] each are 4320000000 numbers\. Ask/,
      ],
    ];
    for (const [name, call, message] of wrong)
      it(name, async () => {
        const caught: unknown = await call().catch((error: unknown) => error);
        expect((caught as Error).message).to.match(message);
      });
  });
});
