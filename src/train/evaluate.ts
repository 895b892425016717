import { noGrad } from "../autograd/noGrad";
import { yieldToEventLoop } from "../eventLoop";
import { DataError } from "../errors";
import type { Module } from "../nn/module";
import type { Tensor } from "../tensor/tensor";
import { onDeviceOf, type Batches } from "./batches";
import { Tally } from "./tally";

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
  const tally = new Tally();
  net.eval();
  for await (const batch of batches) {
    const [inputs, targets] = onDeviceOf(net, batch);
    const [output, loss] = noGrad(() => {
      const output = net(inputs);
      return [output, criterion(output, targets)];
    });
    await tally.add(inputs.shape[0], loss, output, targets);
    await yieldToEventLoop();
  }
  if (tally.count === 0) throw new DataError(`fit: the validation loader gave no batch. Is it used up?`);
  const { loss, accuracy } = tally;
  return { validationLoss: loss, ...(accuracy === undefined ? {} : { validationAccuracy: accuracy }) };
}
