import { fromArray, noGrad } from "../../src";
import { images, probeOf } from "../child/numbers";
import type { ForwardNet } from "../child/protocol";
import type { Prepared } from "../child/serve";
import { filled, forwardNets } from "./nets";

export const IMAGE = [1, 3, 224, 224];

/** One image through the network; all logits are read. */
export function prepareForward(name: ForwardNet): Prepared {
  const net = filled(forwardNets[name]).eval();
  const x = fromArray(images(IMAGE), IMAGE);
  let logits: ArrayLike<number> = [];
  return {
    async iterate() {
      logits = await noGrad(() => net(x)).data();
    },
    probe: () => probeOf(logits),
  };
}
