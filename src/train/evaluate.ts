import { noGrad } from "../autograd/noGrad";
import { yieldToEventLoop } from "../data/yield";
import { DataError } from "../errors";
import type { Module } from "../nn/module";
import type { Tensor } from "../tensor/tensor";
import { onDeviceOf, type Batches } from "./batches";
import { accuracy } from "./metrics";

export interface Evaluation {
  validationLoss: number;
  /** Only for scores [N,C] against labels [N]. */
  validationAccuracy?: number;
}

/** Mean loss and, for classes, the share of right answers over all batches; in evaluation mode, nothing is recorded. */
export async function evaluate(
  net: Module,
  batches: Batches,
  criterion: (output: Tensor, target: Tensor) => Tensor,
): Promise<Evaluation> {
  let [loss, right, count, classifies] = [0, 0, 0, true];
  net.eval();
  for await (const batch of batches) {
    const [inputs, targets] = onDeviceOf(net, batch);
    const [output, value] = noGrad(() => {
      const output = net(inputs);
      return [output, criterion(output, targets)];
    });
    const size = inputs.shape[0];
    classifies &&= output.shape.length === 2 && targets.shape.length === 1 && targets.dtype === "int32";
    if (classifies) right += (await accuracy(output, targets)) * size;
    loss += (await value.item()) * size;
    count += size;
    await yieldToEventLoop();
  }
  if (count === 0) throw new DataError(`fit: the validation loader gave no batch. Is it used up?`);
  const evaluation: Evaluation = { validationLoss: loss / count };
  if (classifies) evaluation.validationAccuracy = right / count;
  return evaluation;
}
