import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { noGrad } from "../../src/autograd/noGrad";
import { onnx } from "../../src/io";
import { decodeMessage, encodeModel, type ModelProto } from "../../src/io/onnx/proto";
import { fromArray } from "../../src/tensor/create";
import { sizeOf } from "../../src/tensor/shape";
import type { Tensor } from "../../src/tensor/tensor";
import { expectClose } from "../support/close";

interface Case {
  input: number[];
  shape: number[];
  output: number[];
}
const folder = join(__dirname, "../../../test/golden/onnx");
const cases = JSON.parse(readFileSync(join(folder, "cases.json"), "utf8")) as Record<string, Case>;

/** The same numbers as makeOnnx.py gives PyTorch. */
const numbers = (shape: number[]): Tensor =>
  fromArray(
    Float32Array.from({ length: sizeOf(shape) }, (_, i) => 2 * Math.sin(1.7 * i)),
    shape,
  );
const load = (name: string) => onnx.load(join(folder, `${name}.onnx`));

describe("networks that PyTorch's exporters wrote", () => {
  it("are all here", () => {
    const files = readdirSync(folder).filter((name) => name.endsWith(".onnx"));
    expect(files.map((name) => name.replace(".onnx", ""))).to.have.members(Object.keys(cases));
  });
  for (const [name, { input, shape, output }] of Object.entries(cases))
    it(`${name}: onnxruntime's numbers`, async () => {
      const net = load(name);
      const x = numbers(input);
      const y = noGrad(() => net(x));
      expect(y.shape).to.deep.equal(shape);
      expectClose(await y.data(), output, 2e-5, "output"); // float32, in another order
      const device = "reference";
      expectClose(await noGrad(() => load(name).to(device)(x.to(device))).data(), output, 2e-5, "on reference");
    });

  it("choose, compare and sort on gpu, without the host", async () => {
    for (const name of [
      "where",
      "rounds",
      "top",
      "waves",
      "special-numbers",
      "onehot",
      "sorted",
      "triangles",
      "cubic",
    ]) {
      const { input, output } = cases[name];
      const y = noGrad(() => load(name).to("gpu")(numbers(input).to("gpu")));
      expect(y.device, name).to.equal("gpu");
      expectClose(await y.data(), output, 2e-5, name);
    }
  });
  it("take other sizes where axes are open, and choose by them", async () => {
    const squeeze = load("squeeze-more");
    expect((await squeeze(numbers([2, 1, 3, 2])).data()).length).to.equal(6);
    expect((await squeeze(numbers([1, 3, 2, 2])).data()).length).to.equal(6);
    const one = load("choose1");
    for (const count of [1, 3, 4])
      expectClose(await one(numbers([count, 3])).data(), cases[`choose${count}`].output, 2e-5, `${count} rows`);
    const lrn = load("lrn5-open");
    expect(lrn(numbers([1, 7, 2, 9])).shape).to.deep.equal([1, 7, 2, 9]);
  });
  it("are read in every version of the operator set that changed nothing for them", async () => {
    const bytes = readFileSync(join(folder, "cnn-22.onnx"));
    const { input, output } = cases["cnn-22"];
    for (const version of [22, 23, 24, 25, 26, 27, 28]) {
      const model = decodeMessage<ModelProto>("ModelProto", bytes);
      const net = onnx.load(encodeModel({ ...model, opsetImport: [{ domain: "", version }] }));
      expectClose(await net(numbers(input)).data(), output, 2e-5, `version ${version}`);
    }
  });
  it("can be trained through the branch that was chosen", async () => {
    const net = load("choose4");
    net(numbers([4, 3]))
      .sum()
      .backward();
    const grads = net.namedParameters().map(([name, { grad }]) => `${name} ${grad === null ? "none" : "some"}`);
    expect(grads).to.have.members(["large.weight some", "large.bias some", "small.weight none", "small.bias none"]);
    expect(String(net)).to.match(/If\(\)\n +\(then_branch\): OnnxNetwork\(/);
    const lrn = load("alex");
    lrn(numbers([2, 3, 31, 31]))
      .sum()
      .backward();
    for (const [name, { grad }] of lrn.namedParameters()) {
      const size = (await grad?.abs().sum().item()) ?? 0;
      expect(size, name).to.be.above(0);
    }
  });
  it("that were exported for training begin in training, until eval() ends it", async () => {
    for (const name of ["bn-training-11", "bn-training-13", "bn-training"]) {
      const net = load(name);
      expect(net.training, name).to.equal(true);
      const before = await net.namedBuffers()[0][1].data();
      const x = numbers([4, 3, 2, 3]);
      const trained = await net(x).data();
      expect(await net.namedBuffers()[0][1].data(), "running mean moves").not.to.deep.equal(before);
      const evaluated = await net.eval()(x).data();
      expect(Math.max(...trained.map((value, i) => Math.abs(value - evaluated[i])))).to.be.above(0.1);
    }
    for (const name of ["bn-batch-11", "bn-batch", "bn-batch-dynamo"])
      expect(load(name).training, "without running statistics").to.equal(false);
  });
});
