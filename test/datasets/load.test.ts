import { expect } from "chai";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { CIFAR10, FashionMNIST, MNIST } from "../../src/datasets";
import { fetchArchive } from "../../src/datasets/onDisk/cifarArchive";
import { fetchIdxImages, readIdxImages, type IdxSource } from "../../src/datasets/onDisk/idxImages";
import { readTar } from "../../src/datasets/onDisk/tar";
import "../../src/devices";
import { serve, whole, type Answer, type Server } from "./server";
import { cifar, idx, makeFolder, messageOf, realData, type Folder } from "./support";

const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const quiet = { download: true, retries: 0, onProgress: () => undefined };

/** One entry of a tar archive. */
function entry(name: string, bytes: Uint8Array, kind = "0"): Uint8Array {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(bytes.length.toString(8).padStart(11, "0"), 124);
  header.fill(" ", 148, 156);
  header.write(kind, 156);
  header.write("ustar", 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

/** Files by their name, and 404 for others. */
const shelf =
  (files: Record<string, Uint8Array>): Answer =>
  (request, response) => {
    const found = files[basename(request.url ?? "")];
    if (found) whole(found)(request, response);
    else response.writeHead(404).end();
  };

describe("data sets that fetch themselves", () => {
  let folder: Folder;
  let server: Server;
  beforeEach(() => (folder = makeFolder()));
  afterEach(async () => {
    await server?.close();
    folder.remove();
  });
  const messageFrom = (promise: Promise<unknown>): Promise<string> =>
    promise.then(String, (error: Error) => error.message);

  const images = gzipSync(idx([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]));
  const labels = gzipSync(idx([2], [3, 1]));
  const files = { "t10k-images-idx3-ubyte.gz": images, "t10k-labels-idx1-ubyte.gz": labels };
  const source: IdxSource = {
    name: "Tiny",
    url: "http://127.0.0.1:9/",
    folders: ["tiny"],
    sha256: { trainImages: "", trainLabels: "", testImages: digest(images), testLabels: digest(labels) },
  };

  it("IDX files come into a folder of their own, once", async () => {
    server = await serve(shelf(files));
    const options = { ...quiet, train: false, root: folder.path, baseUrl: server.url };
    await fetchIdxImages(source, options);
    await fetchIdxImages(source, options);
    expect(server.log).to.deep.equal(Object.keys(files).map((name) => `/${name}`));
    expect(readdirSync(join(folder.path, "tiny")).sort()).to.deep.equal(Object.keys(files));
    expect([...readIdxImages(source, options).data.labels]).to.deep.equal([3, 1]);
  });

  it("a file that lies there, packed or not, in the root or its folder, is not fetched", async () => {
    server = await serve(shelf(files));
    folder.write("t10k-images-idx3-ubyte", idx([2, 2, 2], new Uint8Array(8)));
    const options = { ...quiet, train: false, root: folder.path, baseUrl: `${server.url}/mirror/` };
    await fetchIdxImages(source, options);
    expect(server.log).to.deep.equal(["/mirror/t10k-labels-idx1-ubyte.gz"]);
    expect([...readIdxImages(source, options).data.pixels]).to.deep.equal(Array(8).fill(0));
  });

  it("MNIST and FashionMNIST check the published digests and name file and address", async () => {
    server = await serve(shelf(files));
    for (const [kind, name, published] of [
      [MNIST, "MNIST", "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"],
      [FashionMNIST, "FashionMNIST", "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"],
    ] as const) {
      const options = { ...quiet, train: false, root: folder.path, baseUrl: server.url };
      expect(await messageFrom(kind.load(options))).to.match(
        new RegExp(
          `^${name}: t10k-images-idx3-ubyte\\.gz could not be fetched from http://127\\.0\\.0\\.1:\\d+/t10k-images-idx3-ubyte\\.gz: ` +
            `it is not the published file \\(expected SHA-256 ${published}, found ${digest(images)}\\)\\.`,
        ),
      );
    }
  });

  it("load reads what is there without download, and says how to fetch what is not", async () => {
    folder.write("fashion-mnist/t10k-images-idx3-ubyte.gz", images);
    folder.write("fashion-mnist/t10k-labels-idx1-ubyte.gz", labels);
    const data = await FashionMNIST.load({ root: folder.path, train: false });
    expect(data).to.be.instanceOf(FashionMNIST);
    expect([data.length, data.imageShape, data.classes[data.labels[1]]]).to.deep.equal([2, [1, 2, 2], "Trouser"]);
    expect(await messageFrom(FashionMNIST.load({ root: folder.path }))).to.match(
      /^FashionMNIST: .*train-images-idx3-ubyte\.gz does not exist .* Fetch it with await datasets\.FashionMNIST\.load\(\{ download: true \}\)/,
    );
    expect(await messageFrom(MNIST.load({ root: join(folder.path, "empty") }))).to.match(/does not exist/);
  });

  const root = realData("mnist");
  it(`MNIST.load fetches the published test set (${root ? "the real files, served here" : "not on this machine"})`, async function () {
    if (!root) return this.skip();
    const real = Object.keys(files).map((name) => [name, readFileSync(join(root, "mnist", name))] as const);
    server = await serve(shelf(Object.fromEntries(real)));
    const data = await MNIST.load({ ...quiet, root: folder.path, train: false, baseUrl: server.url });
    expect(data.length).to.equal(10000);
    expect([...data.labels.subarray(0, 5)]).to.deep.equal([7, 2, 1, 0, 4]);
  });

  const batches = ["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch"];
  const tar = Buffer.concat([
    entry("cifar-10-batches-bin/", new Uint8Array(0), "5"),
    ...batches.map((name, i) => entry(`cifar-10-batches-bin/${name}.bin`, cifar([i, i]))),
    entry("cifar-10-batches-bin/readme.html", Buffer.from("<html>")),
    Buffer.alloc(1024),
  ]);

  it("CIFAR-10's archive is fetched, unpacked and removed", async () => {
    const archive = gzipSync(tar);
    server = await serve(shelf({ "cifar.tar.gz": archive }));
    const url = `${server.url}/cifar.tar.gz`;
    const source = { name: "CIFAR10", url, folders: ["cifar-10-batches-bin"], sha256: digest(archive) };
    await fetchArchive(source, ["test_batch.bin"], { ...quiet, root: folder.path });
    await fetchArchive(source, ["test_batch.bin"], { ...quiet, root: folder.path });
    expect(server.log).to.deep.equal(["/cifar.tar.gz"]);
    expect(readdirSync(folder.path)).to.deep.equal(["cifar-10-batches-bin"]);
    expect(readdirSync(join(folder.path, "cifar-10-batches-bin")).sort()).to.deep.equal(
      batches.map((name) => `${name}.bin`),
    );
    expect([...(await CIFAR10.load({ root: folder.path })).labels]).to.deep.equal([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
    expect((await CIFAR10.load({ root: folder.path, train: false, download: true })).length).to.equal(2);
  });

  it("CIFAR10.load checks the published digest", async () => {
    server = await serve(shelf({ "cifar-10-binary.tar.gz": gzipSync(tar) }));
    const load = CIFAR10.load({ ...quiet, root: folder.path, baseUrl: server.url });
    expect(await messageFrom(load)).to.match(
      /^CIFAR10: cifar-10-binary\.tar\.gz could not .* \(expected SHA-256 c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd, found/,
    );
  });

  it("a tar archive that is truncated or damaged is told apart", () => {
    expect([...readTar("CIFAR10: x.tar", tar).keys()]).to.have.length(7);
    expect(messageOf(() => readTar("CIFAR10: x.tar", tar.subarray(0, 2000)))).to.equal(
      "CIFAR10: x.tar is truncated (cifar-10-batches-bin/data_batch_1.bin ends at byte 7170, the archive at 2000). " +
        "Remove it and fetch it again.",
    );
    const damaged = Uint8Array.from(tar);
    damaged[3] ^= 1;
    expect(messageOf(() => readTar("CIFAR10: x.tar", damaged))).to.equal(
      "CIFAR10: x.tar is no tar archive, or damaged (byte 0). Remove it and fetch it again.",
    );
  });
});
