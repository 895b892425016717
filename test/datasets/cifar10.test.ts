import { expect } from "chai";
import { CIFAR10 } from "../../src/datasets";
import "../../src/devices";
import { DataError } from "../../src/errors";
import { cifar, makeFolder, messageOf, realData, type Folder } from "./support";

const next =
  "Get it from https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz and give its folder as { root }, or in RECEPTIVE_DATA.";
const fetching = next.replace("Get it", "Fetch it with await datasets.CIFAR10.load({ download: true }), or get it");

describe("datasets.CIFAR10", () => {
  let folder: Folder;
  beforeEach(() => (folder = makeFolder()));
  afterEach(() => folder.remove());
  const open = (train = false) => new CIFAR10({ root: folder.path, train });

  it("keeps the colour planes in order and divides by 255", async () => {
    folder.write("cifar-10-batches-bin/test_batch.bin", cifar([3, 8]));
    const data = open();
    const [images, labels] = await data.batch(Int32Array.of(1, 0));
    const numbers = await images.data();
    expect(images.shape).to.deep.equal([2, 3, 32, 32]);
    expect(await labels.tolist()).to.deep.equal([8, 3]);
    expect(numbers[0]).to.equal(Math.fround(1 / 255));
    expect(numbers[1024]).to.equal(Math.fround(((1024 + 1) % 256) / 255));
    expect(numbers[3072 + 2048]).to.equal(Math.fround((2048 % 256) / 255));
    expect(data.classes[data.labels[1]]).to.equal("ship");
  });

  it("joins those training files that are there", () => {
    folder.write("data_batch_1.bin", cifar([0, 1]));
    folder.write("data_batch_3.bin", cifar([2]));
    const data = open(true);
    expect(data.length).to.equal(3);
    expect([...data.labels]).to.deep.equal([0, 1, 2]);
    expect(data.files).to.deep.equal([1, 3].map((part) => `${folder.path}/data_batch_${part}.bin`));
    expect(data.pixels[2 * 3072 + 5]).to.equal(5);
  });

  it("applies the transform to a batch and to a single image", async () => {
    folder.write("test_batch.bin", cifar([3]));
    const shapes: string[] = [];
    const data = new CIFAR10({
      root: folder.path,
      train: false,
      transform: (images) => {
        shapes.push(images.shape.join());
        return images;
      },
    });
    await data.get(0);
    await data.batch([0, 0]);
    expect(shapes).to.deep.equal(["3,32,32", "2,3,32,32"]);
  });

  it("says which file is missing, its size and where to get it", () => {
    expect(open).to.throw(DataError);
    expect(messageOf(() => open(true))).to.equal(
      `CIFAR10: ${folder.path}/data_batch_1.bin does not exist (expected 30,730,000 bytes). ${fetching}`,
    );
  });

  it("says where a file ends within a record", () => {
    folder.write("test_batch.bin", cifar([1, 2]).subarray(0, 5000));
    expect(messageOf(open)).to.equal(
      `CIFAR10: ${folder.path}/test_batch.bin is truncated (expected a multiple of 3073 bytes, 30,730,000 as published, ` +
        `found 5,000 bytes, 1927 of them beyond the last whole record). ${next}`,
    );
    folder.write("test_batch.bin", new Uint8Array(0));
    expect(messageOf(open)).to.match(
      /is an empty file, not CIFAR-10.s binary version \(0 bytes\)\. Get the file again/,
    );
  });

  it("rejects a label above 9", () => {
    folder.write("test_batch.bin", cifar([1, 17]));
    expect(messageOf(open)).to.equal(
      `CIFAR10: ${folder.path}/test_batch.bin has label 17 in record 1, labels go from 0 to 9. ` +
        `It is not the binary version of CIFAR-10. ${next}`,
    );
  });

  const root = realData("cifar-10-batches-bin");
  it(`reads the training images (${root ? `the real files in ${root}` : "not on this machine: generated ones"})`, () => {
    if (!root) folder.write("data_batch_1.bin", cifar(Array.from({ length: 50 }, (_, i) => i % 10)));
    const data = new CIFAR10({ root: root ?? folder.path });
    const perClass = new Array<number>(10).fill(0);
    data.labels.forEach((label) => perClass[label]++);
    expect(data.length % 10).to.equal(0);
    expect(perClass).to.deep.equal(new Array(10).fill(data.length / 10));
    expect(data.classes).to.have.length(10);
    const mean = data.pixels.reduce((sum, byte) => sum + byte, 0) / data.pixels.length;
    // The published mean of the training set is 0.4735 over all channels.
    expect(mean / 255).to.be.closeTo(root ? 0.4735 : 0.5, 0.02);
  });
});
