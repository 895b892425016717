/** What students write in homework 6: blocks, counted training, dropout, sub-networks, batch normalisation. */
import type { WrongAnswer } from "../support/wrongAnswer";

type Settings = WrongAnswer["shapes"];
interface Mistake {
  mistake: string;
  hint: RegExp;
  code: string;
}
const question = (id: string, shapes: Settings, mistakes: readonly Mistake[]): WrongAnswer[] =>
  mistakes.map((each) => ({ ...each, answer: `${id}-answer`, test: id, shapes }));

/** A residual block, whose parts are right unless said otherwise. */
const block = ({
  conv1 = "new nn.Conv2d(inChannels, outChannels, 3, { stride, padding: 1, bias: false })",
  conv2 = "new nn.Conv2d(outChannels, outChannels, 3, { padding: 1, bias: false })",
  when = "stride === 1 && inChannels === outChannels",
  projection = "new nn.Conv2d(inChannels, outChannels, 1, { stride, bias: false }), new nn.BatchNorm2d(outChannels)",
  forward = `const y = this.bn2(this.conv2(F.relu(this.bn1(this.conv1(x)))));
    return F.relu(y.add(this.downsample ? this.downsample(x) : x));`,
}): string => `class ResidualBlock extends nn.Module {
  conv1: nn.Conv2d;
  bn1: nn.BatchNorm2d;
  conv2: nn.Conv2d;
  bn2: nn.BatchNorm2d;
  downsample: nn.Sequential | null;
  constructor(inChannels: number, outChannels: number, stride = 1) {
    super();
    this.conv1 = ${conv1};
    this.bn1 = new nn.BatchNorm2d(outChannels);
    this.conv2 = ${conv2};
    this.bn2 = new nn.BatchNorm2d(outChannels);
    this.downsample = ${when} ? null : new nn.Sequential(${projection});
  }
  forward(x: Tensor): Tensor {
    ${forward}
  }
}`;

const blocks = question(
  "q1",
  [
    [
      [`["layer1.0", "layer2.0"]`, `["layer2.1", "layer3.0"]`],
      ["6, 6]", "5, 4]"],
    ],
    [[`["layer1.0", "layer2.0"]`, `["layer1.1", "layer3.0"]`]],
  ],
  [
    {
      mistake: "the shortcut is added behind the last ReLU",
      hint: /behind the last ReLU/,
      code: block({
        forward: `const y = F.relu(this.bn2(this.conv2(F.relu(this.bn1(this.conv1(x))))));
    return y.add(this.downsample ? this.downsample(x) : x);`,
      }),
    },
    {
      mistake: "the shortcut is forgotten",
      hint: /shortcut is missing/,
      code: block({ forward: "return F.relu(this.bn2(this.conv2(F.relu(this.bn1(this.conv1(x))))));" }),
    },
    {
      mistake: "the input is overwritten on the way",
      hint: /was x overwritten/,
      code: block({
        forward: `x = F.relu(this.bn1(this.conv1(x)));
    x = this.bn2(this.conv2(x));
    return F.relu(x.add(this.downsample ? this.downsample(x) : x));`,
      }),
    },
    {
      mistake: "no ReLU between the convolutions",
      hint: /between bn1 and conv2/,
      code: block({
        forward: `const y = this.bn2(this.conv2(this.bn1(this.conv1(x))));
    return F.relu(y.add(this.downsample ? this.downsample(x) : x));`,
      }),
    },
    {
      mistake: "no ReLU behind the addition",
      hint: /last ReLU is missing/,
      code: block({
        forward: `const y = this.bn2(this.conv2(F.relu(this.bn1(this.conv1(x)))));
    return y.add(this.downsample ? this.downsample(x) : x);`,
      }),
    },
    {
      mistake: "the projection has no stride",
      hint: /Has the 1×1 convolution the block's stride/,
      code: block({
        projection: "new nn.Conv2d(inChannels, outChannels, 1, { bias: false }), new nn.BatchNorm2d(outChannels)",
      }),
    },
    {
      mistake: "the projection has no batch normalisation",
      hint: /the block has no downsample\.1\.weight/,
      code: block({ projection: "new nn.Conv2d(inChannels, outChannels, 1, { stride, bias: false })" }),
    },
    {
      mistake: "every block has a projection",
      hint: /downsample\.0\.weight is one too many/,
      code: block({ when: "inChannels === 0" }),
    },
    {
      mistake: "the second convolution reads the first one's channels",
      hint: /conv2\.weight has the shape .* expected/,
      code: block({ conv2: "new nn.Conv2d(inChannels, outChannels, 3, { padding: 1, bias: false })" }),
    },
    {
      mistake: "the convolutions have a bias",
      hint: /conv1\.bias is one too many.*bias: false/,
      code: block({ conv1: "new nn.Conv2d(inChannels, outChannels, 3, { stride, padding: 1 })" }),
    },
    {
      mistake: "the second convolution has the stride",
      hint: /stride is at conv2/,
      code: block({
        conv1: "new nn.Conv2d(inChannels, outChannels, 3, { padding: 1, bias: false })",
        conv2: "new nn.Conv2d(outChannels, outChannels, 3, { stride, padding: 1, bias: false })",
      }),
    },
  ],
);

