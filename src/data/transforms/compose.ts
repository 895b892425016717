import { checkFunction, wrongKind } from "../../arguments";
import type { Tensor } from "../../tensor/tensor";
import { Transform, type TransformFunction } from "./transform";

/**
 * Applies transforms from first to last. Shapes: what the last one gives.
 * @see torchvision.transforms.Compose
 * @example
 * const transform = new transforms.Compose([new transforms.Normalize(0.5, 0.5), (x) => x.mul(2)]);
 */
export class Compose extends Transform {
  constructor(readonly steps: readonly TransformFunction[]) {
    super();
    if (!Array.isArray(steps))
      throw wrongKind("Compose", "steps", "an array of transforms", steps, "Write new transforms.Compose([a, b]).");
    steps.forEach((step: unknown, i) => checkFunction("Compose", `steps[${i}]`, step, "Give transforms."));
  }
  protected apply(images: Tensor): Tensor {
    return this.steps.reduce((result, step) => step(result), images);
  }
}
