import { expect } from "chai";
import { available } from "../../src/datasets";
import { cifar, makeFolder, type Folder } from "./support";

describe("datasets.available", () => {
  let folder: Folder;
  beforeEach(() => (folder = makeFolder()));
  afterEach(() => folder.remove());

  it("looks for training and test images, or for those that are asked for", async () => {
    const { path: root } = folder;
    expect(await available("CIFAR10", { root })).to.equal(false);
    folder.write("cifar-10-batches-bin/test_batch.bin", cifar([3, 8]));
    expect(await available("CIFAR10", { root, train: false })).to.equal(true);
    expect(await available("CIFAR10", { root, train: true })).to.equal(false);
    expect(await available("CIFAR10", { root })).to.equal(false);
    folder.write("cifar-10-batches-bin/data_batch_2.bin", cifar([3, 8]));
    expect(await available("CIFAR10", { root })).to.equal(true);
  });

  it("needs images and labels of MNIST and FashionMNIST", async () => {
    const { path: root } = folder;
    for (const [name, place] of [
      ["MNIST", "mnist"],
      ["FashionMNIST", "fashion-mnist"],
    ] as const) {
      folder.write(`${place}/t10k-images-idx3-ubyte.gz`, Uint8Array.of(0));
      expect(await available(name, { root, train: false })).to.equal(false);
      folder.write(`${place}/t10k-labels-idx1-ubyte`, Uint8Array.of(0));
      expect(await available(name, { root, train: false })).to.equal(true);
      expect(await available(name, { root })).to.equal(false);
    }
  });

  it("says which names there are", async () => {
    const error: Error = await available("cifar" as "MNIST").then(
      () => expect.fail("it knows that name"),
      (reason: Error) => reason,
    );
    expect(error.message).to.equal(
      'datasets.available: there is no data set "cifar". Use CIFAR10, MNIST, FashionMNIST; shapes and digits are drawn and always there.',
    );
  });
});