const counted = (body: string): string =>
  `function blockParameters(inChannels: number, outChannels: number, stride: number): number {
  const needsProjection = stride !== 1 || inChannels !== outChannels;
  const [first, second] = [9 * inChannels * outChannels, 9 * outChannels * outChannels];
  const projection = inChannels * outChannels + 2 * outChannels;
  return ${body};
}`;
const parameters = question(
  "q2",
  [
    [[`["layer1.0", "layer2.0", "layer3.1"]`, `["layer2.1", "layer3.0"]`]],
    [[`["layer1.0", "layer2.0", "layer3.1"]`, `["layer1.1", "layer4.0", "layer2.0"]`]],
  ],
  [
    {
      mistake: "running statistics are counted",
      hint: /they are buffers/,
      code: counted("first + second + 8 * outChannels + (needsProjection ? projection + 2 * outChannels : 0)"),
    },
    {
      mistake: "convolutions are counted with a bias",
      hint: /counted with a bias/,
      code: counted("first + second + 6 * outChannels + (needsProjection ? projection + outChannels : 0)"),
    },
    {
      mistake: "the projection is forgotten",
      hint: /projection is missing/,
      code: counted("first + second + 4 * outChannels"),
    },
    {
      mistake: "the projection is always counted",
      hint: /counted in every block/,
      code: counted("first + second + 4 * outChannels + projection"),
    },
  ],
);

const gradient = (body: string): string =>
  `async function firstGradient(net: DeepNet, x: Tensor, y: Tensor): Promise<number> {
  ${body}
}`;
const clear =
  "for (const parameter of net.parameters()) parameter.grad = null;\n  F.crossEntropy(net(x), y).backward();";
const gradients = question(
  "q3",
  [
    [
      ["0, 20)", "0, 12)"],
      ["new DeepNet(2, 1, false)", "new DeepNet(1, 1)"],
    ],
    [["new DeepNet(2, 1, false)", "new DeepNet(3, 0)"]],
  ],
  [
    {
      mistake: "gradients of the first call stay",
      hint: /added its gradients to those of the first/,
      code: gradient("F.crossEntropy(net(x), y).backward();\n  return net.stem.weight.grad!.norm().item();"),
    },
    {
      mistake: "no square root",
      hint: /square root is missing/,
      code: gradient(`${clear}\n  return net.stem.weight.grad!.square().sum().item();`),
    },
    {
      mistake: "the gradient of all layers",
      hint: /gradient of all layers/,
      code: gradient(`${clear}
  let sum = 0;
  for (const parameter of net.parameters()) sum += await parameter.grad!.square().sum().item();
  return Math.sqrt(sum);`),
    },
  ],
);

