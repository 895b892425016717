/** Mistakes of a pooling whose input and window are given: each is computed and compared. */
import { noGrad } from "../../autograd/noGrad";
import { avgPool2d, maxPool2d } from "../../ops";
import { fromArray } from "../../tensor/create";
import { sameShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { agree, asBatch, explains, numberIn, type Evidence } from "./evidence";

export async function pooling(evidence: Evidence): Promise<string | null> {
  const { x: image } = evidence.inputs;
  const size = numberIn(evidence, "kernelSize");
  if (!image || size === undefined || image.shape.length < 2 || image.shape.length > 4) return null;
  const x = asBatch(image);
  const [got, expected] = [asBatch(evidence.got), asBatch(evidence.expected)];
  const exact = fromArray(Float64Array.from(x.values), x.shape, { device: "reference" });
  const stride = numberIn(evidence, "stride") ?? size;
  const padding = numberIn(evidence, "padding") ?? 0;
  const pools = { maximum: maxPool2d, mean: avgPool2d };
  const numbers = async (
    name: keyof typeof pools,
    step: number,
  ): Promise<{ values: ArrayLike<number>; shape: readonly number[] }> => {
    const made: Tensor = noGrad(() => pools[name](exact, size, { stride: step, padding }));
    return { values: await made.data(), shape: made.shape };
  };
  try {
    for (const [name, other] of [
      ["maximum", "mean"],
      ["mean", "maximum"],
    ] as const) {
      const right = await numbers(name, stride);
      if (!sameShape(right.shape, expected.shape) || !agree(expected.values, right.values)) continue;
      const wrong = await numbers(other, stride);
      if (sameShape(got.shape, wrong.shape) && explains(evidence, wrong.values))
        return `the ${other} of each window was taken, expected its ${name}.`;
      if (stride === 1) return null;
      const dense = await numbers(name, 1);
      const [, , height, width] = got.shape;
      const [rows, columns] = dense.shape.slice(2);
      // There may be as many windows as expected, which lie too near to each other.
      const isPart = sameShape(got.shape, expected.shape) && height <= rows && width <= columns;
      const near = Array.from(dense.values).filter(
        (_, i) => !isPart || (Math.floor(i / columns) % rows < height && i % columns < width),
      );
      if ((isPart || sameShape(got.shape, dense.shape)) && agree(got.values, near))
        return `the stride is ignored: windows are 1 pixel apart, expected ${stride}.`;
    }
  } catch {
    // The window does not fit: what is given belongs to something else.
  }
  return null;
}
