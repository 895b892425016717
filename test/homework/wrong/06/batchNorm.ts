/** Wrong batch normalisation. */
import { instead, question } from "../../support/question";

/** The layer, whose parts are right unless said otherwise. */
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
export const norms = question({ test: "q7", shapes: instead(["[3, 4, 2, 3]", "[2, 3, 4, 4]", "[5, 2, 3, 2]"]) }, [
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
]);