/** The loop, whose parts are right unless said otherwise. */
const loop = ({
  zero = "optimizer.zeroGrad();",
  step = "optimizer.step();",
  to = "Math.min(from + batchSize, x.shape[0], from + images - seen)",
  count = "seen += to - from;",
  more = "seen < images",
}): string => `async function trainOn(
  net: nn.Module,
  { x, y }: { x: Tensor; y: Tensor },
  { images, batchSize, lr }: { images: number; batchSize: number; lr: number },
): Promise<{ seen: number; loss: number }[]> {
  const optimizer = new optim.SGD(net.parameters(), { lr });
  const rows: { seen: number; loss: number }[] = [];
  let [seen, from] = [0, 0];
  while (${more}) {
    const to = ${to};
    ${zero}
    const loss = F.crossEntropy(net(x.slice(0, from, to)), y.slice(0, from, to));
    loss.backward();
    ${step}
    ${count}
    rows.push({ seen, loss: await loss.item() });
    from = to === x.shape[0] ? 0 : to;
  }
  return rows;
}`;
const loops = question(
  "q4",
  [[["[40, 60, 16, 0.1]", "[30, 52, 8, 0.05]"]], [["[40, 60, 16, 0.1]", "[50, 75, 20, 0.2]"]]],
  [
    {
      mistake: "the last batch is not cut",
      hint: /last batch is not cut/,
      code: loop({ to: "Math.min(from + batchSize, x.shape[0])" }),
    },
    { mistake: "gradients are added up", hint: /zeroGrad\(\) is missing/, code: loop({ zero: "" }) },
    { mistake: "no step", hint: /step\(\) is missing/, code: loop({ step: "" }) },
    {
      mistake: "steps are counted for images",
      hint: /counts one for each step/,
      code: loop({ count: "seen += 1;", to: "Math.min(from + batchSize, x.shape[0])" }),
    },
    {
      mistake: "the last batch is left out",
      hint: /ends before the last, smaller batch/,
      code: loop({
        to: "Math.min(from + batchSize, x.shape[0])",
        more: "seen + Math.min(batchSize, x.shape[0] - from) <= images",
      }),
    },
  ],
);

