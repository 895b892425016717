import { callable } from "../../tensor/callable";
import type { Tensor } from "../../tensor/tensor";

/** Anything that changes an image [C,H,W] or, faster, a whole batch [B,C,H,W]: a function or a {@link Transform}. */
export type TransformFunction = (images: Tensor) => Tensor;

// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- the interface gives the call signature
export interface Transform {
  (images: Tensor): Tensor;
}

/** A transform with settings that can be read; called like a function. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- the interface gives the call signature
export abstract class Transform {
  constructor() {
    return callable<this, [Tensor], Tensor>(new.target, (self, images) => self.apply(images));
  }
  protected abstract apply(images: Tensor): Tensor;
}
