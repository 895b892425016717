import { checkTensor } from "../arguments";
import { noGrad } from "../autograd/noGrad";
import { sameShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { all } from "./all";
import { binary } from "./binary";

/**
 * Whether a and b have one shape and equal elements; NaN equals nothing. Waits until they have been computed.
 * @see torch.equal
 * @example console.log(await equal(tensor([1, 2]), tensor([1, 2]))); // true
 */
export async function equal(a: Tensor, b: Tensor): Promise<boolean> {
  checkTensor("equal", "left", a);
  checkTensor("equal", "right", b);
  if (!sameShape(a.shape, b.shape)) return false;
  return (await all(noGrad(() => binary("eq", a, b))).item()) !== 0;
}
