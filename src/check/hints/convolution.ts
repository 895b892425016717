/** Mistakes of a convolution whose input and weight are given: each is computed and compared. */
import { noGrad } from "../../autograd/noGrad";
import { conv2d } from "../../ops";
import { fromArray } from "../../tensor/create";
import { sameShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import type { Read } from "../numbers";
import { asBatch, explains, numberIn, type Evidence } from "./evidence";

interface Setting {
  flipped?: boolean;
  bias: boolean;
  stride: number;
  padding: number;
}

export async function convolution(evidence: Evidence): Promise<string | null> {
  const { x: image, bias, w: filters = evidence.inputs.weight } = evidence.inputs;
  if (!image || !filters || !isConvolution(image.shape.length, filters.shape.length)) return null;
  const [x, w] = [asBatch(image), asBatch(filters)];
  if (x.shape[1] !== w.shape[1] || (bias && bias.values.length !== w.shape[0])) return null;
  const right: Setting = {
    bias: bias !== undefined,
    stride: numberIn(evidence, "stride") ?? 1,
    padding: numberIn(evidence, "padding") ?? 0,
  };
  for (const [words, wrong] of mistakes(right)) {
    const made = compute(x, w, bias, wrong);
    if (made === null) continue;
    // With an ignored stride there may be as many windows as expected, but they lie too near to each other.
    const seen = wrong.stride === right.stride ? made : corner(made, evidence.expected.shape);
    const maps = sameShape(seen.shape.slice(-evidence.got.shape.length), evidence.got.shape) ? seen : made;
    const [numbers, shape] = [await maps.data(), maps.shape.slice(-evidence.got.shape.length)];
    if (!sameShape(shape, evidence.got.shape)) continue;
    const isOther = !sameShape(evidence.got.shape, evidence.expected.shape);
    const same = {
      ...evidence,
      expected: isOther ? { ...evidence.expected, values: new Float64Array(0) } : evidence.expected,
    };
    if (explains(same, numbers)) return words;
  }
  return null;
}

/** Images [H,W] with a filter [R,S], [C,H,W] with one or several, [N,C,H,W] with several. */
const isConvolution = (image: number, filters: number): boolean =>
  image === 2 ? filters === 2 : image === 3 ? filters === 3 || filters === 4 : image === 4 && filters === 4;

/** The upper left part of maps, of the size of the last two dimensions of a shape. */
function corner(maps: Tensor, shape: readonly number[]): Tensor {
  const [height, width] = shape.slice(-2);
  const [rows, columns] = maps.shape.slice(-2);
  return rows >= height && columns >= width ? maps.slice(2, 0, height).slice(3, 0, width) : maps;
}

/** The likeliest first; of two at once, those that go together. */
function mistakes(right: Setting): [string, Setting][] {
  const { stride, padding } = right;
  const flipped =
    "the kernel is flipped, as mathematics defines convolution; here it is laid on as it is (cross-correlation)";
  const paddings = [padding - 1, padding + 1, 0].filter((other) => other >= 0 && other !== padding);
  const single: [string, Setting][] = [
    [flipped, { ...right, flipped: true }],
    ...(right.bias
      ? [
          ["the bias is missing: it is added to every number of its channel", { ...right, bias: false }] as [
            string,
            Setting,
          ],
        ]
      : []),
    ...paddings.map((other): [string, Setting] => [
      `the padding is ${other}, expected ${padding}`,
      { ...right, padding: other },
    ]),
    ...(stride > 1
      ? [
          [`the stride is ignored: windows are 1 pixel apart, expected ${stride}`, { ...right, stride: 1 }] as [
            string,
            Setting,
          ],
        ]
      : []),
  ];
  const both = right.bias
    ? single
        .filter(([, { bias }]) => bias)
        .map(([words, wrong]): [string, Setting] => [`${words}; and the bias is missing`, { ...wrong, bias: false }])
    : [];
  return [...single, ...both].map(([words, wrong]) => [`${words}.`, wrong]);
}

/** Null where the window does not fit. */
function compute(
  x: Read,
  w: Read,
  bias: Read | undefined,
  { flipped, bias: biased, stride, padding }: Setting,
): Tensor | null {
  const exact = (values: ArrayLike<number>, shape: readonly number[]): Tensor =>
    fromArray(Float64Array.from(values), shape, { device: "reference" });
  const [, , height, width] = w.shape;
  const area = height * width;
  const turned = Array.from(w.values, (_: number, i) => w.values[i - (i % area) + (area - 1 - (i % area))]);
  try {
    return noGrad(() =>
      conv2d(
        exact(x.values, x.shape),
        exact(flipped ? turned : w.values, w.shape),
        biased && bias ? exact(bias.values, [bias.values.length]) : null,
        { stride, padding },
      ),
    );
  } catch {
    return null;
  }
}
