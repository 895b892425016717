/** Students' kernels in notebook cells, through the real kernel. */
import { expect } from "chai";
import { errorOf, KernelClient, type Answer } from "../kernel/support/kernelClient";

/** A convolution as a student writes it, plain loops; `extra` is added to each number. */
const convolution = (name: string, extra: string): string => `
function ${name}(this: any, x: number[][][], w: number[][][], b: number[]): number {
  const k = this.thread.y;
  const p = ((this.thread.x + 0.5) / this.constants.Q) | 0;
  const q = this.thread.x - p * this.constants.Q;
  const group = ((k + 0.5) / this.constants.Kg) | 0;
  let sum = b[k]${extra};
  for (let c = 0; c < this.constants.Cg; c++) {
    for (let r = 0; r < this.constants.R; r++) {
      for (let s = 0; s < this.constants.S; s++) {
        const h = p * this.constants.strideH + r * this.constants.dilationH - this.constants.padH;
        const v = q * this.constants.strideW + s * this.constants.dilationW - this.constants.padW;
        if (h >= 0 && h < this.constants.H && v >= 0 && v < this.constants.W) {
          sum += x[this.thread.z * this.constants.C + group * this.constants.Cg + c][h][v] * w[k * this.constants.Cg + c][r][s];
        }
      }
    }
  }
  return sum;
}`;

const training = `
manualSeed(1);
const net = new nn.Sequential(new nn.Conv2d(1, 4, 3), new nn.ReLU(), new nn.Flatten(), new nn.Linear(144, 2)).to("gpu");
const optimizer = new optim.SGD(net.parameters(), { lr: 0.05 });
const x = randn([8, 1, 8, 8], { device: "gpu" });
const y = tensor([0, 1, 0, 1, 0, 1, 0, 1], { dtype: "int32", device: "gpu" });
const losses: number[] = [];
for (let step = 0; step < 10; step++) {
  optimizer.zeroGrad();
  const loss = F.crossEntropy(net(x), y);
  loss.backward();
  optimizer.step();
  losses.push(await loss.item());
}
console.log(losses.length, losses[9] < losses[0]);`;

describe("kernels of GPU.js written in a notebook", function () {
  this.timeout(120_000);
  let kernel: KernelClient;
  const run = (code: string): Promise<Answer> => kernel.execute(code);
  const bundle = ({ outputs }: Answer): Record<string, string> =>
    outputs.find(({ header }) => header.msg_type === "execute_result")?.content.data as Record<string, string>;

  before(async () => {
    kernel = await KernelClient.start({ env: { RECEPTIVE_GPU_MODE: "webasm" } });
    const { reply } = await run(
      `import { deviceInfo, F, manualSeed, nn, optim, randn, tensor, useKernel } from "receptive";`,
    );
    expect(reply.status).to.equal("ok");
  });
  after(() => kernel.stop());
  afterEach(async () => {
    await run("useKernel.reset()");
  });

  it("replace the built-in one: a race table, then ten steps of training with it", async () => {
    const answer = await run(`${convolution("naive", "")}\nawait useKernel("conv2d", "forward", naive)`);
    expect(answer.reply.status).to.equal("ok");
    const { "text/html": html, "text/plain": text } = bundle(answer);
    expect(html).to.match(/<table[\s\S]*built-in, GFLOP\/s[\s\S]*input \[4,3,32,32\]/);
    expect(text).to.match(/^naive takes the place of conv2d forward on gpu \(mode webasm\)/);
    const steps = await run(training);
    expect([steps.stdout, steps.stderr]).to.deep.equal(["10 true\n", ""]);
    const source = bundle(await run(`F.conv2d.kernelSource("gpu", "forward")`));
    expect(source["text/plain"]).to.match(/function naive\(x, w, b\)[\s\S]*@compute @workgroup_size/);
    expect(source["text/html"]).to.match(/<span style="color:#8250df">function<\/span> naive/);
    await run("useKernel.reset()");
    const back = bundle(await run(`F.conv2d.kernelSource("gpu", "forward")`));
    expect(back["text/plain"]).to.match(/function conv2dForward\(x, w, b\)/);
  });

  it("say once, in the output, that there is no graphics card, and nothing on stderr", async () => {
    const first = kernel.iopub.filter(({ content }) =>
      /gpu: GPU\.js in mode webasm on this processor/.test(
        String((content.data as Record<string, string>)?.["text/plain"]),
      ),
    );
    expect(first.map(({ header }) => header.msg_type)).to.deep.equal(["display_data"]);
    const { "text/plain": text } = bundle(await run(`net.to("gpu")`));
    expect(text).to.match(/^Sequential\([\s\S]*\ngpu: GPU\.js in mode webasm on this processor, float32\.$/);
    const info = bundle(await run("await deviceInfo()"));
    expect(info["text/html"]).to.match(/<td[^>]*>gpu<\/td><td[^>]*>webasm<\/td>/);
  });

  it("take numbers of other cells as constants, and name a variable that is none", async () => {
    await run("const K = 2, half = 0.5, scores = [1, 2];");
    const numbers = await run(
      `${convolution("shifted", " + K - 4 * half")}\nawait useKernel("conv2d", "forward", shifted, { race: false })`,
    );
    expect(numbers.reply.status).to.equal("ok");
    const list = errorOf(
      await run(`${convolution("listed", " + scores[0]")}\nawait useKernel("conv2d", "forward", listed)`),
    );
    expect(list.evalue).to.equal(
      'useKernel: "listed" uses scores from outside, which is no number (object); GPU.js translates the text of one ' +
        "function alone. Pass numbers with useKernel(..., { constants: { scores: 3 } }), and arrays not at all.",
    );
  });

  it("are refused with the first wrong index, and the built-in one stays", async () => {
    const wrong = errorOf(
      await run(`${convolution("wrong", " + (k > 0 ? 1 : 0)")}\nawait useKernel("conv2d", "forward", wrong)`),
    );
    expect(wrong.evalue).to.match(
      /^useKernel: "wrong" gives a wrong number as conv2d forward: y\[0,1,0,0\] is \S+, reference has \S+ \(sample 1 of \d+: input \[2,3,5,5\]/,
    );
    const { "text/plain": text } = bundle(await run(`F.conv2d.kernelSource("gpu", "forward")`));
    expect(text).to.match(/function conv2dForward/);
  });
});
