/** One image or line of a batch, as views that show arithmetic take it. */
import { isFloat } from "../../devices/device";
import { DTypeError } from "../../errors";
import { narrow } from "../../ops";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { checkImage } from "../tensors";

/**
 * Image `image` of [N,C,H,W], or the only one of [C,H,W] or [H,W], as [1,C,H,W]. @param spatial 1 for lines: [1,C,L]
 * @throws DTypeError unless it is float; DataError if there is no such image
 */
export function imageOf(caller: string, x: Tensor, image: number, spatial: 1 | 2): Tensor {
  const { shape } = x;
  if (!isFloat(x.dtype))
    throw new DTypeError(
      `${caller}: takes a float tensor, got ${x.dtype} (input ${showShape(shape)}). Convert it with .float().`,
    );
  const count = shape.length === spatial + 2 ? shape[0] : 1;
  checkImage(caller, image, count, shape);
  if (shape.length === spatial + 2) return narrow(x.detach(), 0, image, 1);
  return x.detach().reshape(1, ...(shape.length === spatial ? [1] : []), ...shape);
}

/** `image 2`, where there are several. */
export const imageNote = ({ shape }: Tensor, image: number, spatial: 1 | 2): string[] =>
  shape.length === spatial + 2 && shape[0] > 1 ? [`image ${image}`] : [];
