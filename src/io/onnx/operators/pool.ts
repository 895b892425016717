/** Pools over windows and over whole images. */
import { avgPool2d, maxPool2d } from "../../../ops";
import type { Tensor } from "../../../tensor/tensor";
import { constantLike, need } from "./host";
import { only, type NodeContext, type Operator, type OperatorTable } from "./operator";
import { alongImages, nodeWindow, padSides, pair, symmetric, type NodeWindow, type Pads } from "./window";

/** The window's sizes; rounding up the number of windows is more padding at the end. */
function poolWindow(x: Tensor, { attributes }: NodeContext): NodeWindow & { plain: Pads[] } {
  const window = nodeWindow(attributes, attributes.ints("kernel_shape") ?? [], x.shape.slice(2));
  const { kernel, strides, dilations, pads: plain } = window;
  if (!attributes.int("ceil_mode", 0)) return { ...window, plain };
  const pads = plain.map(([first, last], d): Pads => {
    const span = x.shape[d + 2] + first + last - dilations[d] * (kernel[d] - 1) - 1;
    // A window that would start in the padding at the end is left out.
    const count = Math.ceil(span / strides[d]);
    const steps = count * strides[d] >= x.shape[d + 2] + first ? count - 1 : count;
    return [first, last + Math.max(0, steps * strides[d] - span)];
  });
  return { ...window, pads, plain };
}

const small = (pads: readonly Pads[], kernel: readonly number[]): boolean =>
  symmetric(pads) && pads.every(([first], d) => first <= kernel[d] / 2);

const maxPool: Operator = {
  lacks: ({ attributes }) => (attributes.int("storage_order", 0) ? "storage_order=1" : undefined),
  run(inputs, context) {
    const x = need(inputs, 0, context);
    const { kernel, strides, dilations, pads } = poolWindow(x, context);
    const own = small(pads, kernel) && kernel.length <= 2;
    const padding = own
      ? pair(
          pads.map(([first]) => first),
          0,
        )
      : 0;
    return alongImages(own ? x : padSides(x, pads, -Infinity), kernel.length, context, (image, dims) => {
      const [size, stride, dilation] = [kernel, strides, dilations].map((all) => pair(all, 1, dims));
      return maxPool2d(image, size, { stride, dilation, padding });
    });
  },
};

const averagePool: Operator = {
  lacks: ({ attributes }) =>
    (attributes.ints("dilations") ?? []).some((step) => step !== 1) ? "dilations" : undefined,
  run(inputs, context) {
    const x = need(inputs, 0, context);
    const { kernel, strides, pads, plain } = poolWindow(x, context);
    const countPadding = context.attributes.int("count_include_pad", 0) === 1;
    const averages = alongImages(padSides(x, pads, 0), kernel.length, context, (image, dims) =>
      avgPool2d(image, pair(kernel, 1, dims), { stride: pair(strides, 1, dims) }),
    );
    if (pads.every(([first, last]) => first === 0 && last === 0)) return averages;
    // How many pixels of each window count, along each dimension; rounding up never adds any.
    const shares = kernel.map((taps, d) => {
      const length = x.shape[d + 2];
      const [from, to] = countPadding ? [-plain[d][0], length + plain[d][1]] : [0, length];
      return Array.from({ length: averages.shape[d + 2] }, (_, i) => {
        const start = i * strides[d] - pads[d][0];
        return taps / (Math.min(start + taps, to) - Math.max(start, from));
      });
    });
    const factors = shares.reduce((all, share) => all.flatMap((a) => share.map((b) => a * b)), [1]);
    return averages.mul(constantLike(x, factors, averages.shape.slice(2)));
  },
};

/** Over all spatial dimensions, which keep length 1. */
const whole = (f: (rows: Tensor) => Tensor): Operator =>
  only((inputs, context) => {
    const x = need(inputs, 0, context);
    const [N, C, ...image] = x.shape;
    return f(x.reshape(N * C, -1)).reshape(N, C, ...image.map(() => 1));
  });

export const pools: OperatorTable = {
  MaxPool: maxPool,
  AveragePool: averagePool,
  GlobalAveragePool: whole((rows) => rows.mean(1)),
  GlobalMaxPool: whole((rows) => rows.max(1)),
};
