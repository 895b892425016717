import { F, ones, tensor, type Tensor } from "../../src";
import type { Spec } from "../child/protocol";
import type { Prepared } from "../child/serve";

type Op = Extract<Spec, { kind: "overhead" }>["op"];

/** The smallest operations: what is left of their time is dispatch. Each takes the one before as its input. */
export function prepareOverhead(op: Op): Prepared {
  if (op === "add") {
    const one = tensor([1]);
    let x = tensor([0]);
    return {
      iterate() {
        x = x.add(one);
      },
      finish: () => x.item(),
    };
  }
  const w = ones([1, 1, 1, 1]);
  let x = ones([1, 1, 1, 1]);
  if (op === "conv")
    return {
      iterate() {
        x = F.conv2d(x, w);
      },
      finish: () => x.item(),
    };
  w.requiresGrad = true;
  const gradient = (): Tensor => {
    if (!w.grad) throw new Error("backward left no gradient");
    return w.grad;
  };
  return {
    iterate() {
      w.grad = null;
      F.conv2d(x, w).backward();
    },
    finish: () => gradient().item(),
  };
}
