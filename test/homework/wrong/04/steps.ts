/** Wrong answers about networks, one step, and accuracy: questions 1 to 5. */
import type { WrongAnswer } from "../../support/wrongAnswer";
import {
  mlp,
  mlpSettings,
  block,
  blockSettings,
  net,
  netSettings,
  step,
  right,
  stepSettings,
  accuracySettings,
  share,
} from "./questions";

export const steps: readonly WrongAnswer[] = [
  {
    mistake: "the MLP has no ReLU",
    answer: "q1-answer",
    code: mlp("this.fc2(this.fc1(x.flatten(1)))"),
    test: "q1",
    hint: /the ReLU between the layers is missing/,
    shapes: mlpSettings,
  },
  {
    mistake: "a softmax at the end of the MLP",
    answer: "q1-answer",
    code: mlp("F.softmax(this.fc2(F.relu(this.fc1(x.flatten(1)))), 1)"),
    test: "q1",
    hint: /a softmax stands at the end/,
    shapes: mlpSettings,
  },
  {
    mistake: "weights are counted, biases are not",
    answer: "q1-answer",
    code: mlp("this.fc2(F.relu(this.fc1(x.flatten(1))))", "n * units + units * k"),
    test: "q1",
    hint: /the biases are missing/,
    shapes: mlpSettings,
  },
  {
    mistake: "the block has no ReLU",
    answer: "q2-answer",
    code: block("F.maxPool2d(this.norm(this.conv(x)), 2)"),
    test: "q2",
    hint: /the ReLU is missing/,
    shapes: blockSettings,
  },
  {
    mistake: "the block does not pool",
    answer: "q2-answer",
    code: block("F.relu(this.norm(this.conv(x)))"),
    test: "q2",
    hint: /the pooling is missing/,
    shapes: blockSettings,
  },
  {
    mistake: "the ReLU stands before the normalisation",
    answer: "q2-answer",
    code: block("F.maxPool2d(this.norm(F.relu(this.conv(x))), 2)"),
    test: "q2",
    hint: /the ReLU stands before the normalisation/,
    shapes: blockSettings,
  },
  {
    mistake: "the last layer has the inputs of maps that were not halved",
    answer: "q3-answer",
    code: net("new Block(3, 16), new Block(16, 16), new nn.Flatten(), new nn.Linear(16 * 12 * 12, 10)"),
    test: "q3",
    hint: /does not go through.*(\n.*)*576.*2304|does not go through.*(\n.*)*2304.*576/,
    needs: ["q2-answer"],
    shapes: netSettings,
  },
  {
    mistake: "too many parameters",
    answer: "q3-answer",
    code: net("new Block(3, 32), new Block(32, 64), new nn.Flatten(), new nn.Linear(64 * 6 * 6, 10)"),
    test: "q3",
    hint: /✗ [\d,]+ parameters, at most/,
    needs: ["q2-answer"],
    shapes: netSettings,
  },
  {
    mistake: "convolutions with strides and no ReLU",
    answer: "q3-answer",
    code: net(
      "new nn.Conv2d(3, 16, 3, { stride: 2 }), new nn.Conv2d(16, 16, 3, { stride: 2 }), new nn.Flatten(), new nn.Linear(16 * 5 * 5, 10)",
    ),
    test: "q3",
    hint: /the ReLU is missing: all layers together are one linear map/,
    needs: ["q2-answer"],
    shapes: netSettings,
  },
  {
    mistake: "a softmax at the end of the network",
    answer: "q3-answer",
    code: net("new Block(3, 16), new nn.Flatten(), new nn.Linear(16 * 12 * 12, 10), new nn.Softmax(1)").replace(
      "16 * 12 * 12, 10",
      "16 * 12 * 12, 8), new nn.Linear(8, 10",
    ),
    test: "q3",
    hint: /a softmax stands at the end/,
    needs: ["q2-answer"],
    shapes: netSettings.map((setting) => setting.slice(0, 1)),
  },
  {
    mistake: "zeroGrad is forgotten",
    answer: "q4-answer",
    code: step("LOSS loss.backward(); optimizer.step();"),
    test: "q4",
    hint: /zeroGrad is missing/,
    shapes: stepSettings,
  },
  {
    mistake: "step before backward",
    answer: "q4-answer",
    code: step("optimizer.zeroGrad(); LOSS optimizer.step(); loss.backward();"),
    test: "q4",
    hint: /step stands before backward/,
    shapes: stepSettings,
  },
  {
    mistake: "the loss is summed over the batch",
    answer: "q4-answer",
    code: step(right, 'F.crossEntropy(net(x), y, { reduction: "sum" })'),
    test: "q4",
    hint: /the loss is the sum over the batch/,
    shapes: stepSettings,
  },
  {
    mistake: "softmax before crossEntropy",
    answer: "q4-answer",
    code: step(right, "F.crossEntropy(F.softmax(net(x), 1), y)"),
    test: "q4",
    hint: /softmax before crossEntropy/,
    shapes: stepSettings,
  },
  {
    mistake: "the loss is computed again after the step",
    answer: "q4-answer",
    code: step(right).replace("return loss.item()", "return F.crossEntropy(net(x), y).item()"),
    test: "q4",
    hint: /the loss after the step/,
    shapes: stepSettings,
  },
  {
    mistake: "nllLoss of scores",
    answer: "q4-answer",
    code: step(right, "F.nllLoss(net(x), y)"),
    test: "q4",
    hint: /F\.nllLoss takes logarithms/,
    shapes: stepSettings,
  },
  {
    mistake: "the accuracy in percent",
    answer: "q5-answer",
    code: share("argmax(1)", "(100 * right) / all"),
    test: "q5",
    hint: /this is in percent/,
    shapes: accuracySettings,
  },
  {
    mistake: "argmax over the whole batch",
    answer: "q5-answer",
    code: share("argmax()", "right / all"),
    test: "q5",
    hint: /is it argmax\(1\)/,
    shapes: accuracySettings,
  },
  {
    mistake: "the mean of the batches' accuracies",
    answer: "q5-answer",
    code: `async function accuracy(net: nn.Module, batches: Batches): Promise<number> {
  let [sum, count] = [0, 0];
  net.eval();
  for await (const [x, y] of batches) {
    sum += await metrics.accuracy(noGrad(() => net(x)), y);
    count++;
  }
  net.train();
  return sum / count;
}`,
    test: "q5",
    hint: /the mean over batches, not over images/,
    shapes: accuracySettings,
  },
  {
    mistake: "evaluation in training mode",
    answer: "q5-answer",
    code: `async function accuracy(net: nn.Module, batches: Batches): Promise<number> {
  let [right, all] = [0, 0];
  for await (const [x, y] of batches) {
    right += await noGrad(() => net(x)).argmax(1).eq(y).sum().item();
    all += y.shape[0];
  }
  return right / all;
}`,
    test: "q5",
    hint: /evaluated in training mode/,
    shapes: accuracySettings,
  },
  {
    mistake: "the network stays in evaluation mode",
    answer: "q5-answer",
    code: `async function accuracy(net: nn.Module, batches: Batches): Promise<number> {
  let [right, all] = [0, 0];
  net.eval();
  for await (const [x, y] of batches) {
    right += await noGrad(() => net(x)).argmax(1).eq(y).sum().item();
    all += y.shape[0];
  }
  return right / all;
}`,
    test: "q5",
    hint: /call net\.train\(\) at the end/,
    shapes: accuracySettings,
  },
];
