import { expect } from "chai";
import { errorOf } from "../support/kernelClient";
import { withKernel } from "../support/withKernel";

const SETUP = `import { DataLoader, datasets, F, fit, nn, optim, randn, Subset, Tensor } from "receptive";
const x = randn([2, 3]), y = randn([2, 3]), loss = x.sum(), net = new nn.Linear(3, 2);
const dataset = datasets.digits(), loader = new DataLoader(dataset, { batchSize: 8 });
const subset = new Subset(dataset, [0, 1, 2]);
const list = [1, 2, 3], k = 1, constant = 1;
let total = 0;`;

/** A mistake, and the words that must be in its one block. */
type Mistake = [code: string, ...says: string[]];

const INDEXING: Mistake[] = [
  ["x[0]", "A Tensor is not indexed with []: x.select(0, 0), or (await x.data())[0]"],
  ["x[k]", "x.select(0, k)"],
  ["x[-1]", "x.select(0, -1), or (await x.data()).at(-1)"],
  ["x[0][1]", "x.index(0, 1)"],
  ["x[0, 1]", "x.index(0, 1)"],
  ["x[0] = 3", "its numbers are not set", "where(mask, value, x)"],
  [`x["a"]`, "not indexed"],
  ["x.data()[0]", "A Promise is not indexed with []: (await x.data())[0]"],
  ["x.data[0]", "x.data is a function", "(await x.data())[0]"],
  ["dataset[0]", "not indexed with []: dataset.get(0)"],
  ["subset[0]", "not indexed with []: subset.get(0)"],
  ["loader[0]", "A DataLoader is not indexed with []", "for await (const each of loader)"],
  ["net[0]", "net.children()[0]"],
  ["list[-1]", "is undefined", "list.at(-1)"],
  ["x.shape[-1]", "x.shape.at(-1)"],
  [`new Map([["a", 1]])["a"]`, `.get("a")`],
];

const AWAIT: Mistake[] = [
  ["total += loss.item()", "'+=' cannot be applied", "Did you forget to use 'await'?"],
  ["loss.item().toFixed(2)", "Did you forget to use 'await'?"],
  ["loss.item() / 16", "Did you forget to use 'await'?"],
  ["16 / loss.item()", "Did you forget to use 'await'?"],
  ["+loss.item()", "Did you forget to use 'await'?"],
  ["const n: number = loss.item()", "Did you forget to use 'await'?"],
  ["Math.max(loss.item(), 1)", "Did you forget to use 'await'?"],
  ["if (loss.item() > 0) total++", "Did you forget to use 'await'?"],
  ["if (loss.item() === 0) total++", "Did you forget to use 'await'?"],
  ["const numbers: number[] = []; numbers.push(loss.item())", "Did you forget to use 'await'?"],
  ["x.data().length", "Did you forget to use 'await'?"],
  ["[...x.data()]", "Did you forget to use 'await'?"],
  ["const [a, b] = subset.batch(Int32Array.of(0))", "Did you forget to use 'await'?"],
  ["async function train() { for await (const [a] of loader) total += a.sum().item(); }", "'await'?"],
  ["for (const [a, b] of loader) total++", "for await (const [a, b] of loader)"],
  ["for (const [a, b] in loader) total++", "for await (const [a, b] of loader)"],
  ["const [a, b] = loader", "for await (const [a, b] of loader)"],
  ["for (const row of x) total++", "x.unbind()", "await x.data()"],
  ["const [a, b] = x", "x.unbind()"],
];

/** A data set, a loader or a layer where a tensor or batches are wanted. */
const DATA: Mistake[] = [
  ["F.relu(dataset)", "const [x, labels] = await dataset.batch([0, 1, 2, 3]);"],
  [`import { show } from "receptive";\nshow.images(dataset)`, "await dataset.batch("],
  ["F.relu(loader)", "for await (const [x, labels] of loader)"],
  ["F.relu(net)", "Its weights are net.weight."],
  [
    "await fit(net, dataset, { optimizer: new optim.SGD(net.parameters()), criterion: new nn.CrossEntropyLoss() })",
    "new DataLoader(dataset, { batchSize: 32 })",
  ],
];