const dropout = (forward: string, backward = "return dy.mul(this.mask!);"): string => `class MyDropout {
  mask: Tensor | null = null;
  constructor(readonly p: number) {}
  forward(x: Tensor, isTraining: boolean): Tensor {
    ${forward}
    return x.mul(this.mask);
  }
  backward(dy: Tensor): Tensor {
    ${backward}
  }
}`;
const rightMask = "this.mask = isTraining ? rand(x.shape).ge(this.p).float().div(1 - this.p) : ones(x.shape);";
const dropouts = question(
  "q5",
  [
    [
      ["[50, 400]", "[100, 200]"],
      ["[0.2, 0.7]", "[0.3, 0.9]"],
    ],
    [
      ["[50, 400]", "[40, 20, 5, 5]"],
      ["kept.mean(1)", "kept.flatten(1).mean(1)"],
      ["kept.mean(0)", "kept.flatten(1).mean(0)"],
      ["[0.2, 0.7]", "[0.4, 0.1]"],
    ],
  ],
  [
    {
      mistake: "no factor 1/(1-p)",
      hint: /not divided by 1 - p/,
      code: dropout("this.mask = isTraining ? rand(x.shape).ge(this.p).float() : ones(x.shape);"),
    },
    {
      mistake: "p and 1-p are swapped",
      hint: /p and 1 - p are swapped/,
      code: dropout("this.mask = isTraining ? rand(x.shape).lt(this.p).float().div(this.p) : ones(x.shape);"),
    },
    {
      mistake: "the form of the paper: scaled in evaluation, not in training",
      hint: /not divided by 1 - p/,
      code: dropout("this.mask = isTraining ? rand(x.shape).ge(this.p).float() : ones(x.shape).mul(1 - this.p);"),
    },
    {
      mistake: "scaled in training and in evaluation",
      hint: /scaled in evaluation/,
      code: dropout(
        "this.mask = isTraining ? rand(x.shape).ge(this.p).float().div(1 - this.p) : ones(x.shape).mul(1 - this.p);",
      ),
    },
    {
      mistake: "numbers are dropped in evaluation",
      hint: /dropped in evaluation/,
      code: dropout(
        "if (isTraining || !isTraining) this.mask = rand(x.shape).ge(this.p).float().div(1 - this.p);",
      ).replace("x.mul(this.mask)", "x.mul(this.mask!)"),
    },
    {
      mistake: "the backward pass draws another mask",
      hint: /another mask than the forward pass/,
      code: dropout(rightMask, "return dy.mul(rand(dy.shape).ge(this.p).float().div(1 - this.p));"),
    },
    {
      mistake: "one mask for the whole batch",
      hint: /All images of the batch have one mask/,
      code: dropout(
        "this.mask = isTraining ? rand([1, ...x.shape.slice(1)]).ge(this.p).float().div(1 - this.p) : ones(x.shape);",
      ),
    },
    {
      mistake: "the mask of the first call is kept",
      hint: /Two calls have the same mask/,
      code: dropout(
        `const drawn = this.mask ?? rand(x.shape).ge(this.p).float().div(1 - this.p);
    this.mask = isTraining ? drawn : ones(x.shape);`,
      ),
    },
    {
      mistake: "the gradient has no mask",
      hint: /gradient has no mask/,
      code: dropout(rightMask, "return dy;"),
    },
    {
      mistake: "the gradient lacks 1/(1-p)",
      hint: /mask of the gradient lacks 1\/\(1 - p\)/,
      code: dropout(rightMask, "return dy.mul(this.mask!.gt(0).float());"),
    },
    {
      mistake: "evaluation leaves the mask of training",
      hint: /mask of an earlier forward pass/,
      code: dropout(
        `if (!isTraining) return x;
    this.mask = rand(x.shape).ge(this.p).float().div(1 - this.p);`,
      ),
    },
  ],
);

const subnetworks = ({
  from = "0",
  share = "kept ? 1 - p : p",
  mean = "sum += probability * f(z);",
  result = "sum",
  scaled = "return neuron.f(neuron.h.reduce((all, each, k) => all + (1 - neuron.p) * neuron.w[k] * each, neuron.b));",
}): string => `interface Neuron { h: number[]; w: number[]; b: number; p: number; f: (z: number) => number }
function subnetworkMean({ h, w, b, p, f }: Neuron): number {
  let sum = 0;
  for (let s = ${from}; s < 2 ** h.length; s++) {
    let [z, probability] = [b, 1];
    for (let i = 0; i < h.length; i++) {
      const kept = (s >> i) & 1;
      z += kept * w[i] * h[i];
      probability *= ${share};
    }
    ${mean}
  }
  return ${result};
}
function scaledOutput(neuron: Neuron): number {
  ${scaled}
}`;
const averages = question(
  "q6",
  [
    [
      ["n = 6", "n = 4"],
      ["[0.5, 0.2, 0.9]", "[0.3, 0.5, 0.6]"],
    ],
    [
      ["n = 6", "n = 9"],
      ["b = 0.7", "b = -1.2"],
    ],
  ],
  [
    { mistake: "all sub-networks count alike", hint: /weighted alike/, code: subnetworks({ share: "0.5" }) },
    { mistake: "p and 1-p are swapped", hint: /swapped/, code: subnetworks({ share: "kept ? p : 1 - p" }) },
    {
      mistake: "the empty sub-network is left out",
      hint: /keeps nothing is missing/,
      code: subnetworks({ from: "1" }),
    },
    {
      mistake: "f of the mean",
      hint: /f is applied to the mean/,
      code: subnetworks({ mean: "sum += probability * z;", result: "f(sum)" }),
    },
    {
      mistake: "the bias is scaled as well",
      hint: /bias is dropped or scaled/,
      code: subnetworks({
        scaled:
          "return neuron.f((1 - neuron.p) * neuron.h.reduce((all, each, k) => all + neuron.w[k] * each, neuron.b));",
      }),
    },
    {
      mistake: "weights are divided by 1-p",
      hint: /weights are divided by 1 - p/,
      code: subnetworks({
        scaled:
          "return neuron.f(neuron.h.reduce((all, each, k) => all + (neuron.w[k] / (1 - neuron.p)) * each, neuron.b));",
      }),
    },
    {
      mistake: "the inputs are scaled in place",
      hint: /h was changed in place/,
      code: subnetworks({
        scaled: `for (let k = 0; k < neuron.h.length; k++) neuron.h[k] *= 1 - neuron.p;
  return neuron.f(neuron.h.reduce((all, each, j) => all + neuron.w[j] * each, neuron.b));`,
      }),
    },
  ],
);

