import { expect } from "chai";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError } from "../../src/errors";
import { load, loadSafetensors, save, saveSafetensors } from "../../src/io";
import * as nn from "../../src/nn";
import { Adam, lrScheduler } from "../../src/optim";
import { manualSeed } from "../../src/tensor/random";
import { randn, tensor, zeros } from "../../src/tensor/create";
import type { Tensor } from "../../src/tensor/tensor";
import { expectClose } from "../support/close";
import { needsPython, python } from "../support/python";

describe("io.save and io.load", () => {
  let folder: string;
  let path: string;
  beforeEach(() => (path = join((folder = mkdtempSync(join(tmpdir(), "checkpoint-"))), "c.safetensors")));
  afterEach(() => rmSync(folder, { recursive: true }));

  it("bring back an object of tensors, numbers, words and lists as it was", async () => {
    const checkpoint = {
      epoch: 3,
      best: Infinity,
      worst: -Infinity,
      lost: NaN,
      tiny: 5e-324,
      third: 1 / 3,
      name: "naïve – 日本",
      nothing: null,
      yes: true,
      list: [1, [2, { deep: "a" }], null],
      empty: {},
      none: [],
      $tensor: "a word of one's own",
      $$: { $number: "Infinity" },
      "a.b": 1,
      __proto: "x",
    };
    await save(path, { ...checkpoint, left: undefined });
    expect(load(path)).to.deep.equal(checkpoint);

    const tensors = {
      a: { "b.c": tensor([1.5, -0]) },
      "a.b": { c: tensor([[2]], { dtype: "int32" }) },
      list: [tensor(1, { dtype: "bool" }), tensor([0.1], { dtype: "float64", device: "reference" })],
      empty: zeros([0, 3]),
    };
    await save(path, tensors);
    const found = load<typeof tensors>(path);
    expect(Object.is((await found.a["b.c"].data())[1], -0)).to.equal(true);
    expect([found["a.b"].c.dtype, found["a.b"].c.shape]).to.deep.equal(["int32", [1, 1]]);
    expect([await found.list[0].item(), found.list[0].dtype]).to.deep.equal([1, "bool"]);
    expect([await found.list[1].item(), found.list[1].device]).to.deep.equal([0.1, "reference"]);
    expect(found.empty.shape).to.deep.equal([0, 3]);
    expect(load(new Uint8Array(readFileSync(path)))).to.have.all.keys("a", "a.b", "list", "empty");
  });

  it("name tensors by where they stand, so that other tools find them", async () => {
    const net = new nn.Linear(2, 1);
    await save(path, { model: net.stateDict(), epoch: 1 });
    expect(Object.keys(loadSafetensors(path))).to.have.members(["model.weight", "model.bias"]);
  });
  it("read safetensors from elsewhere as tensors by name", async () => {
    await saveSafetensors(path, { "conv.weight": tensor([1, 2]) });
    const found = load<Record<string, Tensor>>(path);
    expect(await found["conv.weight"].tolist()).to.deep.equal([1, 2]);
  });

  it("notice a file that is cut off, wherever it is", async () => {
    await save(path, { model: new nn.Linear(3, 2).stateDict(), epoch: 1, note: "x".repeat(50) });
    const bytes = new Uint8Array(readFileSync(path));
    for (let length = 0; length < bytes.length; length++)
      expect(() => load<object>(bytes.subarray(0, length)), `${length} of ${bytes.length}`).to.throw(
        DataError,
        /^load: the array given/,
      );
    expect(() => load<object>(new Uint8Array([...bytes, 0]))).to.throw(DataError, "load: the array given: ");
    expect(() => load<object>(join(folder, "missing"))).to.throw(DataError, /^load: .*missing cannot be read/);
  });
  it("name a checkpoint whose parts do not belong together", async () => {
    const write = async (tree: string, tensors: Record<string, Tensor>): Promise<void> =>
      saveSafetensors(path, tensors, { metadata: { "receptive.checkpoint": tree } });
    await write('{"a":{"$tensor":"b"}}', { a: tensor(1) });
    expect(() => load<object>(path)).to.throw(
      DataError,
      /c\.safetensors: the tensor b is missing\. Save the checkpoint again\.$/,
    );
    await write('{"a":', { a: tensor(1) });
    expect(() => load<object>(path)).to.throw(DataError, /the checkpoint's metadata is no JSON/);
  });

  it("refuse what no file can hold", async () => {
    const refused = (checkpoint: unknown): Promise<string> =>
      save(path, checkpoint as object).then(
        () => "it was saved",
        (error: Error) => `${error.constructor.name} ${error.message}`,
      );
    const net = new nn.Linear(1, 1);
    const around: { inner?: object } = {};
    around.inner = around;
    expect(await refused({ model: net })).to.equal(
      "DataError save: model is an object of class Linear, which no file can hold. Save its stateDict().",
    );
    expect(await refused({ a: [new Adam(net.parameters())] })).to.equal(
      "DataError save: a.0 is an object of class Adam, which no file can hold. Save its stateDict().",
    );
    expect(await refused({ losses: Float32Array.of(1) })).to.equal(
      "DataError save: losses is an object of class Float32Array, which no file can hold. Make it a tensor with fromArray(array, shape).",
    );
    expect(await refused({ when: new Date() })).to.match(/^DataError save: when is an object of class Date, /);
    expect(await refused({ f: () => 1 })).to.match(/^DataError save: f is a function, which no file can hold\./);
    expect(await refused({ n: 1n })).to.match(/^DataError save: n is bigint 1, /);
    expect(await refused(around)).to.equal(
      "DataError save: inner is inside itself. Save what it holds, each thing once.",
    );
    expect(await refused(tensor([1]))).to.equal(
      "DataError save: a checkpoint is an object, got Tensor [1] float32 on cpu. Write { model: ... }.",
    );
    expect(await refused([1])).to.match(/^DataError save: a checkpoint is an object, got/);
    expect(await refused(3)).to.match(/^DataError save: a checkpoint is an object, got number 3\./);
    expect(await save(join(folder, "no", "such"), {}).catch((error: Error) => error.message)).to.match(
      /^save: .*such cannot be written/,
    );
  });

  it("let PyTorch go on where we stopped, and us where it stopped", async function () {
    this.timeout(120000);
    needsPython(this, "torch", "safetensors");
    manualSeed(3);
    const net = new nn.Sequential(new nn.Linear(3, 4), new nn.Tanh(), new nn.Linear(4, 2));
    const optimizer = new Adam(net.parameters(), { lr: 0.05, amsgrad: true, weightDecay: 0.01 });
    const scheduler = new lrScheduler.MultiStepLR(optimizer, { milestones: [2, 4, 7], gamma: 0.5 });
    const x = randn([5, 3]);
    const train = (steps: number): void => {
      for (let i = 0; i < steps; i++) {
        optimizer.zeroGrad();
        net(x).pow(2).mean().backward();
        optimizer.step();
        scheduler.step();
      }
    };
    train(3);
    const state = {
      model: net.stateDict(),
      optimizer: optimizer.stateDict(),
      scheduler: scheduler.stateDict(),
    };
    await save(path, { ...state, x });
    // What docs/pytorch.md shows for reading a checkpoint and writing one in Python.
    const program = readFileSync(join(__dirname, "../../../docs/pytorch.md"), "utf8").match(
      /```python\n([\s\S]*?)```/,
    )![1];
    writeFileSync(join(folder, "checkpoint.py"), program);
    const there = join(folder, "there.safetensors");
    python(
      `
import sys
sys.path.insert(0, sys.argv[1])
import torch
from checkpoint import load, save
found = load(sys.argv[2])
net = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Tanh(), torch.nn.Linear(4, 2))
optimizer = torch.optim.Adam(net.parameters(), lr=1)
scheduler = torch.optim.lr_scheduler.MultiStepLR(optimizer, [1])
net.load_state_dict(found["model"])
optimizer.load_state_dict(found["optimizer"])
scheduler.load_state_dict(found["scheduler"])
for _ in range(3):
    optimizer.zero_grad()
    net(found["x"]).pow(2).mean().backward()
    optimizer.step()
    scheduler.step()
save(sys.argv[3], {"model": net.state_dict(), "optimizer": optimizer.state_dict(), "scheduler": scheduler.state_dict()})
`,
      [folder, path, there],
    );
    const theirs = load<typeof state>(there);
    train(3);
    for (const [name, weight] of Object.entries(net.stateDict()))
      expectClose(await theirs.model[name].data(), await weight.data(), 1e-6, name);
    expect(theirs.optimizer.param_groups[0].lr).to.equal(optimizer.paramGroups[0].lr);

    net.loadStateDict(theirs.model);
    optimizer.loadStateDict(theirs.optimizer);
    scheduler.loadStateDict(theirs.scheduler);
    train(2); // over the milestone that comes next
    expect(scheduler.getLastLr()[0]).to.be.closeTo(0.05 / 8, 1e-12);
  });
});
