import { expect } from "chai";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { DataLoader } from "../../src/data";
import { RandomCrop } from "../../src/data/transforms";
import { ImageFolder } from "../../src/datasets";
import "../../src/devices";
import { encodePng } from "../../src/display/png";
import { DataError } from "../../src/errors";
import { manualSeed, defaultRandom } from "../../src/tensor/random";
import type { Tensor } from "../../src/tensor/tensor";
import { makeFolder, messageOf, realData, type Folder } from "./support";

const png = (width: number, height: number, channels: 1 | 3 | 4, bytes: ArrayLike<number>): Uint8Array =>
  encodePng({ width, height, channels, bytes: Uint8Array.from(bytes) });
const plain = (width: number, height: number, value: number): Uint8Array =>
  png(width, height, 3, new Uint8Array(width * height * 3).fill(value));
const failure = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(String, (error: Error) => {
    expect(error).to.be.instanceOf(DataError);
    return error.message;
  });

describe("datasets.ImageFolder", () => {
  let folder: Folder;
  beforeEach(() => (folder = makeFolder()));
  afterEach(() => folder.remove());

  it("takes the folders as classes, sorted, and reads pixels exactly", async () => {
    folder.write("dog/b.png", png(2, 1, 3, [255, 0, 51, 0, 102, 255]));
    folder.write("dog/a/deep.PNG", plain(2, 1, 153));
    folder.write("cat/grey.png", png(2, 1, 1, [51, 204]));
    folder.write("cat/clear.png", png(2, 1, 4, [255, 0, 0, 255, 0, 51, 255, 255]));
    folder.write("cat/notes.txt", Buffer.from("no image"));
    folder.write(".cache/x.png", plain(1, 1, 0));
    const data = new ImageFolder(folder.path);
    expect(data.classes).to.deep.equal(["cat", "dog"]);
    expect(data.length).to.equal(4);
    expect([...data.labels]).to.deep.equal([0, 0, 1, 1]);
    expect(data.files.map((file) => file.slice(folder.path.length + 1))).to.deep.equal([
      "cat/clear.png",
      "cat/grey.png",
      "dog/a/deep.PNG",
      "dog/b.png",
    ]);
    const bytes = async (i: number) =>
      Array.from(await (await data.get(i))[0].data(), (v) => Math.round(v * 255));
    expect((await data.get(3))[0].shape).to.deep.equal([3, 1, 2]);
    expect((await data.get(3))[1]).to.equal(1);
    expect(await bytes(3)).to.deep.equal([255, 0, 0, 102, 51, 255]);
    expect(await bytes(1)).to.deep.equal([51, 204, 51, 204, 51, 204]);
    expect(await bytes(0)).to.deep.equal([255, 0, 0, 51, 0, 255]);
  });

  it("reads 16 bits a channel, and photographs the way up that the camera held", async () => {
    const blank = sharp({
      create: { width: 4, height: 2, channels: 3, background: { r: 200, g: 100, b: 50 } },
    });
    folder.write("a/deep.png", await blank.clone().toColourspace("rgb16").png().toBuffer());
    folder.write("a/turned.jpg", await blank.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer());
    const data = new ImageFolder(folder.path);
    const colour = (image: Tensor) => image.mean([1, 2]).mul(255).data();
    const [[deep], [turned]] = [await data.get(0), await data.get(1)];
    expect([deep.shape, turned.shape]).to.deep.equal([
      [3, 2, 4],
      [3, 4, 2],
    ]);
    expect(Array.from(await colour(deep), Math.round)).to.deep.equal([200, 100, 50]);
    (await colour(turned)).forEach((value, c) => expect(value).to.be.closeTo([200, 100, 50][c], 3));
  });

  it("makes batches of images of different sizes with `size`, and says which item differs without", async () => {
    folder.write("a/1.png", plain(6, 4, 51));
    folder.write("a/2.png", plain(8, 8, 102));
    folder.write("b/3.png", plain(3, 5, 255));
    const loader = new DataLoader(new ImageFolder(folder.path, { size: [4, 5] }), { batchSize: 3 });
    for await (const [images, labels] of loader) {
      expect(images.shape).to.deep.equal([3, 3, 4, 5]);
      expect(await labels.tolist()).to.deep.equal([0, 0, 1]);
      expect(await images.mean([1, 2, 3]).data()).to.deep.equal(Float32Array.of(0.2, 0.4, 1));
    }
    expect(await failure(new ImageFolder(folder.path).batch(Int32Array.of(0, 1)))).to.equal(
      "DataLoader: item 1 is [3,8,8] float32, item 0 is [3,4,6] float32. " +
        "Bring all items to one size and dtype in the data set.",
    );
  });

  it("names a file that is no image, and comes to it in order", async () => {
    folder.write("a/1.png", plain(2, 2, 0));
    const broken = folder.write("a/2.png", plain(9, 9, 7).subarray(0, 40));
    folder.write("a/3.jpg", Buffer.from("plainly no JPEG"));
    const data = new ImageFolder(folder.path);
    expect((await data.get(0))[0].shape).to.deep.equal([3, 2, 2]);
    const message = await failure(data.get(1));
    expect(message.startsWith(`ImageFolder: ${broken} cannot be read as an image, `)).to.equal(true);
    expect(message.endsWith("Replace or remove the file.")).to.equal(true);
    expect(await failure(data.get(2))).to.match(/3\.jpg cannot be read as an image/);
    let batches = 0;
    const all = async () => {
      for await (const batch of new DataLoader(data)) batches += batch.length / 2;
    };
    expect(await failure(all())).to.equal(message);
    expect(batches).to.equal(1);
  });

  it("says when there is no class, no image, or no folder", () => {
    expect(messageOf(() => new ImageFolder(folder.path))).to.equal(
      `ImageFolder: ${folder.path} has no folder, so there are no classes. ` +
        `Put the images of each class into a folder of its own.`,
    );
    folder.write("cat/readme.txt", Buffer.from(""));
    expect(messageOf(() => new ImageFolder(folder.path))).to.equal(
      `ImageFolder: there is no image below ${folder.path} (looked for .png, .jpg, .jpeg in cat). ` +
        `Put the images of each class into its folder.`,
    );
    expect(messageOf(() => new ImageFolder(join(folder.path, "nowhere")))).to.match(
      /nowhere cannot be read, ENOENT.* Give the folder that holds a folder for each class\.$/,
    );
  });

  it("rejects an image that is not there", async () => {
    folder.write("a/1.png", plain(1, 1, 0));
    expect(await failure(new ImageFolder(folder.path).get(1))).to.equal(
      "ImageFolder: there is no image 1 (1 images). Count from 0 to 0.",
    );
  });

  it("draws its transform's random numbers in the order of the images, whichever file is ready first", async () => {
    for (let i = 0; i < 12; i++) folder.write(`a/${i}.png`, plain(i % 3 ? 9 : 500, i % 3 ? 9 : 400, i));
    const run = async () => {
      manualSeed(5);
      const draws: unknown[] = [];
      const crop = new RandomCrop(4, { padding: 3 });
      const transform = (x: Parameters<typeof crop>[0]) => {
        const out = crop(x);
        draws.push(crop.lastDraws[0]);
        return out;
      };
      const loader = new DataLoader(new ImageFolder(folder.path, { transform }), { batchSize: 4 });
      // The loop draws too, as dropout does.
      for await (const batch of loader) draws.push(batch.length, defaultRandom().next());
      return draws.map((draw) => JSON.stringify(draw)).sort();
    };
    expect(await run()).to.deep.equal(await run());
  });

  const root = realData("cifar10-folder");
  it(`reads photographs (${root ? "CIFAR-10 as JPEG files" : "not on this machine: generated"})`, async () => {
    if (!root)
      for (const name of ["airplane", "truck"]) folder.write(`test/${name}/1.png`, plain(32, 32, 99));
    const path = root ? join(root, "cifar10-folder/test") : join(folder.path, "test");
    const data = new ImageFolder(path);
    expect(data.classes).to.deep.equal(readdirSync(path).sort());
    expect(data.length).to.equal(root ? 50 : 2);
    let count = 0;
    for await (const [images, labels] of new DataLoader(data, { batchSize: 16, shuffle: true, seed: 0 })) {
      expect(images.shape.slice(1)).to.deep.equal([3, 32, 32]);
      expect(await images.mean().item()).to.be.within(0.2, 0.8);
      count += labels.shape[0];
    }
    expect(count).to.equal(data.length);
  });
});
