/** Networks that cannot be shown say why in one sentence. */
import { expect } from "chai";
import { nn, ones, randn, show, zeros, type Tensor } from "../../src";
import { answerTo } from "../../src/display/inspect/answers";
import { bundleOf } from "./support";

class Gives extends nn.Module {
  conv = new nn.Conv2d(3, 2, 3);
  constructor(private readonly answer: (y: Tensor) => unknown) {
    super();
  }
  forward(x: Tensor): Tensor {
    return this.answer(this.conv(x)) as Tensor;
  }
}
class Two extends nn.Module {
  forward(x: Tensor, y: Tensor): Tensor {
    return x.add(y);
  }
}
class Endless extends nn.Module {
  forward(x: Tensor): Tensor {
    return this(x);
  }
}
class Parts extends nn.Module {
  inner = new Gives((y) => [y, y.relu()]);
  forward(x: Tensor): Tensor {
    const [a, b] = this.inner(x) as unknown as Tensor[];
    return a.add(b);
  }
}

const line = async (make: () => object): Promise<string> => {
  try {
    await bundleOf(make());
  } catch (error) {
    return (error as Error).message;
  }
  return "";
};
/** Both views, with the same words. */
async function lines(net: nn.Module, shape: number[]): Promise<string> {
  const [explorer, graph] = [
    await line(() => show.network(net, zeros(shape))),
    await line(() => show.graph(net, shape)),
  ];
  expect(graph.replace(/^show\.graph/, "")).to.equal(explorer.replace(/^show\.network/, ""));
  return explorer;
}

describe("networks that cannot be shown", () => {
  const image = [1, 3, 8, 8];
  for (const [name, answer, kind] of [
    ["nothing", () => undefined, "nothing"],
    ["null", () => null, "nothing"],
    ["an array", (y: Tensor) => [y], "an Array"],
    ["an object", (y: Tensor) => ({ y }), "an Object"],
  ] as const)
    it(`say that forward() returned ${name}`, async () => {
      expect(await lines(new Gives(answer), image)).to.equal(
        `show.network: forward() returned ${kind}; one tensor is needed. Return the one to look at.`,
      );
    });

  it("say that they take two inputs", async () =>
    expect(await lines(new Two(), image)).to.match(
      /^show\.network: forward\(\) takes 2 inputs, and one is shown \(.*\)/,
    ));

  it("say that they call themselves", async () =>
    expect(await lines(new Endless(), image)).to.match(/^show\.network: forward\(\) calls itself without an end\./));

  it("are shown with a block inside that gives several tensors, or that knows itself", async () => {
    const net = new Parts();
    (net as unknown as { self: nn.Module }).self = net;
    expect(await lines(net, image)).to.equal("");
  });

  it("say which input lacks its batch", async () => {
    const conv = new nn.Sequential(new nn.Conv2d(3, 2, 3));
    expect(await line(() => show.network(conv, randn([3, 8, 8])))).to.equal(
      "show.network: x [3,8,8] has no batch. Use x.unsqueeze(0).",
    );
    expect(await line(() => show.network(new nn.Linear(20, 2), randn([20])))).to.equal(
      "show.network: x [20] has no batch. Use x.unsqueeze(0).",
    );
    expect(await line(() => show.graph(conv, [3, 8, 8]))).to.equal(
      "show.graph: x [3,8,8] has no batch. Use [1,3,8,8].",
    );
    // Another fault is not taken for it.
    expect(await line(() => show.network(conv, randn([2, 8, 8])))).to.not.match(/no batch/);
  });

  it("say at the call how many classes there are", () => {
    const net = new nn.Sequential(new nn.Flatten(), new nn.Linear(12, 3));
    const x = ones([2, 3, 2, 2]);
    expect(() => show.network(net, x, { classes: ["a", "b"] })).to.throw("2 classes for 3 scores");
    expect(() => show.network(net, x, { target: 3 })).to.throw("target must be a class from 0 to 2, got 3");
  });
});

describe("the input that the inspector opens a network with", () => {
  const inputOf = async (net: nn.Module): Promise<unknown> => {
    const { content } = await answerTo(net, { ask: "facts" }, { cancelled: false, buffers: [] });
    return (content as { input?: unknown }).input;
  };
  it("is of the shape that the network takes", async () => {
    const lines = new nn.Sequential(new nn.Conv1d(2, 3, 3), new nn.Flatten(), new nn.Linear(3 * 98, 2));
    expect(await inputOf(lines)).to.deep.equal([2, 100]);
    const fixed = new nn.Sequential(new nn.Conv2d(1, 2, 3), new nn.Flatten(), new nn.Linear(2 * 18 * 18, 2));
    expect(await inputOf(fixed)).to.deep.equal([1, 20, 20]);
    expect(await inputOf(new nn.Sequential(new nn.Conv2d(1, 2, 3)))).to.deep.equal([1, 28, 28]);
  });
});
