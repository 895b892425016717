import { expect } from "chai";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError } from "../../src/errors";
import { toPyTorch } from "../../src/io";
import { ResNet18 } from "../../src/models";
import * as nn from "../../src/nn";
import * as F from "../../src/nn/functional";
import { randn } from "../../src/tensor/create";
import { expectClose } from "../support/close";
import { Tensor } from "../../src/tensor/tensor";
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
    new nn.PReLU({ numParameters: 6 }),
    new nn.Hardtanh({ minVal: -3 }),
    new nn.Softplus({ beta: 2 }),
    new nn.SiLU(),
    new nn.CELU({ alpha: 0.5 }),
    new nn.Threshold(0.1, -0.2),
    new nn.ZeroPad2d(1),
    new nn.ConstantPad2d([0, 1, 1, 0], 0.5),
    new nn.Upsample({ scaleFactor: 2 }),
    new nn.PixelUnshuffle(2),
    new nn.PixelShuffle(2),
    new nn.GroupNorm(2, 6),
    new nn.InstanceNorm2d(6, { affine: true }),
    new nn.AdaptiveAvgPool2d([3, 2]),
    new nn.Dropout(0.3),
    new nn.Flatten(1, -1),
    new nn.LayerNorm(36),
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
    expect(text).to.contain("                nn.MaxPool2d(kernel_size=3, stride=2, padding=1, ceil_mode=True),\n");
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
  it("writes networks with a forward of their own from one run", async function () {
    this.timeout(120000);
    needsPython(this, "torch", "safetensors");
    const cases: [name: string, net: nn.Module, input: Tensor][] = [
      ["lecture", new LectureNet(), randn([2, 3, 32, 32])],
      ["own", new Own(), randn([2, 4, 6, 6])],
      ["resnet", new ResNet18({ numClasses: 5 }), randn([2, 3, 40, 40])],
    ];
    for (const [name, net, x] of cases) {
      const there = join(folder, name);
      await toPyTorch(net, there, x.slice(0, 0, 1)); // the sample has one image, PyTorch gets two
      expect(net.training).to.equal(true);
      writeFileSync(join(there, "input.json"), JSON.stringify([...(await x.data())]));
      const program = `
import json, sys
sys.path.insert(0, sys.argv[1])
import torch
from net import load
x = torch.tensor(json.load(open(sys.argv[1] + "/input.json"))).reshape(${x.shape.join(", ")})
print(json.dumps(load()(x).flatten().tolist()))`;
      const found = JSON.parse(python(program, [there])) as number[];
      expectClose(found, await net.eval()(x).data(), 1e-4, name);
    }
  });
  it("writes layers that are used twice as one", async function () {
    this.timeout(120000);
    needsPython(this, "torch", "safetensors");
    const conv = new nn.Conv2d(3, 3, 3, { padding: 1 });
    const block = new nn.Sequential(conv, new nn.ReLU());
    const x = randn([2, 3, 6, 6]);
    for (const [name, net] of [
      ["plain", new nn.Sequential(conv, block, new nn.Tanh(), block, conv)],
      ["own", new Twice()],
    ] as const) {
      const there = join(folder, name);
      await toPyTorch(net, there, x);
      writeFileSync(join(there, "input.json"), JSON.stringify([...(await x.data())]));
      const program = `
import json, sys
sys.path.insert(0, sys.argv[1])
import torch
from net import load
net = load()
x = torch.tensor(json.load(open(sys.argv[1] + "/input.json"))).reshape(${x.shape.join(", ")})
print(json.dumps([len(list(net.parameters())), *net(x).flatten().tolist()]))`;
      const [parameters, ...found] = JSON.parse(python(program, [there])) as number[];
      expect(parameters, name).to.equal(net.parameters().length);
      expectClose(found, await net.eval()(x).data(), 1e-5, name);
    }
  });
  it("writes the lecture's network as one would by hand", async () => {
    await toPyTorch(new LectureNet(), folder, randn([1, 3, 32, 32]));
    const text = readFileSync(join(folder, "net.py"), "utf8");
    expect(text).to.contain('        self.add_module("conv1", nn.Conv2d(3, 6, kernel_size=5))\n');
    expect(text).to.contain("        x1 = self.conv1(x)\n        x2 = torch.relu(x1)\n        x3 = self.pool(x2)\n");
    expect(text).to.contain("        x7 = x6.reshape(-1, 400)\n");
  });
  it("asks for a sample, and names what it cannot write", async () => {
    const messageOf = (promise: Promise<void>): Promise<string> =>
      promise.then(
        () => "nothing was thrown",
        (e: unknown) => (e instanceof DataError ? e.message : String(e)),
      );
    expect(await messageOf(toPyTorch(new LectureNet(), folder))).to.equal(
      "toPyTorch: LectureNet has a forward of its own, which is written down while it runs. Give a sample: toPyTorch(net, folder, zeros([1, 3, 32, 32])).",
    );
    class Turned extends nn.Module {
      forward(x: Tensor): Tensor {
        return x.transpose(2, 3).add(randn([6, 6]));
      }
    }
    expect(await messageOf(toPyTorch(new Turned(), folder, randn([1, 1, 6, 6])))).to.equal(
      "toPyTorch: strided, a constant of shape [6,6] cannot be written as Python. Use layers of the package there, or io.onnx.export.",
    );
  });
});

/** A layer under two names. */
class Twice extends nn.Module {
  first = new nn.Conv2d(3, 3, 3, { padding: 1 });
  blocks = new nn.ModuleList([this.first, new nn.Conv2d(3, 3, 1)]);
  forward(x: Tensor): Tensor {
    for (const block of this.blocks) x = F.relu(block(this.first(x)));
    return x;
  }
}

/** Parameters, buffers, constants, branches and functions of one's own. */
class Own extends nn.Module {
  scale = new nn.Parameter(randn([4, 1, 1]));
  shift = new nn.Buffer(randn([4, 1, 1]));
  blocks = new nn.ModuleList([new nn.Conv2d(4, 4, 3, { padding: 1 }), new nn.Conv2d(4, 4, 1)]);
  drop = new nn.Dropout(0.5);
  slopes = new nn.PReLU({ numParameters: 8 });
  forward(x: Tensor): Tensor {
    x = x.mul(this.scale).add(this.shift).mul(0.5);
    const [wide, narrow] = this.blocks.children();
    const both = Tensor.cat([F.leakyRelu(wide(x)), F.elu(narrow(x))], 1);
    const bent = [F.silu, F.hardswish, F.relu6, F.mish, F.selu, F.logsigmoid].reduce(
      (sum, f) => sum.add(f(both)),
      both,
    );
    const pooled = F.maxPool2d(this.drop(this.slopes(bent)), 3, { stride: 2, padding: 1 });
    return F.softmax(pooled.flatten(1).pow(2).clamp(0.1, 3), 1).sub(pooled.mean([2, 3]).sum(1, { keepdim: true }));
  }
}
