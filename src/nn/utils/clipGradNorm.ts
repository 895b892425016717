import { show } from "../../arguments";
import { noGrad } from "../../autograd/noGrad";
import { DataError, DeviceError } from "../../errors";
import { stack } from "../../ops";
import { checkOptions, type OptionNames } from "../../options";
import { tensor } from "../../tensor/create";
import { numbersAtHand, type Tensor } from "../../tensor/tensor";
import { setGradient, withGradients, type Parameters } from "./gradients";

export interface ClipGradNormOptions {
  /** The norm's exponent: 2 (default) is the length, 1 the sum of absolute values, Infinity the largest one. */
  normType?: number;
  /** Whether a norm that is infinite or NaN is an error; default false. */
  errorIfNonfinite?: boolean;
}
const optionNames: OptionNames<ClipGradNormOptions> = { normType: true, errorIfNonfinite: true };

/**
 * Scales all gradients by one factor, in place, so that their norm, as if they were one vector, is at most `maxNorm`.
 * Returns the norm before, a scalar. Call it between `loss.backward()` and `optimizer.step()`.
 * @param parameters `net.parameters()`, or one tensor; those without a gradient do not count
 * @throws DataError with `errorIfNonfinite`, if the norm is infinite or NaN
 * @see Pascanu et al. 2013, arXiv:1211.5063; torch.nn.utils.clip_grad_norm_
 * @example
 * F.crossEntropy(net(images), labels).backward();
 * const norm = nn.utils.clipGradNorm(net.parameters(), 1);
 * console.log(await norm.item()); // how long the gradient was
 */
export function clipGradNorm(parameters: Parameters, maxNorm: number, options: ClipGradNormOptions = {}): Tensor {
  const { normType = 2, errorIfNonfinite = false } = checkOptions("clipGradNorm", options, optionNames, arguments, 2);
  if (typeof maxNorm !== "number" || !(normType > 0))
    throw new RangeError(
      `clipGradNorm: maxNorm must be a number and normType one above 0, got ${show(maxNorm)} and ${normType}. ` +
        `Write clipGradNorm(net.parameters(), 1).`,
    );
  const clipped = withGradients("clipGradNorm", parameters);
  if (clipped.length === 0) return tensor(0);
  return noGrad(() => {
    const norms = clipped.map(({ gradient }) => norm(gradient!.tensor, normType).to(clipped[0].device));
    const total = norms.length === 1 ? norms[0] : norm(stack(norms), normType);
    if (errorIfNonfinite) checkFinite(total);
    // As PyTorch: a factor of 1 is multiplied too, so that nothing depends on reading the norm.
    const { dtype, device } = total;
    const factor = tensor(maxNorm, { dtype, device }).div(total.add(1e-6)).clamp(-Infinity, 1);
    for (const parameter of clipped) {
      const { tensor: grad } = parameter.gradient!;
      setGradient(parameter, grad.mul(factor.to(grad.device)));
    }
    return total;
  });
}

/** The norm of all numbers of x, a scalar. */
function norm(x: Tensor, p: number): Tensor {
  if (p === 2) return x.mul(x).sum().sqrt();
  if (p === Infinity) return x.abs().max();
  return p === 1
    ? x.abs().sum()
    : x
        .abs()
        .pow(p)
        .sum()
        .pow(1 / p);
}

function checkFinite(total: Tensor): void {
  const numbers = numbersAtHand(total);
  if (!numbers)
    throw new DeviceError(
      `clipGradNorm: errorIfNonfinite needs the norm at once, and it is still being computed on the ${total.device}. ` +
        `Leave it out and look at await norm.item().`,
    );
  if (!Number.isFinite(numbers[0]))
    throw new DataError(
      `clipGradNorm: the norm of the gradients is ${numbers[0]}. Use a smaller learning rate, or look for a NaN in the data.`,
    );
}
