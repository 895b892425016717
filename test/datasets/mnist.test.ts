import { expect } from "chai";
import { gzipSync } from "node:zlib";
import { MNIST } from "../../src/datasets";
import "../../src/devices";
import { DataError } from "../../src/errors";
import { idx, makeFolder, messageOf, realData, type Folder } from "./support";

const next =
  "Get it from https://ossci-datasets.s3.amazonaws.com/mnist/ and give its folder as { root }, or in RECEPTIVE_DATA.";
const fetching = next.replace("Get it", "Fetch it with await datasets.MNIST.load({ download: true }), or get it");

describe("datasets.MNIST", () => {
  let folder: Folder;
  beforeEach(() => (folder = makeFolder()));
  afterEach(() => folder.remove());

  const images = idx([3, 2, 2], [0, 51, 102, 255, 1, 2, 3, 4, 5, 6, 7, 8]);
  const labels = idx([3], [7, 2, 9]);
  const open = () => new MNIST({ root: folder.path, train: false });
  function writeBoth(imageFile: Uint8Array = images, labelFile: Uint8Array = labels): void {
    folder.write("t10k-images-idx3-ubyte", imageFile);
    folder.write("t10k-labels-idx1-ubyte", labelFile);
  }

  it("gives images in 0..1 with their labels, from packed and unpacked files alike", async () => {
    folder.write("mnist/t10k-images-idx3-ubyte.gz", gzipSync(images));
    folder.write("mnist/t10k-labels-idx1-ubyte", labels);
    const data = open();
    const [image, label] = await data.get(0);
    expect(data.length).to.equal(3);
    expect(image.shape).to.deep.equal([1, 2, 2]);
    expect([...(await image.data())]).to.deep.equal([0, 51, 102, 255].map((byte) => Math.fround(byte / 255)));
    expect(label).to.equal(7);
    const [batch, classes] = await data.batch([2, 0]);
    expect(batch.shape).to.deep.equal([2, 1, 2, 2]);
    expect(batch.dtype).to.equal("float32");
    expect(await classes.tolist()).to.deep.equal([9, 7]);
    expect(classes.dtype).to.equal("int32");
  });

  it("finds the files under the names that unpacking gives them, and tells packed ones by their bytes", () => {
    const places = [
      ["t10k-images.idx3-ubyte", "t10k-labels.idx1-ubyte"],
      ["t10k-images-idx3-ubyte/t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte/t10k-labels.idx1-ubyte"],
      ["MNIST/raw/t10k-images.idx3-ubyte.gz", "MNIST/raw/t10k-labels-idx1-ubyte"],
    ];
    for (const [imageName, labelName] of places) {
      const other = makeFolder();
      // Unpacked under the name of the packed one, and the other way round, as browsers leave them.
      other.write(imageName, imageName.endsWith(".gz") ? images : gzipSync(images));
      other.write(labelName, labels);
      expect(new MNIST({ root: other.path, train: false }).length, imageName).to.equal(3);
      other.remove();
    }
  });

  it("says what a file is that is no IDX file", () => {
    writeBoth(Buffer.from("<!DOCTYPE html>\n<html><head></head></html>"));
    expect(messageOf(open)).to.equal(
      `MNIST: ${folder.path}/t10k-images-idx3-ubyte is an HTML page, not an IDX file (42 bytes). A web page was saved in ` +
        `place of the file. Get the file itself: on GitHub the address behind Raw, on Hugging Face the one with /resolve/ ` +
        `in place of /blob/. ${next}`,
    );
  });

  it("reads train-* by default and t10k-* for train: false", () => {
    writeBoth();
    expect(messageOf(() => new MNIST({ root: folder.path }))).to.equal(
      `MNIST: ${folder.path}/train-images-idx3-ubyte.gz does not exist ` +
        `(expected 47,040,016 bytes uncompressed). ${fetching}`,
    );
  });

  it("says which file is missing, its size and where to get it", () => {
    expect(open).to.throw(DataError);
    expect(messageOf(open)).to.equal(
      `MNIST: ${folder.path}/t10k-images-idx3-ubyte.gz does not exist (expected 7,840,016 bytes uncompressed). ${fetching}`,
    );
  });

  it("says how many bytes a truncated file lacks", () => {
    writeBoth(images.subarray(0, 20));
    expect(messageOf(open)).to.equal(
      `MNIST: ${folder.path}/t10k-images-idx3-ubyte is truncated (expected 28 bytes for [3,2,2], found 20 bytes). ${next}`,
    );
    writeBoth(images.subarray(0, 7));
    expect(messageOf(open)).to.equal(
      `MNIST: ${folder.path}/t10k-images-idx3-ubyte is truncated (expected a header of 16 bytes, found 7 bytes). ${next}`,
    );
  });

  it("says that a file is longer than its header", () => {
    writeBoth(Buffer.concat([images, Buffer.alloc(1)]));
    expect(messageOf(open)).to.equal(
      `MNIST: ${folder.path}/t10k-images-idx3-ubyte is too long (expected 28 bytes for [3,2,2], found 29 bytes). ${next}`,
    );
  });

  it("tells a damaged packed file from a missing one", () => {
    const packed = gzipSync(images);
    folder.write("t10k-images-idx3-ubyte.gz", packed.subarray(0, 20));
    expect(messageOf(open)).to.equal(
      `MNIST: ${folder.path}/t10k-images-idx3-ubyte.gz cannot be unpacked, unexpected end of file ` +
        `(expected 7,840,016 bytes uncompressed, found 20 packed bytes). ${next}`,
    );
  });

  it("names the magic number of a file of another kind", () => {
    writeBoth(labels);
    expect(messageOf(open)).to.match(/is truncated \(expected a header of 16 bytes, found 11 bytes\)/);
    writeBoth(idx([3, 2, 2], new Uint8Array(12), 9));
    expect(messageOf(open)).to.equal(
      `MNIST: ${folder.path}/t10k-images-idx3-ubyte is not an IDX file of 3 dimensions ` +
        `(expected magic number 0x00000803, found 0x00000903). ${next}`,
    );
  });

  it("rejects images and labels of different sets", () => {
    writeBoth(images, idx([2], [7, 2]));
    expect(messageOf(open)).to.equal(
      `MNIST: ${folder.path} has 3 t10k images and 2 labels. Both files must come from one set. ${next}`,
    );
  });

  it("rejects a label that is no digit", () => {
    writeBoth(images, idx([3], [7, 10, 2]));
    expect(messageOf(open)).to.equal(
      `MNIST: ${folder.path}/t10k-labels-idx1-ubyte has label 10 at position 1, labels go from 0 to 9. ${next}`,
    );
  });

  it("rejects an image that is not there", async () => {
    writeBoth();
    const message = await open()
      .get(3)
      .then(String, (error: Error) => error.message);
    expect(message).to.equal("MNIST: there is no image 3 (3 images). Count from 0 to 2.");
  });

  const root = realData("mnist");
  it(`reads the test set (${root ? `the real files in ${root}` : "not on this machine: generated digits"})`, () => {
    if (!root) {
      folder.write("t10k-images-idx3-ubyte", idx([10, 28, 28], new Uint8Array(7840).fill(33)));
      folder.write("t10k-labels-idx1-ubyte", idx([10], [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]));
    }
    const data = new MNIST({ root: root ?? folder.path, train: false });
    expect(data.length).to.equal(root ? 10000 : 10);
    expect(data.imageShape).to.deep.equal([1, 28, 28]);
    expect([...data.labels.subarray(0, 10)]).to.deep.equal([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
    const mean = data.pixels.reduce((sum, byte) => sum + byte, 0) / data.pixels.length / 255;
    expect(mean).to.be.closeTo(root ? 0.1325 : 33 / 255, 5e-4);
  });
});
