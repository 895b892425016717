import { checkOptions, type OptionNames } from "../options";
import { Adam, type AdamSettings } from "./adam";
import type { Params } from "./optimizer";

type AdamWOptions = Partial<Omit<AdamSettings, "decoupledWeightDecay">>;
const optionNames: OptionNames<AdamWOptions> = {
  lr: true,
  betas: true,
  eps: true,
  weightDecay: true,
  amsgrad: true,
  maximize: true,
};

/**
 * Adam with weight decay that shrinks the parameters themselves, p = p - lr*weightDecay*p, and so does not pass through
 * Adam's division by the size of the gradient. Defaults as Adam's, except weightDecay.
 * @param options.weightDecay default 0.01
 * @throws RangeError for a negative setting, or a beta outside 0..1
 * @see Loshchilov & Hutter 2019, arXiv:1711.05101; torch.optim.AdamW
 */
export class AdamW extends Adam {
  constructor(params: Params<AdamSettings>, options: AdamWOptions = {}) {
    const { weightDecay = 0.01, ...rest } = checkOptions(new.target.name, options, optionNames, arguments, 1);
    super(params, { ...rest, weightDecay, decoupledWeightDecay: true });
  }
}
