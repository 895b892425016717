import { expect } from "chai";
import { deviceInfo, F, kernelSource, ones, runKernel, tensor, useGpu, useKernel } from "../../src";
import { allOps } from "../../src/ops";
import { DISPLAY } from "../../src/protocol";
import { DeviceError } from "../../src/errors";

/** No kernels of GPU.js, or none for what the first sample asks. */
const onHost = new Set("cast isnan isinf isfinite argsort cumsum prod ravelIndex".split(" "));

describe("kernelSource", () => {
  for (const op of allOps.filter(({ definition }) => definition.name !== "reshape"))
    it(`shows the GPU.js functions of ${op.definition.name}, and WGSL that declares an entry for each`, () => {
      const { parts } = kernelSource(op.definition.name);
      if (onHost.has(op.definition.name)) {
        expect(parts[0].heading).to.match(/: plain loops on the host$/);
        return;
      }
      expect(parts.length).to.be.greaterThan(1);
      parts.forEach(({ text }, i) =>
        expect(text).to.match(i % 2 === 0 ? /^function \w+\(/ : /@compute @workgroup_size[\s\S]*fn main/),
      );
    });

  it("colours words, numbers and comments, and escapes the rest", async () => {
    const bundle = await F.conv2d.kernelSource("gpu", "forward")[DISPLAY]();
    expect(bundle["text/html"]).to.match(/<span style="color:#8250df">function<\/span> conv2dForward/);
    expect(bundle["text/html"]).to.match(/r &lt; /);
    expect(bundle["text/plain"]).to.match(/^conv2d on gpu\n\n\/\/ forward: conv2dForward, GPU\.js \(threads 9 x 4 x 2/);
  });

  it("shows the plain loops of reference", () => {
    const { parts } = F.conv2d.kernelSource("reference");
    expect(parts.map(({ heading }) => heading)).to.deep.equal([
      "forward",
      "backwardInput",
      "backwardWeight",
      "backwardBias",
    ]);
  });

  it("names what there is if asked for what there is not", () => {
    expect(() => kernelSource("conv4d")).to.throw(
      DeviceError,
      /^kernelSource: there is no op "conv4d"\. There are neg, /,
    );
    expect(() => F.conv2d.kernelSource("gpu", "back")).to.throw(
      /^kernelSource: conv2d has no kernel "back"\. Its kernels are forward, backwardInput, backwardWeight, backwardBias\.$/,
    );
    expect(() => F.conv2d.kernelSource("cpu")).to.throw(/^kernelSource: the kernels of conv2d on cpu are WebAssembly/);
  });
});

/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-member-access -- `this` is GPU.js's */
describe("useKernel", () => {
  afterEach(() => useKernel.reset());
  const refused = async (op: "conv2d" | "matmul", kernel: string, fn: never): Promise<string> =>
    useKernel(op, kernel as never, fn).then(
      () => "taken",
      (error: Error) => `${error.constructor.name} ${error.message}`,
    );

  it("serves some sizes only where it says so", async () => {
    function plain(this: any, x: number[][][], w: number[][][], b: number[]): number {
      const p = ((this.thread.x + 0.5) / this.constants.Q) | 0;
      const q = this.thread.x - p * this.constants.Q;
      let sum = b[this.thread.y];
      for (let c = 0; c < this.constants.C; c++) {
        for (let r = 0; r < this.constants.R; r++) {
          for (let s = 0; s < this.constants.S; s++) {
            sum +=
              x[this.thread.z * this.constants.C + c][p + r][q + s] * w[this.thread.y * this.constants.C + c][r][s];
          }
        }
      }
      return sum;
    }
    expect(await refused("conv2d", "forward", plain as never)).to.match(
      /^DeviceError useKernel: "plain" gives a wrong number/,
    );
    const simple = (g: Record<string, number>): boolean =>
      g.strideH * g.strideW * g.dilationH * g.dilationW === 1 &&
      g.padH + g.padW === 0 &&
      g.Cg === g.C &&
      g.P === g.H - g.R + 1;
    const race = await useKernel("conv2d", "forward", plain, { when: simple });
    expect(race.race.map(({ shape }) => shape)).to.have.length(2);
    expect(race.race.every(({ ms, builtInMs }) => ms > 0 && builtInMs > 0)).to.equal(true);
  });

  it("refuses what it cannot read, with the next step", async () => {
    const outside = [1, 2];
    function captures(this: any, a: number[], b: number[]): number {
      return a[this.thread.x as number] + b[0] + outside[0];
    }
    function short(this: any, a: number[]): number {
      return a[this.thread.x as number];
    }
    expect(await refused("matmul", "matmul", captures as never)).to.match(
      /^DeviceError useKernel: "captures" uses outside from outside, whose value it cannot see; .* \{ constants: \{ outside: 3 \} \}/,
    );
    expect(await refused("matmul", "matmul", short as never)).to.match(
      /takes \(a, b\), "short" takes 1 arguments\. Start from/,
    );
    expect(await refused("matmul", "matmul", ((a: number, b: number) => a * b) as never)).to.match(
      /begins with the word function, got \(a, b\) =>/,
    );
    const product = (a: number, b: number): number => a * b;
    expect(await refused("matmul", "matmul", product.bind(null) as never)).to.match(
      /^DeviceError useKernel: bound product has no text that GPU\.js could read: it is built in, or made by bind\(\)\. Write/,
    );
    expect(await refused("conv2d", "backward", short as never)).to.match(
      /there is no kernel "backward" of conv2d to replace\. There are conv2d \(forward, backwardInput, backwardWeight\) and matmul \(matmul\)\.$/,
    );
  });
});

/** A batch's planes behind each other, and the threads of a result of four dimensions. */
function planes(this: any, x: number[][][], scale: number[]): number {
  const p = Math.floor((this.thread.x + 0.5) / this.constants.Q);
  const q = this.thread.x - p * this.constants.Q;
  return (
    scale[this.thread.y] * x[this.thread.z * this.constants.C + this.thread.y][p][q] + (this.constants.half as number)
  );
}

describe("runKernel", () => {
  afterEach(() => useGpu());
  const said = (promise: Promise<unknown>): Promise<string> =>
    promise.then(
      () => "taken",
      (error: Error) => `${error.constructor.name} ${error.message}`,
    );
  const one = function one(this: any, x: number[]): number {
    return x[this.thread.x] + 1;
  };

  for (const mode of ["webasm", "cpu"] as const)
    it(`computes results of one to four dimensions in mode ${mode}`, async () => {
      await useGpu({ mode });
      const line = await runKernel(one, [tensor([1, 2, 3])]);
      expect([line.device, line.shape, await line.tolist()]).to.deep.equal(["gpu", [3], [2, 3, 4]]);
      const column = function column(this: any, x: number[][]): number {
        return x[this.thread.y][1] * this.constants.factor;
      };
      const matrix = tensor([
        [1, 2, 3],
        [4, 5, 6],
      ]);
      const columns = await runKernel(column, [matrix], { shape: [2, 2], constants: { factor: 2 } });
      expect(await columns.tolist()).to.deep.equal([
        [4, 4],
        [10, 10],
      ]);
      const x = tensor(Array.from({ length: 24 }, (_, i) => i)).reshape(2, 2, 2, 3);
      const all = await runKernel(planes, [x, tensor([1, -1])], { constants: { C: 2, Q: 3, half: 0.5 } });
      expect(all.shape).to.deep.equal([2, 2, 2, 3]);
      expect(Array.from(await all.data())).to.deep.equal(
        Array.from({ length: 24 }, (_, i) => (i % 12 < 6 ? i : -i) + 0.5),
      );
      const third = await runKernel(
        function third(this: any, x: number[][][]): number {
          return x[this.thread.z][this.thread.y][this.thread.x];
        },
        [x.reshape(4, 2, 3)],
      );
      expect(await third.tolist()).to.deep.equal(await x.reshape(4, 2, 3).tolist());
    });

  it("calls functions that are given, and leaves its inputs as they are", async () => {
    const square = function square(v: number): number {
      return v * v;
    };
    const x = tensor([1, 2, 3]);
    const kernel = function squares(this: any, x: number[]): number {
      return square(x[this.thread.x]);
    };
    expect(await (await runKernel(kernel, [x], { functions: [square] })).tolist()).to.deep.equal([1, 4, 9]);
    expect(await x.tolist()).to.deep.equal([1, 2, 3]);
  });

  it("forgets what mode webasm could not translate once a kernel of that name is defined anew", async () => {
    await useGpu({ mode: "webasm" });
    const part = function rows(this: any, x: number[][]): number {
      const row = x[this.thread.y];
      return row[this.thread.x];
    };
    const whole = function rows(this: any, x: number[][]): number {
      return x[this.thread.y][this.thread.x];
    };
    const x = tensor([
      [1, 2],
      [3, 4],
    ]);
    const fallbacks = async (kernel: typeof whole): Promise<string[]> => {
      expect(await (await runKernel(kernel, [x])).tolist()).to.deep.equal([
        [1, 2],
        [3, 4],
      ]);
      return (await deviceInfo()).gpu.kernelFallbacks.map((fallback) => fallback.kernel);
    };
    expect(await fallbacks(part)).to.deep.equal(["rows"]);
    expect(await fallbacks(whole)).to.deep.equal([]);
    expect(await fallbacks(part), "from the cache").to.deep.equal(["rows"]);
  });

  it("refuses what it cannot run, with the next step", async () => {
    const outside = [1, 2];
    const captures = function captures(this: any, x: number[]): number {
      return x[this.thread.x] + outside[0];
    };
    const maps = function maps(this: any, x: number[]): number {
      return x.map((v) => v)[0];
    };
    const x = ones([3]);
    expect(await said(runKernel(captures, [x]))).to.match(
      /^DeviceError runKernel: "captures" uses outside from outside, .* Pass numbers with runKernel\(.*, and arrays as inputs\.$/,
    );
    expect(await said(runKernel(maps, [x]))).to.match(
      /^DeviceError runKernel: kernel maps does not run in mode \w+: unhandled type "ArrowFunctionExpression"\.$/,
    );
    expect(await said(runKernel(one, [x, x]))).to.equal(
      'DeviceError runKernel: "one" takes 1 argument, got 2 inputs. Give a tensor for each argument, and numbers as constants.',
    );
    expect(await said(runKernel(one, [x], { shape: [2, 0] }))).to.match(
      /^ShapeError runKernel: the result has shape \[2,0\]\. Give one to four whole numbers above 0/,
    );
    expect(await said(runKernel(one, x as never))).to.match(
      /^DTypeError runKernel: inputs must be an array of tensors/,
    );
  });
});