const OPERATORS: Mistake[] = [
  ["x + y", "x.add(y)"],
  ["x - 1", "x.sub(1)"],
  ["x * 2", "x.mul(2)"],
  ["2 * x", "x.mul(2)"],
  ["1 / x", "tensor(1).div(x)"],
  ["x ** 2", "x.pow(2)"],
  ["-x", "x.neg()"],
  ["x > 0", "x.gt(0)"],
  ["0 < x", "x.gt(0)"],
  ["x == 0", "x.eq(0)"],
  ["let z = x; z += y", "z = z.add(y)"],
  ["0 < k < 2", "0 < k && k < 2"],
  ["[0] * 3", "Array(3).fill(0)"],
  ["list + list", "[...list, ...list]"],
  [`"ab" * 3`, `"ab".repeat(3)`],
  [`"%d" % k`, "backticks"],
  ["x.shape == [2, 3]", "String(x.shape) == String([2, 3])"],
];

/** Each of them is one block: "... is Python; cells here are TypeScript. Write ...". */
const PYTHON: Mistake[] = [
  ["import torch", `Write import { nn, F, optim, tensor } from "receptive"; instead.`],
  ["import torch.nn as nn", `from "receptive"`],
  ["import numpy as np\na = np.zeros(3)", `from "receptive"`],
  ["import os, sys", `import * as os from "node:os";`],
  ["from receptive import nn", `import { nn } from "receptive";`],
  ["from receptive import (\n    nn,\n    optim,\n)", `import { nn, optim } from "receptive";`],
  ["from torch.utils.data import DataLoader", `import { DataLoader } from "receptive";`],
  ["from .helper import f", `import { f } from "./helper";`],
  ["def f(a, b=None):\n    return a", "function f(a, b = null) { ... }"],
  ["def f(a: Tensor, n: int = 3) -> Tensor:\n    return a", "function f(a: Tensor, n: number = 3) { ... }"],
  ["def f(): return 1", "function f() { return 1; }"],
  ["for i in range(10):\n    print(i)", "for (let i = 0; i < 10; i++) { ... }", "console.log(i);"],
  ["for i in range(2, 10, 2): total += i", "for (let i = 2; i < 10; i += 2)"],
  ["for a, b in loader:\n    pass", "for await (const [a, b] of loader) { ... }"],
  ["for i, v in enumerate(list):\n    pass", "list.entries()"],
  ["while True:\n    break", "while (true) { ... }"],
  ["if x is None: print(1)", "if (x === null) { console.log(1); }"],
  ["if 1 not in list:\n    pass\nelif not k:\n    pass\nelse:\n    pass", "!list.includes(1)", "else if (!k)"],
  ["try:\n    f()\nexcept Exception as e:\n    raise", "try { ... }", "catch (e) { ... }", "throw error;"],
  ["with torch.no_grad():\n    net(x)", "noGrad(() => { ... });"],
  ["with noGrad(): net(x)", "noGrad(() => { net(x); });"],
  ["lambda a: a + 1", "(a) => a + 1"],
  ["[i * 2 for i in list if i > 1]", "list.filter((i) => i > 1).map((i) => i * 2)"],
  ["const a = 1 if k else 2", "k ? 1 : 2"],
  ["assert x.shape == [2, 3]", "if (!(String(x.shape) === String([2, 3]))) throw new Error"],
  [`raise ValueError("no")`, `throw new Error("no");`],
  ["# comment", "Write // comment instead."],
  ["const c = 1 # one", "const c = 1 // one"],
  [`f"loss {total:.2f}"`, "`loss ${total.toFixed(2)}`"],
  [`print(f"loss {loss.item():.4f}")`, "console.log(`loss ${(await loss.item()).toFixed(4)}`);"],
  ["not k", "!k"],
  ["k and total", "k && total"],
  ["x @ y", "x.matmul(y)"],
  ["x[1:3]", `x.index("1:3")`],
  [
    "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.conv = nn.Conv2d(1, 6, 5)\n    def forward(self, x):\n        return F.max_pool2d(self.conv(x), 2)",
    "class Net extends nn.Module { ... }",
    "constructor() { ... }",
    "super();",
    "this.conv = new nn.Conv2d(1, 6, 5)",
    "forward(x) { ... }",
    "return F.maxPool2d(this.conv(x), 2)",
  ],
];

