import { checkTensor } from "../arguments";
import { noGrad } from "../autograd/noGrad";
import { isFloat } from "../devices/device";
import { checkOptions, type OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";
import { all } from "./all";
import { binary } from "./binary";
import { cast } from "./cast";
import { unary } from "./unary";

export interface CloseOptions {
  /** How much they may differ, as a part of the second one's size; default 1e-5. */
  rtol?: number;
  /** How much they may differ besides; default 1e-8. */
  atol?: number;
  /** Whether NaN is close to NaN; default false. */
  equalNan?: boolean;
}
const closeOptions: OptionNames<CloseOptions> = { rtol: true, atol: true, equalNan: true };

/**
 * Whether |a - b| <= atol + rtol * |b|, element by element; equal infinities are close. Shape: what the two broadcast to;
 * dtype bool.
 * @see torch.isclose
 */
export function isclose(a: Tensor, b: Tensor, options: CloseOptions = {}): Tensor {
  return noGrad(() => close("isclose", a, b, options));
}

function close(caller: string, a: Tensor, b: Tensor, options: CloseOptions): Tensor {
  checkTensor(caller, "left", a);
  checkTensor(caller, "right", b);
  const { rtol = 1e-5, atol = 1e-8, equalNan = false } = checkOptions(caller, options, closeOptions);
  if (!(rtol >= 0 && atol >= 0))
    throw new RangeError(`${caller}: rtol and atol must be numbers >= 0, got ${rtol} and ${atol}.`);
  const [x, y] = [a, b].map((tensor) => (isFloat(tensor.dtype) ? tensor : cast(tensor, "float32")));
  let found = binary("eq", x, y);
  if (equalNan) found = binary("logicalOr", found, binary("logicalAnd", unary("isnan", x), unary("isnan", y)));
  const distance = unary("abs", binary("sub", x, y));
  const allowed = binary("add", binary("mul", unary("abs", y), rtol), atol);
  const near = binary("logicalAnd", binary("le", distance, allowed), unary("isfinite", distance));
  return binary("logicalOr", found, near);
}

/**
 * Whether all elements of a and b are close; see `isclose`. Waits until they have been computed.
 * @see torch.allclose
 * @example console.log(await allclose(tensor([1, 2]), tensor([1, 2.00001]))); // true
 */
export async function allclose(a: Tensor, b: Tensor, options: CloseOptions = {}): Promise<boolean> {
  return (await all(noGrad(() => close("allclose", a, b, options))).item()) !== 0;
}
