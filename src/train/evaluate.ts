import { noGrad } from "../autograd/noGrad";
import { yieldToEventLoop } from "../data/yield";
import { DataError } from "../errors";
import type { Module } from "../nn/module";
import type { Tensor } from "../tensor/tensor";
import { onDeviceOf, type Batches } from "./batches";

export interface Evaluation {
  validationLoss: number;
  /** Only for scores [N,C] against labels [N]. */
  validationAccuracy?: number;
}

/** Whether outputs are scores [N,C] and targets labels [N]. */
export const areClasses = (output: Tensor, targets: Tensor): boolean =>
  output.shape.length === 2 && targets.shape.length === 1 && targets.dtype === "int32";

/**
 * How many labels have the highest score, and how many labels are classes: others are those that the criterion leaves out
 * (`ignoreIndex`). Shapes: scores [N,C], labels [N].
 */
export async function rightAnswers(scores: Tensor, labels: Tensor): Promise<{ right: number; answers: number }> {
  const classes = scores.shape[1];
  const [predicted, truth] = [await noGrad(() => scores.argmax(1)).data(), await labels.data()];
  let [right, answers] = [0, 0];
  truth.forEach((label, n) => {
    if (label < 0 || label >= classes) return;
    answers++;
    if (predicted[n] === label) right++;
  });
  return { right, answers };
}

/** Mean loss and, for classes, the share of right answers over all batches; in evaluation mode, nothing is recorded. */
export async function evaluate(
  net: Module,
  batches: Batches,
  criterion: (output: Tensor, target: Tensor) => Tensor,
): Promise<Evaluation> {
  let [loss, right, answers, count, classifies] = [0, 0, 0, 0, true];
  net.eval();
  for await (const batch of batches) {
    const [inputs, targets] = onDeviceOf(net, batch);
    const [output, value] = noGrad(() => {
      const output = net(inputs);
      return [output, criterion(output, targets)];
    });
    const size = inputs.shape[0];
    classifies &&= areClasses(output, targets);
    if (classifies) {
      const found = await rightAnswers(output, targets);
      right += found.right;
      answers += found.answers;
    }
    loss += (await value.item()) * size;
    count += size;
    await yieldToEventLoop();
  }
  if (count === 0) throw new DataError(`fit: the validation loader gave no batch. Is it used up?`);
  const evaluation: Evaluation = { validationLoss: loss / count };
  if (classifies && answers > 0) evaluation.validationAccuracy = right / answers;
  return evaluation;
}