const NAMES: Mistake[] = [
  ["print(x)", "print is Python's. Write console.log(x) instead."],
  ["len(x)", "x.shape[0]"],
  ["const p = None", "Write null instead."],
  ["const p = True", "Write true instead."],
  ["next(iter(loader))", "for await (const batch of loader) { ...; break; }"],
  ["const n: int = 3", "The type is number"],
  ["fresh = 5", "let fresh = 5;"],
  ["m, n = 1, 2", "let [m, n] = [1, 2];"],
  ["torch.zeros(3)", `Write zeros, with import { zeros } from "receptive";`],
  ["torch.nn.functional.relu(x)", "Write F.relu."],
  ["torch.max(x)", "x.max(...)"],
  ["plt.plot(list)", "show.curve"],
  ["randomSplit(dataset, [1, 2])", `import { randomSplit } from "receptive";`],
  ["new Conv2d(1, 6, 5)", "Write nn.Conv2d."],
  ["show.images(x)", `import { show } from "receptive";`],
  [`fs.readFileSync("a")`, `import * as fs from "node:fs";`],
  [`import { Conv2d } from "receptive"`, `nn.Conv2d: import { nn } from "receptive";`],
  [`import d3 from "d3"`, "npm install d3"],
  ["unheard(of)", "'unheard' and 'of'", "run the cells above (Run > Run All Above"],
  ["nn.relu(x)", "It is F.relu."],
  ["F.max_pool2d(x, 2)", "F.maxPool2d"],
  ["net.zero_grad()", "optimizer.zeroGrad()"],
  ["x.numpy()", "await x.data()"],
  ["x.cuda()", `x.to("gpu")`],
  [`x.to("cuda")`, `"gpu"`],
  ["list.append(4)", "list.push(4)"],
  [`"a".upper()`, `"a".toUpperCase()`],
  ["#comment", "A comment begins with //."],
  ["return x", "last expression"],
];

const ARGUMENTS: Mistake[] = [
  ["new nn.Conv2d(1, 6, kernelSize=5)", "kernelSize is the third argument: write 5 in its place."],
  ["new nn.Conv2d(1, 6, kernel_size=5)", "kernelSize is the third argument"],
  ["new nn.Conv2d(1, 6, 5, stride=2)", "{ stride: 2 }"],
  ["new DataLoader(dataset, batch_size=8, shuffle=True)", "{ batchSize: 8, shuffle: true }"],
  ["x.sum(axis=1)", "dim is the first argument"],
  ["new nn.Conv2d(1, 6, 5, 2, 1)", "new nn.Conv2d(inChannels, outChannels, kernelSize, {", "stride", "padding"],
  ["new nn.Conv2d(1, 6, 5, 2)", "kernelSize, {", "stride"],
  ["new nn.Conv2d(1, 6)", "'kernelSize' was not provided", "new nn.Conv2d(inChannels, outChannels, kernelSize, {"],
  ["new nn.Conv2d(1, 6, 5, { kernel: 2 })", "'kernel' does not exist", "stride"],
  ["new optim.SGD(net.parameters(), 0.1)", "new optim.SGD(params, {", "lr"],
  ["new optim.SGD(net.parameters(), { weight_decay: 0.1 })", "weightDecay"],
  ["nn.Conv2d(1, 6, 5)", "Did you mean to include 'new'?"],
  ["new Tensor([1, 2])", "tensor([1, 2])"],
  ["randn(3, 4)", "randn([3, 4])"],
  ["randn(3)", "randn([3])"],
  ["x.shape()", "Write x.shape without ()."],
  ["const indices: Int32Array = [0, 1]", "Int32Array.from([0, 1])"],
  ["constant += 1", "let constant = ...;"],
];

/** Cells that compile and are probably not meant: a line below the cell. */
const NOTED: Mistake[] = [
  ["console.log(loss.item())", "prints a promise, not its value. Write console.log(await loss.item())."],
  ["`loss ${loss.item()}`", "${await loss.item()}"],
  [`"loss " + loss.item()`, "puts a promise into a text"],
  ["loss.item()", "shows a promise, not its value. Write await loss.item()."],
  ["const kept = []; kept.push(loss.item())", "kept.push(await loss.item())"],
  ["if (loss.item()) total++", "which is always so"],
  ["if (x.gt(0)) total++", "which is always so"],
  ["x == y", "x.eq(y)"],
  ["for (const i in list) total++", "for (const i of list)"],
];

/** Cells that compile, mean what they say and get no word. */
const FINE = [
  "list[0] + new Float32Array(2)[1] + 'abc'[0]",
  "const any: any = {}; any[0]; any['a']; const r: Record<string, number> = {}; r['a'] = 1; process.env['HOME']; 0",
  "new nn.ModuleList([net])[0] === net",
  "await loss.item()",
  "console.log(await loss.item())",
  "const ps = [loss.item()]; console.log(await Promise.all(ps))",
  "void x.data(); if (x.grad) total++; x === y",
  "class Private { #count = 0; inc() { return ++this.#count; } } new Private().inc()",
];

