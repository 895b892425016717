/** Loss and accuracy over the part of the validation data that a run looks at. */
import { deviceOf } from "../../interpret/input";
import { isTensor } from "../../arguments";
import { yieldToEventLoop } from "../../eventLoop";
import type { Module } from "../../nn/module";
import type { Tensor } from "../../tensor/tensor";
import { Tally } from "../../train/tally";
import { quietly } from "../inspect/quietly";
import type { Held } from "./held";

/** Inputs that run together. */
const TOGETHER = 64;

export type Criterion = (output: Tensor, target: Tensor) => Tensor;

/** Nothing is recorded, and what the network gives without labels or a criterion is not judged. */
export async function validate(
  net: Module,
  { inputs, targets, count }: Held,
  criterion: Criterion | undefined,
): Promise<{ loss?: number | undefined; accuracy?: number | undefined }> {
  if (!targets) return {};
  const tally = new Tally();
  const device = deviceOf(net) ?? inputs.device;
  for (let from = 0; from < count; from += TOGETHER) {
    const to = Math.min(count, from + TOGETHER);
    const part = (t: Tensor): Tensor => (count <= TOGETHER ? t : t.slice(0, from, to)).to(device);
    const [output, loss, labels] = quietly((): [Tensor, Tensor, Tensor] => {
      const [x, y] = [part(inputs), part(targets)];
      const output = net(x);
      // Without a criterion only the answers count, and any number stands in for the loss.
      return [output, criterion && isTensor(output) ? criterion(output, y) : x.sum(), y];
    });
    await tally.add(to - from, loss, output, labels);
    await yieldToEventLoop();
  }
  return { ...(criterion ? { loss: tally.loss } : {}), accuracy: tally.accuracy };
}
