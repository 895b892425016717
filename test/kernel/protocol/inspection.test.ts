import { expect } from "chai";
import type { JsonObject } from "../../../kernel/json";
import { withKernel } from "../support/withKernel";

describe("kernel protocol: what Shift-Tab and Tab show", function () {
  this.timeout(60_000);
  const kernel = withKernel();
  before(async () => {
    await kernel().execute(
      `import { DataLoader, F, io, nn, optim, randn } from "receptive"; const x = randn([2, 3]), net = new nn.Linear(3, 2);`,
    );
  });

  const shown = async (code: string): Promise<Record<string, string>> => {
    const { reply } = await kernel().request("shell", "inspect_request", {
      code,
      cursor_pos: code.length,
      detail_level: 0,
    });
    expect(reply.found, code).to.equal(true);
    return reply.data as Record<string, string>;
  };

  /** What is shown for a call that begins and for the name alone. */
  const BOTH: [code: string, ...says: string[]][] = [
    [
      "nn.Conv2d",
      "class nn.Conv2d",
      "new nn.Conv2d(inChannels: number, outChannels: number, kernelSize: Pair, options?: {",
      "stride?: Pair;",
      "bias?: boolean; // Whether",
      "default true",
      "Slides `outChannels` filters over images",
      "torch.nn.Conv2d",
    ],
    ["optim.SGD", "lr?: number;", "weightDecay?: number;", "Stochastic gradient descent"],
    ["DataLoader", "new DataLoader(dataset", "batchSize?: number;", "Batches of a data set"],
    ["F.conv2d", "function F.conv2d(input: Tensor, weight: Tensor", "stride?: Pair;", "cross-correlation"],
    ["randn", "function randn(shape: Shape, options?: {", "requiresGrad?: boolean;"],
  ];
  for (const [name, ...says] of BOTH) {
    it(`${name}: arguments, options and docs`, async () => {
      for (const code of [name, `${/^[a-z]+\.[A-Z]|^[A-Z]\w+$/.test(name) ? "new " : ""}${name}(`]) {
        const data = await shown(code);
        for (const words of says) {
          expect(data["text/markdown"], code).to.contain(words);
          expect(data["text/plain"], code).to.contain(words);
        }
        expect(data["text/markdown"]).not.to.match(/\(alias\)|\n(?:import|export) /);
      }
    });
  }

  it("formulas stay formulas, examples are code and references are whole", async () => {
    const conv = (await shown("F.conv2d("))["text/markdown"] ?? "";
    expect(conv).to.contain("2\\*padding - dilation\\*(R-1) - 1)/stride");
    expect(conv).to.match(/\*@example\*\n\n```typescript\nconst y = F\.conv2d\(/);
    expect(conv).to.contain("*@see* Dumoulin & Visin 2016, arXiv:1603.07285, section 2; torch.nn.functional.conv2d");
    const hook = (await shown("net.registerForwardHook("))["text/markdown"] ?? "";
    expect(hook).to.contain("*@see* torch.nn.Module.register").and.not.contain("hook *");
  });

  it("Tab says what each name is", async () => {
    const kinds = async (code: string): Promise<Map<string, string>> => {
      const { reply } = await kernel().request("shell", "complete_request", {
        code,
        cursor_pos: code.length,
      });
      const types = (reply.metadata as JsonObject)._jupyter_types_experimental as JsonObject[];
      return new Map(types.map(({ text, type }) => [String(text), String(type)]));
    };
    const nn = await kinds("nn.");
    expect([...nn.values()]).not.to.include("alias");
    expect(nn.get("Conv2d")).to.equal("class");
    expect(nn.get("skipInit")).to.equal("function");
    expect(nn.get("init")).to.equal("module");
    expect((await kinds("F.rel")).get("relu")).to.equal("function");
    expect((await kinds("n")).get("nn")).to.equal("module");

    const tensor = await kinds("x.");
    expect(tensor.get("matmul")).to.equal("method");
    expect(tensor.get("shape")).to.equal("property");
    for (const internal of ["storage", "node", "gradient", "sibling"]) expect(tensor.has(internal)).to.equal(false);
    const module = await kinds("net.");
    expect(module.get("parameters")).to.equal("method");
    for (const name of ["apply", "bind", "call", "caller", "arguments", "length", "name", "prototype"]) {
      expect(module.has(name), name).to.equal(false);
    }
    await kernel().execute("function own() {}");
    expect((await kinds("own.")).has("call")).to.equal(true);
  });
});
