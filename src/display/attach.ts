import { DISPLAY, type MimeBundle } from "../protocol";
import { formatTensor } from "../tensor/format";
import { Tensor } from "../tensor/tensor";
import { numbersOf } from "./picture";

/** Teaches tensors how they look as the value of a cell: their numbers, read when the cell ends. */
export function attachDisplays(): void {
  Object.defineProperty(Tensor.prototype, DISPLAY, {
    configurable: true,
    async value(this: Tensor): Promise<MimeBundle> {
      return { "text/plain": formatTensor(await numbersOf(this), this.shape, this) };
    },
  });
}
