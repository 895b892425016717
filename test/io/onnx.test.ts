import { expect } from "chai";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError } from "../../src/errors";
import { onnx } from "../../src/io";
import { encodeModel, type GraphProto, type NodeProto, type TensorProto } from "../../src/io/onnx/proto";
import * as nn from "../../src/nn";
import * as optim from "../../src/optim";
import { fromArray, randn, tensor } from "../../src/tensor/create";
import { LectureNet } from "../support/lectureNet";

/** A model of these nodes from "x" to "y". */
const model = (node: NodeProto[], graph: Partial<GraphProto> = {}, version = 17): Uint8Array =>
  encodeModel({
    irVersion: 8,
    opsetImport: [{ domain: "", version }],
    graph: { name: "g", node, input: [{ name: "x" }], output: [{ name: "y" }], ...graph },
  });
const add: NodeProto = { opType: "Add", name: "plus", input: ["x", "w"], output: ["y"] };
const external = (entries: Record<string, string>): Uint8Array =>
  model([add], {
    initializer: [
      {
        name: "w",
        dims: [2],
        dataType: 1,
        dataLocation: 1,
        externalData: Object.entries(entries).map(([key, value]) => ({ key, value })),
      },
    ],
  });

describe("onnx.load", () => {
  let folder: string;
  let inner: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "onnx-load-"));
    inner = join(folder, "model");
    mkdirSync(inner);
    writeFileSync(join(folder, "secret.data"), new Uint8Array(Float32Array.of(6, 7).buffer));
    writeFileSync(join(inner, "net.onnx.data"), new Uint8Array(Float32Array.of(0, 1, 2, 3).buffer));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const at = (bytes: Uint8Array): string => {
    const path = join(inner, "net.onnx");
    writeFileSync(path, bytes);
    return path;
  };

  it("gives a network that can be trained, in evaluation mode, with the file's names", async () => {
    const source = new LectureNet();
    const net = onnx.load(await onnx.export(source, randn([2, 3, 32, 32])));
    expect(net.training).to.equal(false);
    expect(net.namedParameters().map(([name]) => name)).to.have.members(source.namedParameters().map(([name]) => name));
    expect(net.children().map((node) => node.constructor.name)).to.deep.equal(
      new Array<string>(net.children().length).fill("OnnxNode"),
    );
    expect(String(net)).to.contain("(Conv_0): Conv(kernel_shape=[5,5], strides=[1,1]");
    const [x, labels] = [randn([2, 3, 32, 32]), tensor([3, 4], { dtype: "int32" })];
    const criterion = new nn.CrossEntropyLoss();
    const optimizer = new optim.SGD(net.train().parameters(), { lr: 0.05 });
    const losses: number[] = [];
    for (let step = 0; step < 5; step++) {
      optimizer.zeroGrad();
      const loss = criterion(net(x), labels);
      loss.backward();
      optimizer.step();
      losses.push(await loss.item());
    }
    expect(losses[4]).to.be.below(losses[0]);
  });
  it("trains batch normalisation by the batch's statistics, and keeps running ones as buffers", async () => {
    const source = new nn.Sequential(new nn.BatchNorm2d(2));
    const net = onnx.load(await onnx.export(source, randn([3, 2, 2, 2]))).train();
    expect(net.namedBuffers().map(([name]) => name)).to.deep.equal(["0.running_mean", "0.running_var"]);
    const x = randn([3, 2, 2, 2]);
    source(x);
    net(x);
    expect(await net.stateDict()["0.running_var"].data()).to.deep.equal(
      await source.stateDict()["0.running_var"].data(),
    );
  });
  it("computes on the gpu device and on reference too", async () => {
    const net = onnx.load(await onnx.export(new LectureNet(), randn([1, 3, 32, 32])));
    const x = randn([1, 3, 32, 32]);
    const y = await net(x).data();
    for (const device of ["reference", "gpu"] as const) {
      const there = await net.to(device)(x.to(device)).data();
      there.forEach((value, i) => expect(value).to.be.closeTo(y[i], 1e-4));
    }
  }).timeout(60000);
  it("takes and gives several tensors by name", async () => {
    const split: NodeProto = {
      opType: "Split",
      input: ["x"],
      output: ["a", "b"],
      attribute: [{ name: "axis", type: 2, i: 1 }],
    };
    const net = onnx.load(
      model([split, { opType: "Sub", input: ["a", "z"], output: ["y"] }], {
        input: [{ name: "x" }, { name: "z" }],
        output: [{ name: "y" }, { name: "b" }],
      }),
    );
    const x = fromArray(Float32Array.of(1, 2, 3, 4), [1, 4]);
    const { y, b } = net.run({ x, z: fromArray(Float32Array.of(1), []) });
    expect([await y.tolist(), await b.tolist()]).to.deep.equal([[[0, 1]], [[3, 4]]]);
    expect(() => net(x)).to.throw(
      DataError,
      "onnx: the network takes 2 inputs (x, z), got 1. Give them in this order.",
    );
  });
  it("reads weights from a file beside the model", async () => {
    const net = onnx.load(at(external({ location: "net.onnx.data", offset: "8", length: "8" })));
    expect(await net(tensor([10, 20])).tolist()).to.deep.equal([12, 23]);
  });

  describe("refuses weights", () => {
    const refused = (entries: Record<string, string>, words: string) =>
      expect(() => onnx.load(at(external(entries)))).to.throw(DataError, words);
    it("outside the model's folder, whatever leads there", () => {
      symlinkSync(join(folder, "secret.data"), join(inner, "link.data"));
      symlinkSync(folder, join(inner, "folder"));
      for (const location of [
        "../secret.data",
        "a/../../secret.data",
        "..\\secret.data",
        join(folder, "secret.data"),
        "link.data",
        "folder/secret.data",
        "C:secret.data",
        "",
      ])
        refused(
          { location },
          `lies at ${location} (expected a file in the model's folder ${inner}). Put it beside the model.`,
        );
    });
    it("that are not there, or beyond the end of their file", () => {
      refused({ location: "none.data" }, "cannot be read, ENOENT");
      refused(
        { location: "net.onnx.data", offset: "12", length: "8" },
        "has 8 bytes from 12 in net.onnx.data (expected an end of at most 16)",
      );
      refused({ location: "net.onnx.data", offset: "-8" }, "has 24 bytes from -8 in net.onnx.data");
      refused({ location: "net.onnx.data" }, "holds 4 numbers (expected 2 for shape [2]). Get the file again.");
    });
    it("in other files if the model is given as bytes", () => {
      expect(() => onnx.load(external({ location: "net.onnx.data" }))).to.throw(
        DataError,
        "onnx.load: tensor w of the array given lies in another file, net.onnx.data. Give the model's path instead of its bytes.",
      );
    });
  });

  it("names all operators that it cannot run", () => {
    const nodes: NodeProto[] = [
      { opType: "LSTM", input: ["x"], output: ["a"] },
      { opType: "LSTM", input: ["a"], output: ["b"] },
      { opType: "MaxPool", input: ["b"], output: ["c"], attribute: [{ name: "storage_order", type: 2, i: 1 }] },
      { opType: "Fast", domain: "com.example", input: ["c"], output: ["y"] },
    ];
    expect(() => onnx.load(model(nodes))).to.throw(
      DataError,
      /^onnx\.load: the array given has LSTM \(2x\), MaxPool with storage_order=1 \(1x\), com\.example\.Fast \(1x\), which cannot be run \(operators that can: Abs, Add, .*\)\. Export the network without them\.$/,
    );
  });
  it("says what is wrong with a file", () => {
    expect(() => onnx.load(new Uint8Array([1, 2, 3]))).to.throw(
      DataError,
      "onnx.load: the array given is no ONNX model (expected a ModelProto with a graph, found 3 other bytes). Get the file again.",
    );
    expect(() => onnx.load(model([add], {}, 29))).to.throw(
      DataError,
      "onnx.load: the array given uses operator set 29 (expected 6 to 28). Export it with opset_version=17.",
    );
    const complex: TensorProto = { name: "w", dims: [1], dataType: 14, rawData: new Uint8Array(8) };
    expect(() => onnx.load(model([add], { initializer: [complex] }))).to.throw(
      DataError,
      "onnx.load: tensor w of the array given has data type 14 (expected FLOAT, UINT8, INT8, UINT16, INT16, INT32, INT64, BOOL, FLOAT16, DOUBLE, BFLOAT16). Convert it first.",
    );
    expect(() => onnx.load(model([add]))(tensor([1]))).to.throw(
      DataError,
      "onnx: there is no value w. Give it by name among the inputs.",
    );
  });
});
