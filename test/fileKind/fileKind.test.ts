import { expect } from "chai";
import { gzipSync } from "node:zlib";
import { DataError } from "../../src/errors";
import { otherThan } from "../../src/fileKind";
import { fromConvNetJS, loadSafetensors, onnx, saveSafetensors } from "../../src/io";
import * as nn from "../../src/nn";
import { randn } from "../../src/tensor/create";
import { makeFolder, messageOf, type Folder } from "../datasets/support";
import { needsPython, python } from "../support/python";

const text = (words: string): Uint8Array => new TextEncoder().encode(words);
/** Letters as bytes, so that signatures read as they are published. */
const bytes = (letters: string): Uint8Array => Uint8Array.from(letters, (c) => c.charCodeAt(0));

/** A ZIP archive of stored files, without the directory at its end, which nobody here reads. */
function zip(...files: [name: string, content: string][]): Uint8Array {
  const parts = files.flatMap(([name, content]) => {
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt32LE(content.length, 18);
    header.writeUInt16LE(name.length, 26);
    return [header, bytes(name), bytes(content)];
  });
  return Buffer.concat(parts);
}

const convert = (read: string, imports = "torch"): string =>
  `Convert it in Python: import ${imports}; from safetensors.torch import save_file; save_file(${read}, "net.safetensors").`;
const PAGE =
  "A web page was saved in place of the file. Get the file itself: on GitHub the address behind Raw, on Hugging Face the one with /resolve/ in place of /blob/.";

/** What a file holds, what loadSafetensors calls it, and what it says to do. */
const files: [name: string, content: Uint8Array, what: string, next: string][] = [
  ["net.pth", zip(["net/data.pkl", "\x80\x02ccollections\nOrderedDict\nq"]), "a PyTorch checkpoint (torch.save)", convert(`torch.load("net.pth", map_location="cpu", weights_only=True)`)],
  ["net.pth", zip(["net/data.pkl", "}(X\x10\0\0\0model_state_dictq\x02"]), "a PyTorch checkpoint (torch.save)", convert(`torch.load("net.pth", map_location="cpu", weights_only=True)["model_state_dict"]`)],
  ["net.pt", zip(["net/data.pkl", "\x80\x02ctorch.nn.modules.linear\nLinear\n"]), "a PyTorch checkpoint (torch.save), of a whole network", convert(`torch.load("net.pt", map_location="cpu", weights_only=False).state_dict()`)],
  ["net.pth", bytes("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19."), "a PyTorch checkpoint (torch.save before version 1.6)", convert(`torch.load("net.pth", map_location="cpu", weights_only=True)`)],
  ["net.pt", zip(["net/data.pkl", ""], ["net/code/__torch__.py", ""]), "a TorchScript program of PyTorch", convert(`torch.jit.load("net.pt").state_dict()`)],
  ["net.pt2", zip(["net/archive_format", "pt2"]), "an exported program of PyTorch (.pt2)", convert(`torch.export.load("net.pt2").state_dict`)],
  ["net.npz", zip(["w.npy", "\x93NUMPY"]), "an .npz file of NumPy", convert(`{k: torch.from_numpy(v) for k, v in numpy.load("net.npz").items()}`, "numpy, torch")],
  ["net.npy", bytes("\x93NUMPY\x01\0"), "an .npy file of NumPy", convert(`{"x": torch.from_numpy(numpy.load("net.npy"))}`, "numpy, torch")],
  ["net.pkl", bytes("\x80\x04\x95\x0b\0\0\0"), "a Python pickle", convert(`pickle.load(open("net.pkl", "rb"))`, "pickle, torch")],
  ["net.pkl", text("(dp0\nVa\np1\nI1\ns."), "a Python pickle", convert(`pickle.load(open("net.pkl", "rb"))`, "pickle, torch")],
  ["a.zip", zip(["folder/readme.txt", "hi"]), "a ZIP archive that begins with folder/readme.txt", "Unpack it first and give the file inside."],
  ["a.gz", gzipSync("hello"), "a gzip archive", "Unpack it first: gunzip, or tar -xzf if its name ends with .tar.gz or .tgz."],
  ["net.keras", zip(["config.json", "{}"], ["model.weights.h5", ""]), "a Keras network", "Convert it to ONNX in Python with tf2onnx."],
  ["net.h5", bytes("\x89HDF\r\n\x1a\n"), "an HDF5 file, as Keras writes them", "Convert it to ONNX in Python with tf2onnx."],
  ["net.safetensors", text("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 44675609\n"), "a Git LFS pointer, which stands for the file of 44,675,609 bytes", "Fetch the file itself: git lfs install, then git lfs pull."],
  ["net.safetensors", text("/annex/objects/SHA256E-s12--4d7a\n"), "a git-annex pointer", "Fetch the file itself: git annex get."],
  ["net.safetensors", text("\n<!-- 1 -->\n<!DOCTYPE html>\n<html lang=en>"), "an HTML page", PAGE],
  ["net.safetensors", text("\ufeff<HTML><body>sign in"), "an HTML page", PAGE],
  ["net.safetensors", text("404: Not Found"), 'a text that begins with "404: Not Found"', "Get the file again."],
  ["net.json", text(' {"error":"Unauthorized"}'), 'JSON ({"error":"Unauthorized"})', "Give the file of the weights, not the one that describes them."],
  ["net.index.json", text('{"metadata": {}, "weight_map": {"a": "net-1.safetensors"}}'), "the index of a checkpoint in parts (JSON)", "Load the .safetensors files that it names, and put their tensors into one object."],
  ["net.json", text('{"layers":[{"layer_type":"input"}]}'), "a ConvNetJS snapshot (JSON)", "io.fromConvNetJS(text) reads it."],
  ["net.safetensors", new Uint8Array(0), "an empty file", "Get the file again: nothing of it came."],
  ["net.safetensors", new Uint8Array(1000), "a file of zeros, as of a download that was broken off", "Get the file again."],
  ["a.png", bytes("\x89PNG\r\n\x1a\n"), "a PNG image", "datasets.ImageFolder and io.readImage read images."],
  ["a.jpg", bytes("\xff\xd8\xff\xe0"), "a JPEG image", "datasets.ImageFolder and io.readImage read images."],
  ["train-images", bytes("\0\0\x08\x03\0\0\0\x01"), "an IDX file, as MNIST's", "datasets.MNIST and FashionMNIST read the four files of a set."],
]; // prettier-ignore

