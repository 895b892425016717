/** Convolutions and matrix products. */
import { conv2d, conv3d, einsum, fold, indexSelect, matmul, permute } from "../../../ops";
import type { Tensor } from "../../../tensor/tensor";
import { listOf, need } from "./host";
import { only, type NodeContext, type Operator, type OperatorTable } from "./operator";
import { asImages, nodeWindow, padSides, pair, spatialLack, symmetric, type Pads } from "./window";

const filters = (weight: Tensor): Tensor => (weight.shape.length === 3 ? weight.unsqueeze(2) : weight);

interface Sizes {
  strides: number[];
  dilations: number[];
  padding: number[];
  groups: number;
}

/** Over one, two or three dimensions, as many as the filters have. */
function convolution(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  { strides, dilations, padding, groups }: Sizes,
  context: NodeContext,
): Tensor {
  if (strides.length === 3) {
    const [stride, dilation, pads] = [strides, dilations, padding].map(triple);
    return conv3d(x, weight, bias, { stride, dilation, padding: pads, groups });
  }
  const options = {
    stride: pair(strides, 1),
    padding: pair(padding, 0),
    dilation: pair(dilations, 1),
    groups,
  };
  return asImages(x, context, (image) => conv2d(image, filters(weight), bias, options));
}

const triple = ([depth, rows, columns]: number[]): [number, number, number] => [depth, rows, columns];

const conv: Operator = {
  lacks: spatialLack,
  run(inputs, context) {
    const [x, weight] = [need(inputs, 0, context), need(inputs, 1, context)];
    const { strides, dilations, pads } = nodeWindow(context.attributes, weight.shape.slice(2), x.shape.slice(2));
    const groups = context.attributes.int("group", 1);
    const even = symmetric(pads);
    const sizes = { strides, dilations, padding: pads.map(([first]) => (even ? first : 0)), groups };
    return convolution(even ? x : padSides(x, pads, 0), weight, inputs[2] ?? null, sizes, context);
  },
};

/**
 * A transposed convolution is a convolution of the image with zeros between its pixels, by the transposed filters with
 * input and output channels exchanged.
 */
const convTranspose: Operator = {
  lacks: spatialLack,
  run(inputs, context) {
    const [x, weight] = [need(inputs, 0, context), need(inputs, 1, context)];
    const { attributes } = context;
    const { kernel, strides, dilations, pads } = nodeWindow(attributes, weight.shape.slice(2), x.shape.slice(2));
    const groups = attributes.int("group", 1);
    const extra = attributes.ints("output_padding") ?? kernel.map(() => 0);
    const reach = kernel.map((size, d) => dilations[d] * (size - 1));
    const inner = outerPads(context, x, { strides, pads, extra, reach });
    const spread = strides.reduce((image, step, d) => spreadOut(image, d + 2, step), x);
    const ready = padSides(spread, inner, 0);
    const none = strides.map(() => 0);
    const sizes = { strides: strides.map(() => 1), dilations, padding: none, groups };
    return convolution(ready, transposed(weight, groups), inputs[2] ?? null, sizes, context);
  },
};

/** Pads of the spread image: what the window reaches beyond it, less what the node cuts off. */
function outerPads(
  { attributes }: NodeContext,
  x: Tensor,
  { strides, pads, extra, reach }: { strides: number[]; pads: Pads[]; extra: number[]; reach: number[] },
): Pads[] {
  const wanted = attributes.ints("output_shape")?.slice(-strides.length);
  const mode = attributes.text("auto_pad", "NOTSET");
  return strides.map((stride, d): Pads => {
    let [first, last] = pads[d];
    const whole = (x.shape[d + 2] - 1) * stride + reach[d] + 1 + extra[d];
    if (wanted || mode.startsWith("SAME")) {
      // Below 0 for a result larger than what the windows reach.
      const total = whole - (wanted?.[d] ?? x.shape[d + 2] * stride);
      const half = Math.floor(total / 2);
      [first, last] = mode === "SAME_UPPER" ? [half, total - half] : [total - half, half];
    }
    return [reach[d] - first, reach[d] - last + extra[d]];
  });
}

function spreadOut(x: Tensor, dim: number, step: number): Tensor {
  if (step === 1) return x;
  const length = (x.shape[dim] - 1) * step + 1;
  return indexSelect(
    x,
    dim,
    Array.from({ length }, (_, i) => (i % step === 0 ? i / step : -1)),
  );
}

/** [C,K/g,...] -> [K,C/g,...], each filter read backwards in every dimension. */
function transposed(weight: Tensor, groups: number): Tensor {
  const [C, K, ...window] = weight.shape;
  const order = [0, 2, 1, ...window.map((_, d) => d + 3)];
  const grouped = permute(weight.reshape(groups, C / groups, K, ...window), order);
  return grouped.reshape(groups * K, C / groups, ...window).flip(window.map((_, d) => d + 2));
}

const gemm = only((inputs, context) => {
  const { attributes } = context;
  const [a, b] = [need(inputs, 0, context), need(inputs, 1, context)];
  const left = attributes.int("transA", 0) ? a.transpose(0, 1) : a;
  const right = attributes.int("transB", 0) ? b.transpose(0, 1) : b;
  const [alpha, beta] = [attributes.float("alpha", 1), attributes.float("beta", 1)];
  const product = matmul(left, right);
  const scaled = alpha === 1 ? product : product.mul(alpha);
  const c = inputs[2];
  return c ? scaled.add(beta === 1 ? c : c.mul(beta)) : scaled;
});

/** Columns laid onto the image that unfolding took them from: over two dimensions, with equal pads on both sides. */
const col2im: Operator = {
  settings: [1, 2],
  lacks({ attributes, shapes }) {
    const [dims] = shapes[2] ?? [2];
    if (dims !== 2) return `${dims} spatial dimensions`;
    const pads = attributes.ints("pads") ?? [0, 0, 0, 0];
    return pads[0] === pads[2] && pads[1] === pads[3] ? undefined : `pads=${pads.join()}`;
  },
  run(inputs, context) {
    const two = (list: readonly number[] | undefined, otherwise: number): [number, number] => [
      list?.[0] ?? otherwise,
      list?.[1] ?? otherwise,
    ];
    const { attributes } = context;
    return fold(need(inputs, 0, context), two(listOf(inputs, 1, context), 1), two(listOf(inputs, 2, context), 1), {
      stride: two(attributes.ints("strides"), 1),
      padding: two(attributes.ints("pads"), 0),
      dilation: two(attributes.ints("dilations"), 1),
    });
  },
};

export const products: OperatorTable = {
  Conv: conv,
  ConvTranspose: convTranspose,
  Col2Im: col2im,
  Einsum: only((inputs, context) =>
    einsum(context.attributes.text("equation", ""), ...inputs.map((_, i) => need(inputs, i, context))),
  ),
  Gemm: gemm,
  MatMul: only((inputs, context) => matmul(need(inputs, 0, context), need(inputs, 1, context))),
};
