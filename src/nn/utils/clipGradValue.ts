import { show } from "../../arguments";
import { noGrad } from "../../autograd/noGrad";
import { setGradient, withGradients, type Parameters } from "./gradients";

/**
 * Holds each number of all gradients between -clipValue and clipValue, in place. Call it between `loss.backward()` and
 * `optimizer.step()`.
 * @param parameters `net.parameters()`, or one tensor; those without a gradient do not count
 * @throws RangeError unless clipValue is a number >= 0
 * @see torch.nn.utils.clip_grad_value_
 * @example
 * F.crossEntropy(net(images), labels).backward();
 * nn.utils.clipGradValue(net.parameters(), 0.5);
 */
export function clipGradValue(parameters: Parameters, clipValue: number): void {
  if (!(clipValue >= 0))
    throw new RangeError(
      `clipGradValue: clipValue must be a number >= 0, got ${show(clipValue)}. Write clipGradValue(net.parameters(), 0.5).`,
    );
  noGrad(() => {
    for (const parameter of withGradients("clipGradValue", parameters))
      setGradient(parameter, parameter.gradient!.tensor.clamp(-clipValue, clipValue));
  });
}