/** TypeScript with a slip, which is not to be taken for Python. */
const NOT_PYTHON = [
  `console.log("cats and dogs"`,
  `const s = "x"; // this and that\nconst t = = 3`,
  "if (k ? true : false) {\n  console.log(`not this or that`\n}",
  "for (const a in list) total = k ? a : 1 }",
  "class B { #count = 0; static #all = 1; inc() { return this.#count }",
  "} else if (k) f(); else g();",
];

describe("kernel protocol: what a mistake says", function () {
  this.timeout(60_000);
  const kernel = withKernel();
  before(async () => {
    const { reply } = await kernel().execute(SETUP);
    expect(reply.status, JSON.stringify(reply)).to.equal("ok");
  });

  const blocks: [title: string, mistakes: Mistake[]][] = [
    ["an index into what has no elements", INDEXING],
    ["a forgotten await", AWAIT],
    ["operators", OPERATORS],
    ["Python", PYTHON],
    ["names", NAMES],
    ["arguments", ARGUMENTS],
    ["data where tensors are wanted", DATA],
  ];
  for (const [title, mistakes] of blocks) {
    describe(title, () => {
      for (const [code, ...says] of mistakes) {
        it(JSON.stringify(code), async () => {
          const { evalue, traceback } = errorOf(await kernel().execute(code));
          for (const words of says) expect(evalue).to.contain(words);
          expect(evalue).not.to.match(/import\("|private name|TS\d{4}/);
          expect(traceback, traceback.join("\n")).to.have.length(1);
          if (mistakes === PYTHON) expect(evalue).to.contain("is Python; cells here are TypeScript. Write");
        });
      }
    });
  }

  for (const [code, ...says] of NOTED) {
    it(`${JSON.stringify(code)} runs, with a note`, async () => {
      const { reply, stdout } = await kernel().execute(code);
      expect(reply.status).to.equal("ok");
      expect(stdout).to.contain("Note: line 1 ");
      for (const words of says) expect(stdout).to.contain(words);
    });
  }

  for (const code of FINE) {
    it(`${JSON.stringify(code)} is fine`, async () => {
      const { reply, stdout } = await kernel().execute(code);
      expect(reply.status, JSON.stringify(reply)).to.equal("ok");
      expect(stdout).not.to.contain("Note:");
    });
  }

  for (const code of NOT_PYTHON) {
    it(`${JSON.stringify(code)} is no Python`, async () => {
      const { evalue } = errorOf(await kernel().execute(code));
      expect(evalue).not.to.contain("Python");
    });
  }
});

describe("kernel protocol: names that are not there any more", function () {
  this.timeout(60_000);
  const kernel = withKernel();

  it("a kernel that has just started says once that the cells above come first", async () => {
    const { evalue, traceback } = errorOf(await kernel().execute("const a = net(x);\nshow.images(a, other)"));
    expect(traceback).to.have.length(1);
    expect(evalue).to.contain("'net', 'x', 'show' and 'other'").and.contain("as after a restart");
    expect(evalue).to.contain(`import { show } from "receptive";`);
    expect(evalue.match(/run the cells above \(Run > Run All Above/g)).to.have.length(1);
  });

  it("a variable that hides a name of the notebook, the package or JavaScript gets a note", async () => {
    const note = async (code: string): Promise<string> => (await kernel().execute(code)).stdout;
    await kernel().execute(`import { optim, tensor } from "receptive"`);
    expect(await note("const display = 2")).to.contain("display hides the notebook's own display");
    expect(await note("let optim = 3")).to.contain("optim hides what was imported as optim");
    expect(await note("const nn = 1")).to.contain("nn hides the package's nn");
    expect(await note("const Math = 1")).to.contain("hides JavaScript's own Math");
    expect(await note("let optim = 4")).to.equal("");
    expect(await note("let other = 4")).to.equal("");
  });

  it("later errors say which cell has hidden it, and how it comes back", async () => {
    const { evalue } = errorOf(await kernel().execute("new optim.SGD([], { lr: 0.1 })"));
    expect(evalue).to.match(/optim is a variable of yours since cell\[\d+\]/);
    expect(evalue).to.contain(`import { optim } from "receptive" brings the package's back`);
    const { evalue: shown } = errorOf(await kernel().execute(`display.html("a")`));
    expect(shown).to.contain("display is a variable of yours").and.contain("reset()");
    await kernel().execute(`import { optim } from "receptive"`);
    const { reply } = await kernel().execute("optim.SGD.name");
    expect(reply.status).to.equal("ok");
  });
});