describe("files that are something else", () => {
  let folder: Folder;
  beforeEach(() => (folder = makeFolder()));
  afterEach(() => folder.remove());
  const sizeOf = ({ length }: Uint8Array): string => `${length.toLocaleString("en-US")} byte${length === 1 ? "" : "s"}`;

  for (const [name, content, what, next] of files)
    it(`${name}: ${what}`, () => {
      const here = process.cwd();
      folder.write(name, content);
      process.chdir(folder.path);
      try {
        expect(messageOf(() => loadSafetensors(name))).to.equal(
          `loadSafetensors: ${name} is ${what}, not safetensors (${sizeOf(content)}). ${next}`,
        );
        const other = messageOf(() => onnx.load(name));
        expect(other.startsWith(`onnx.load: ${name} is ${what}, not an ONNX model (`), other).to.equal(true);
      } finally {
        process.chdir(here);
      }
    });

  it("are told from one another by every loader", async () => {
    const net = new nn.Linear(3, 2);
    const path = `${folder.path}/net.safetensors`;
    await saveSafetensors(path, net);
    expect(messageOf(() => onnx.load(path))).to.equal(
      `onnx.load: ${path} is a safetensors file, which holds weights without a network, not an ONNX model (192 bytes). ` +
        `Make the network here and load them: net.loadStateDict(io.loadSafetensors("${path}")).`,
    );
    const model = await onnx.export(net, randn([1, 3]));
    expect(messageOf(() => loadSafetensors(model))).to.equal(
      `loadSafetensors: the array given is an ONNX model, not safetensors (${model.length} bytes). io.onnx.load reads it.`,
    );
    expect(messageOf(() => onnx.load(model.subarray(0, 60)))).to.equal(
      "onnx.load: the array given is an ONNX model that is cut off (60 bytes). Get the file again.",
    );
    expect(messageOf(() => fromConvNetJS(text("<html>")))).to.equal(
      `fromConvNetJS: the text given is an HTML page, not a ConvNetJS snapshot (6 bytes). ${PAGE}`,
    );
    expect(messageOf(() => fromConvNetJS("nets/cifar.json"))).to.match(
      /^fromConvNetJS: nets\/cifar\.json is a path, not the text of a snapshot\. Give the file's text: /,
    );
    expect(messageOf(() => loadSafetensors(folder.path))).to.equal(
      `loadSafetensors: ${folder.path} is a folder (net.safetensors). Give a file in it.`,
    );
  });
  it("or nothing that is known keep the loader's own words", () => {
    const noise = Uint8Array.from({ length: 500 }, (_, i) => (i * 197 + 31 * (i >> 3)) % 256);
    expect(otherThan("safetensors", noise, "a.bin")).to.equal(null);
    expect(() => loadSafetensors(noise)).to.throw(DataError, "the header is too large");
    expect(() => onnx.load(noise)).to.throw(DataError, "is no ONNX model (expected a ModelProto with a graph");
  });
  it("are converted by the Python that the message gives", async function () {
    this.timeout(120000);
    needsPython(this, "torch", "safetensors", "numpy");
    const program = `
import numpy, torch, os, sys
os.chdir(sys.argv[1])
net = torch.nn.Linear(2, 1)
torch.save(net.state_dict(), "a.pth"); torch.save({"epoch": 1, "state_dict": net.state_dict()}, "b.pth"); torch.save(net, "c.pt")
torch.save(net.state_dict(), "d.pth", _use_new_zipfile_serialization=False)
torch.jit.script(net).save("e.pt"); numpy.savez("f.npz", **{k: v.numpy() for k, v in net.state_dict().items()})`;
    python(program, [folder.path]);
    for (const name of ["a.pth", "b.pth", "c.pt", "d.pth", "e.pt", "f.npz"]) {
      const path = `${folder.path}/${name}`;
      const found = messageOf(() => loadSafetensors(path));
      python(/Python: (.*)\.$/.exec(found)?.[1] ?? found);
      const state = loadSafetensors(path.replace(/\.\w+$/, ".safetensors"));
      expect(Object.keys(state), name).to.have.members(["weight", "bias"]);
    }
  });
});
