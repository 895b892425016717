import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError } from "../../src/errors";
import { onnx } from "../../src/io";
import * as nn from "../../src/nn";
import * as F from "../../src/nn/functional";
import { randn } from "../../src/tensor/create";
import { manualSeed } from "../../src/tensor/random";
import { Tensor } from "../../src/tensor/tensor";
import { expectClose } from "../support/close";
import { LectureNet } from "../support/lectureNet";
import { needsPython, python } from "../support/python";

/** A residual block, a branch and everything that is written in a special way. */
class Branches extends nn.Module {
  conv1 = new nn.Conv2d(3, 8, 3, { padding: 1, bias: false });
  bn1 = new nn.BatchNorm2d(8);
  conv2 = new nn.Conv2d(8, 8, [3, 2], { padding: "same", groups: 2 });
  up = new nn.ConvTranspose2d(8, 4, 2, { stride: 2 });
  dropout = new nn.Dropout();
  fc = new nn.Linear(12, 5);
  forward(x: Tensor): Tensor {
    const y = F.leakyRelu(this.bn1(this.conv1(x)), { negativeSlope: 0.2 });
    const z = F.elu(this.conv2(y)).add(y);
    const pooled = F.maxPool2d(z, 3, { stride: 2, padding: 1, ceilMode: true });
    const averaged = F.avgPool2d(this.up(pooled), 2, { stride: 2, padding: 1, countIncludePad: false });
    const normal = F.localResponseNorm(averaged, 3);
    const parts = Tensor.cat([normal, normal.slice(1, 0, 4, 2), normal.exp().neg().clamp(-2).slice(1, 2)], 1);
    const means = Tensor.cat([F.adaptiveAvgPool2d(parts, 1).flatten(1), parts.max(3).sum(2).slice(1, 0, 4)], 1);
    return F.softmax(this.fc(this.dropout(means)).mul(0.1).pow(2).sub(1), 1)
      .permute(0, 1)
      .add(means.mean());
  }
}
class Mixing extends nn.Module {
  forward(x: Tensor): Tensor {
    return x.transpose(0, 1).reshape(3, -1).matmul(x.reshape(-1, 3)).add(1);
  }
}

/** Each activation alone on its part of the numbers, so that one mistake is seen. */
class Activations extends nn.Module {
  all = new nn.ModuleList([
    ...[new nn.GELU(), new nn.GELU({ approximate: "tanh" }), new nn.SiLU(), new nn.Mish(), new nn.SELU()],
    ...[new nn.CELU({ alpha: 0.7 }), new nn.Softsign(), new nn.LogSigmoid(), new nn.Threshold(0.3, -1)],
    ...[new nn.Softplus(), new nn.Softplus({ beta: 2 }), new nn.Hardswish(), new nn.Hardsigmoid()],
    ...[
      new nn.Hardtanh({ minVal: -0.5, maxVal: 1.5 }),
      new nn.ReLU6(),
      new nn.PReLU(),
      new nn.PReLU({ numParameters: 3 }),
    ],
  ]);
  forward(x: Tensor): Tensor {
    return Tensor.cat([...this.all].map((layer) => layer(x)).concat(x.erf()), 1);
  }
}

