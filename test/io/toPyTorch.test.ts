import { expect } from "chai";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError } from "../../src/errors";
import { toPyTorch } from "../../src/io";
import * as nn from "../../src/nn";
import { randn } from "../../src/tensor/create";
import { expectClose } from "../support/close";
import { LectureNet } from "../support/lectureNet";
import { needsPython, python } from "../support/python";

const make = () =>
  new nn.Sequential(
    new nn.Sequential(
      new nn.Conv2d(3, 8, [3, 5], { padding: "same", bias: false }),
      new nn.BatchNorm2d(8, { eps: 1e-3 }),
      new nn.LeakyReLU({ negativeSlope: 0.2 }),
      new nn.MaxPool2d(3, { stride: 2, padding: 1, ceilMode: true }),
    ),
    new nn.LocalResponseNorm(3, { alpha: 0.5, k: 2 }),
    new nn.ConvTranspose2d(8, 6, 2, { stride: 2, outputPadding: 1 }),
    new nn.ELU({ alpha: 0.5 }),
    new nn.AvgPool2d(2, { countIncludePad: false, padding: 1 }),
    new nn.GELU({ approximate: "tanh" }),
    new nn.AdaptiveAvgPool2d([3, 2]),
    new nn.Dropout(0.3),
    new nn.Flatten(1, -1),
    new nn.Linear(36, 4),
    new nn.LogSoftmax(1),
  );

describe("toPyTorch", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "to-pytorch-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it("writes a class with the same layers in PyTorch's words", async () => {
    await toPyTorch(make(), join(folder, "deeper"));
    const text = readFileSync(join(folder, "deeper", "net.py"), "utf8");
    expect(text).to.contain(
      "                nn.MaxPool2d(kernel_size=3, stride=2, padding=1, ceil_mode=True),\n",
    );
    expect(text).to.contain('nn.Conv2d(3, 8, kernel_size=(3,5), padding="same", bias=False),\n');
  });
  it("writes what PyTorch runs to the same numbers", async function () {
    this.timeout(120000);
    needsPython(this, "torch", "safetensors");
    const net = make();
    net.train()(randn([4, 3, 9, 8])); // running statistics other than 0 and 1
    const x = randn([2, 3, 9, 8]);
    await toPyTorch(net, folder);
    writeFileSync(join(folder, "input.json"), JSON.stringify([...(await x.data())]));
    const program = `
import json, sys
sys.path.insert(0, sys.argv[1])
import torch
from net import load
x = torch.tensor(json.load(open(sys.argv[1] + "/input.json"))).reshape(2, 3, 9, 8)
print(json.dumps(load()(x).flatten().tolist()))`;
    const found = JSON.parse(python(program, [folder])) as number[];
    expectClose(found, await net.eval()(x).data(), 1e-5, "output"); // sums in another order
  });
  it("names modules whose code cannot be written", async () => {
    const error: unknown = await toPyTorch(new nn.Sequential(new LectureNet()), folder).catch(
      (e: unknown) => e,
    );
    expect(error).to.be.instanceOf(DataError);
    expect((error as Error).message).to.equal(
      "toPyTorch: 0 (LectureNet) cannot be written as Python (expected a Sequential of the package's layers). Use onnx.export for networks with a forward of their own.",
    );
  });
});
