import { expect } from "chai";
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { DataLoader } from "../../src/data";
import { RandomCrop } from "../../src/data/transforms";
import { ImageFolder } from "../../src/datasets";
import "../../src/devices";
import { encodePng } from "../../src/marks/kit/png";
import { DataError } from "../../src/errors";
import { manualSeed, defaultRandom } from "../../src/tensor/random";
import { makeFolder, messageOf, realData, type Folder } from "./support";

const images = join(__dirname, "../../../test/golden/images");
const pil = JSON.parse(readFileSync(join(images, "pil.json"), "utf8")) as Record<
  string,
  { size: [number, number]; rgb: string }
>;
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
      "dog/b.png",
      "dog/a/deep.PNG",
    ]);
    const bytes = async (i: number) => Array.from(await (await data.get(i))[0].data(), (v) => Math.round(v * 255));
    expect((await data.get(2))[0].shape).to.deep.equal([3, 1, 2]);
    expect((await data.get(2))[1]).to.equal(1);
    expect(data.classToIdx).to.deep.equal({ cat: 0, dog: 1 });
    expect(await bytes(2)).to.deep.equal([255, 0, 0, 102, 51, 255]);
    expect(await bytes(1)).to.deep.equal([51, 204, 51, 204, 51, 204]);
    expect(await bytes(0)).to.deep.equal([255, 0, 0, 51, 0, 255]);
  });

  it("counts every extension that torchvision counts, and reads every kind as PIL does", async () => {
    const names = Object.keys(pil).filter((name) => !name.endsWith(".gif"));
    for (const name of names) folder.write(`a/${name}`, readFileSync(join(images, name)));
    folder.write("a/CAPITALS.JPeG", readFileSync(join(images, "rgb.jpg")));
    for (const name of ["a.gif", "a.svg", "a.pbm", "a.avif", "jpg", "a.jpg.txt"])
      folder.write(`a/${name}`, Buffer.from("no"));
    const data = new ImageFolder(folder.path);
    expect(data.length).to.equal(names.length + 1);
    for (const [i, file] of data.files.entries()) {
      const name = basename(file);
      const { size, rgb } = pil[name === "CAPITALS.JPeG" ? "rgb.jpg" : name];
      const [image] = await data.get(i);
      expect(image.shape, name).to.deep.equal([3, ...size]);
      const numbers = await image.data();
      const bytes = Array.from(numbers, (_, n) =>
        Math.round(numbers[(n % 3) * (numbers.length / 3) + Math.floor(n / 3)] * 255),
      );
      expect(bytes, name).to.deep.equal([...Buffer.from(rgb, "hex")]);
    }
  });
  it("reads grey images of 16 bits by their upper eight, where PIL shows white", async () => {
    folder.write("a/deep.pgm", Buffer.from("P5 2 1 65535\n\x75\x30\x00\xff", "latin1"));
    const [image] = await new ImageFolder(folder.path).get(0);
    expect(Array.from(await image.data(), (v) => Math.round(v * 255))).to.deep.equal([117, 0, 117, 0, 117, 0]);
  });

  it("follows links to folders, and comes back from one that leads up", () => {
    folder.write("else/b/2.png", plain(1, 1, 0));
    folder.write("root/cat/1.png", plain(1, 1, 0));
    symlinkSync(join(folder.path, "else"), join(folder.path, "root/cat/linked"));
    symlinkSync(join(folder.path, "root/cat"), join(folder.path, "root/cat/up"));
    const { files } = new ImageFolder(join(folder.path, "root"));
    expect(files.map((file) => file.slice(folder.path.length))).to.deep.equal([
      "/root/cat/1.png",
      "/root/cat/linked/b/2.png",
    ]);
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
    expect(await failure(data.get(2))).to.match(
      /3\.jpg is a text that begins with "plainly no JPEG", not an image \(15 bytes\)/,
    );
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
    const looked = "looked for .jpg, .jpeg, .png, .ppm, .bmp, .pgm, .tif, .tiff, .webp";
    expect(messageOf(() => new ImageFolder(folder.path))).to.equal(
      `ImageFolder: there is no image for the class cat in ${folder.path} (${looked}, found readme.txt). ` +
        `Put images into the folder, remove it, or give { allowEmpty: true }.`,
    );
    mkdirSync(join(folder.path, "dog"));
    folder.write("bird/1.png", plain(1, 1, 0));
    expect(messageOf(() => new ImageFolder(folder.path))).to.equal(
      `ImageFolder: there is no image for the classes cat, dog in ${folder.path} (${looked}, found readme.txt). ` +
        `Put images into the folder, remove it, or give { allowEmpty: true }.`,
    );
    const lenient = new ImageFolder(folder.path, { allowEmpty: true });
    expect([lenient.length, lenient.classes]).to.deep.equal([1, ["bird", "cat", "dog"]]);
    expect(messageOf(() => new ImageFolder(folder.path, { allow_empty: true } as never))).to.equal(
      'ImageFolder: there is no option "allow_empty". Did you mean allowEmpty?',
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
    if (!root) for (const name of ["airplane", "truck"]) folder.write(`test/${name}/1.png`, plain(32, 32, 99));
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
