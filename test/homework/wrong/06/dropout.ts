/** Wrong dropout, means of sub-networks, and batch normalisation. */
import { question } from "./question";

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
export const dropouts = question(
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
      mistake: "one random number for all",
      hint: /One random number is drawn for all of x/,
      code: dropout(
        "this.mask = isTraining ? ones(x.shape).mul(rand([1]).ge(this.p).float().div(1 - this.p)) : ones(x.shape);",
      ),
    },
    {
      mistake: "the engine's dropout makes the mask",
      hint: /The engine's dropout is used/,
      code: dropout("this.mask = F.dropout(ones(x.shape), this.p, isTraining as never);"),
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
export const averages = question(
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
      mistake: "p ** n - k",
      hint: /write p \*\* \(n - k\)/,
      code: subnetworks({
        mean: `let k = 0;
    for (let i = 0; i < h.length; i++) k += (s >> i) & 1;
    sum += ((1 - p) ** k * p ** h.length - k) * f(z);`,
      }),
    },
    {
      mistake: "sub-networks are drawn at random",
      hint: /Two calls give different numbers/,
      code: subnetworks({ mean: "sum += probability * f(z) * (1 + 0.1 * Math.random());" }),
    },
    {
      mistake: "a formula for z and z² alone",
      hint: /example with ReLU/,
      code: subnetworks({
        result:
          "f(b + (1 - p) * w.reduce((all, each, i) => all + each * h[i], 0)) + ((f(1) + f(-1)) / 2) * p * (1 - p) * w.reduce((all, each, i) => all + (each * h[i]) ** 2, 0)",
      }),
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
  root = "variance.add(1e-5).sqrt()",
}): string => `class MyBatchNorm {
  runningMean: Tensor;
  runningVar: Tensor;
  constructor(channels: number) {
    this.runningMean = zeros([1, channels, 1, 1]);
    this.runningVar = ones([1, channels, 1, 1]);
  }
  forward(x: Tensor, isTraining: boolean): Tensor {
    const normalised = (mean: Tensor, variance: Tensor) => x.sub(mean).div(${root});
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
export const norms = question(
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
    { mistake: "ε is missing", hint: /ε is missing below the root/, code: norm({ root: "variance.sqrt()" }) },
    {
      mistake: "ε behind the root",
      hint: /ε is added behind the root/,
      code: norm({ root: "variance.sqrt().add(1e-5)" }),
    },
    {
      mistake: "a mean of each image",
      hint: /each image has a mean of its own/,
      code: norm({ result: "normalised(x.mean([2, 3], { keepdim: true }), batchVar)" }),
    },
    {
      mistake: "the engine's batch normalisation",
      hint: /The engine's batch normalisation is used/,
      code: norm({ result: "new nn.BatchNorm2d(x.shape[1], { affine: false })(x)" }),
    },
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