const norm = ({
  evaluation = "if (!isTraining) return normalised(this.runningMean, this.runningVar);",
  dims = "[0, 2, 3]",
  correction = "0",
  running = "1",
  old = "0.9",
  result = "normalised(batchMean, batchVar)",
}): string => `class MyBatchNorm {
  runningMean: Tensor;
  runningVar: Tensor;
  constructor(channels: number) {
    this.runningMean = zeros([1, channels, 1, 1]);
    this.runningVar = ones([1, channels, 1, 1]);
  }
  forward(x: Tensor, isTraining: boolean): Tensor {
    const normalised = (mean: Tensor, variance: Tensor) => x.sub(mean).div(variance.add(1e-5).sqrt());
    ${evaluation}
    const batchMean = x.mean(${dims}, { keepdim: true });
    const batchVar = x.var(${dims}, { correction: ${correction}, keepdim: true });
    const runningVar = x.var(${dims}, { correction: ${running}, keepdim: true });
    if (isTraining) {
      this.runningMean = this.runningMean.mul(${old}).add(batchMean.mul(1 - ${old}));
      this.runningVar = this.runningVar.mul(${old}).add(runningVar.mul(1 - ${old}));
    }
    return ${result};
  }
}`;
const norms = question(
  "q7",
  [[["[3, 4, 2, 3]", "[2, 3, 4, 4]"]], [["[3, 4, 2, 3]", "[5, 2, 3, 2]"]]],
  [
    {
      mistake: "the batch is normalised with n - 1",
      hint: /divided by M - 1 in training/,
      code: norm({ correction: "1" }),
    },
    {
      mistake: "running statistics in training",
      hint: /running values are used in training: take/,
      code: norm({
        evaluation: "const [oldMean, oldVar] = [this.runningMean, this.runningVar];",
        result: "normalised(oldMean, oldVar)",
      }),
    },
    {
      mistake: "running statistics in training, moved first",
      hint: /they were moved first/,
      code: norm({ result: "normalised(this.runningMean, this.runningVar)" }),
    },
    {
      mistake: "statistics of each image",
      hint: /Each image is normalised for itself/,
      code: norm({ dims: "[2, 3]" }),
    },
    { mistake: "statistics of all channels", hint: /All channels have one mean/, code: norm({ dims: "[0, 1, 2, 3]" }) },
    {
      mistake: "the running variance with n",
      hint: /moved by the variance divided by M/,
      code: norm({ running: "0" }),
    },
    { mistake: "0.9 and 0.1 are swapped", hint: /0\.9 and 0\.1 are swapped/, code: norm({ old: "0.1" }) },
    {
      mistake: "the batch's own statistics in evaluation",
      hint: /own mean and variance are used in evaluation/,
      code: norm({ evaluation: "" }),
    },
  ],
);

export const answers: readonly WrongAnswer[] = [
  ...blocks,
  ...parameters,
  ...gradients,
  ...loops,
  ...dropouts,
  ...averages,
  ...norms,
];