const nets: [string, () => nn.Module, number[]][] = [
  ["the lecture's network", () => new LectureNet(), [2, 3, 32, 32]],
  ["a network with branches", () => new Branches(), [2, 3, 8, 8]],
  ["every activation", () => new Activations(), [2, 3, 4, 5]],
  [
    "every normalisation",
    () =>
      new nn.Sequential(
        new nn.GroupNorm(2, 4),
        new nn.InstanceNorm2d(4, { affine: true }),
        new nn.LayerNorm([5, 6]),
        new nn.LocalResponseNorm(3),
        new nn.GroupNorm(4, 4, { affine: false }),
        new nn.Conv2d(4, 2, [5, 1]),
        new nn.Flatten(),
        new nn.GroupNorm(3, 12),
        new nn.LayerNorm(12),
      ),
    [2, 4, 5, 6],
  ],
  [
    "volumes and lines",
    () =>
      new nn.Sequential(
        new nn.Conv3d(2, 3, [2, 3, 3], { padding: "same", dilation: [1, 2, 1] }),
        new nn.BatchNorm3d(3),
        new nn.MaxPool3d(2, { stride: [1, 2, 1], padding: 1, ceilMode: true }),
        new nn.Conv3d(3, 4, 2, { stride: [2, 1, 1], padding: [1, 0, 1], bias: false }),
        new nn.ConvTranspose3d(4, 2, 2, { stride: [2, 1, 2], outputPadding: [1, 0, 1], groups: 2 }),
        new nn.AvgPool3d(2, 2),
        new nn.Flatten(2),
        new nn.Conv1d(2, 3, 3, { padding: 1 }),
        new nn.AvgPool1d(2),
        new nn.MaxPool1d(2),
      ),
    [2, 2, 4, 6, 5],
  ],
  ["a network that mixes its images", () => new Mixing(), [2, 3, 2, 2]],
  [
    "a sequence of layers",
    () =>
      new nn.Sequential(
        new nn.Conv2d(1, 4, 3, { stride: 2, dilation: 2 }),
        new nn.Sigmoid(),
        new nn.AdaptiveMaxPool2d(2),
        new nn.Tanh(),
        new nn.Flatten(),
        new nn.Linear(16, 3, { bias: false }),
        new nn.LogSoftmax(1),
      ),
    [3, 1, 12, 12],
  ],
];

describe("onnx.export", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "onnx-"));
    manualSeed(3);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  for (const [name, make, shape] of nets) {
    it(`writes ${name} so that onnx.load computes the same, for other numbers of images too`, async () => {
      const net = make();
      const bytes = await onnx.export(net, randn(shape));
      const [again, x] = [onnx.load(bytes), randn(shape)];
      expect(net.training, "still in training mode").to.equal(true);
      net.eval();
      expectClose(await again(x).data(), await net(x).data(), 1e-5, "output"); // sums in another order
      expect(Object.keys(again.stateDict()).filter((key) => !key.startsWith("constant"))).to.have.members(
        Object.keys(net.stateDict()).filter((key) => !key.endsWith("num_batches_tracked")),
      );
      if (net instanceof Mixing || net instanceof Branches) return;
      const more = randn([5, ...shape.slice(1)]);
      expectClose(await again(more).data(), await net(more).data(), 1e-5, "output of 5 images");
    });

    it(`writes ${name} so that onnx accepts it and onnxruntime computes the same`, async function () {
      this.timeout(120000);
      needsPython(this, "onnx", "onnxruntime");
      const net = make();
      const [path, x] = [join(folder, "net.onnx"), randn(shape)];
      await onnx.export(net, x, path);
      const y = net.eval()(x);
      writeFileSync(join(folder, "input.json"), JSON.stringify({ shape, data: [...(await x.data())] }));
      const program = `
import json, sys, numpy, onnx, onnxruntime
onnx.checker.check_model(sys.argv[1], full_check=True)
given = json.load(open(sys.argv[2]))
session = onnxruntime.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
x = numpy.array(given["data"], dtype=numpy.float32).reshape(given["shape"])
[y] = session.run(None, {session.get_inputs()[0].name: x})
print(json.dumps({"shape": y.shape, "data": y.flatten().tolist()}))`;
      const found = JSON.parse(python(program, [path, join(folder, "input.json")])) as {
        shape: number[];
        data: number[];
      };
      expect(found.shape).to.deep.equal(y.shape);
      expectClose(found.data, await y.data(), 1e-5, "output"); // sums in another order
    });
  }

  it("names every op that cannot be written", async () => {
    class Folds extends nn.Module {
      forward(x: Tensor): Tensor {
        return F.unfold(F.localResponseNorm(x, 2), 2);
      }
    }
    const error: unknown = await onnx.export(new Folds(), randn([1, 2, 3, 3])).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(DataError);
    expect((error as Error).message).to.equal(
      "onnx.export: the network uses localResponseNorm with even size 2 (1x), unfold (1x), which cannot be written as ONNX. Put other layers there.",
    );
  });
});
