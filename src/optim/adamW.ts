import { Adam, type AdamSettings } from "./adam";
import type { Params } from "./optimizer";

/**
 * Adam with weight decay that shrinks the parameters themselves, p = p - lr*weightDecay*p, and so does not pass through
 * Adam's division by the size of the gradient. Defaults as Adam's, except weightDecay.
 * @param options.weightDecay default 0.01
 * @throws RangeError for a negative setting, or a beta outside 0..1
 * @see Loshchilov & Hutter 2019, arXiv:1711.05101; torch.optim.AdamW
 */
export class AdamW extends Adam {
  constructor(
    params: Params<AdamSettings>,
    { weightDecay = 0.01, ...options }: Partial<Omit<AdamSettings, "decoupledWeightDecay">> = {},
  ) {
    super(params, { ...options, weightDecay, decoupledWeightDecay: true });
  }
}
