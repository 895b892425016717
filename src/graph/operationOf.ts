/** A node's operation as arithmetic/ needs it: for one image, with the parameters' numbers. */
import type { Operation, Numbers } from "../marks/network/operation";
import type { AvgPool2dGeometry } from "../ops/avgPool2d/kernels";
import type { BatchNormGeometry } from "../ops/batchNorm/kernels";
import type { BinaryGeometry } from "../ops/binary/kernels";
import type { CatGeometry } from "../ops/cat/kernels";
import type { Conv2dGeometry } from "../ops/conv2d";
import type { TracedOp } from "../ops/define/trace";
import type { WindowGeometry } from "../ops/geometry/window";
import type { ReduceGeometry } from "../ops/reduce/kernels";
import type { SoftmaxGeometry } from "../ops/softmax/kernels";
import { unaryRows } from "../ops/unary/table";
import { sizeOf, type Shape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import type { GraphNode } from "./networkGraph";

/**
 * The shape of what belongs to one of `images`. A tensor that has no such batch in front, because rows or heads were folded
 * into it or it was summed, is taken whole.
 */
export const shapeOfOne = (shape: Shape, images: number): Shape => (shape[0] === images ? shape.slice(1) : shape);

/** The numbers of image `image` of a run on `images`. */
export async function imageOf(batch: Tensor, image: number, images = batch.shape[0]): Promise<Numbers> {
  const shape = shapeOfOne(batch.shape, images);
  const data = await batch.data();
  if (shape.length === batch.shape.length) return { shape, data };
  const size = sizeOf(shape);
  return { shape, data: data.subarray(image * size, (image + 1) * size) };
}

/** Gives a parameter's numbers. */
type ReadNumbers = (tensor: Tensor) => Promise<ArrayLike<number>>;

/**
 * What a node computes. Ops whose arithmetic is not told one number at a time are "other".
 * @param read how parameters are read; default as copies
 * @param images of the run
 */
export async function operationOf(
  node: GraphNode,
  read: ReadNumbers = (tensor) => tensor.data(),
  images = node.output.shape[0],
): Promise<Operation> {
  if (node.kind === "input") return { op: "input" };
  if (node.ops.length === 0) return { op: "reshape" };
  const computing = node.ops.filter(({ name }) => name !== "reshape");
  const [op] = computing;
  if (!op) return { op: "reshape" };
  const other: Operation = { op: "other", name: node.kind };
  if (computing.length > 1 || op.output.shape.length < 2) return other;
  if (Object.hasOwn(unaryRows, op.name)) return { op: "elementwise", name: op.name };
  const reader = readers[op.name];
  const numbersOf = async (tensor: Tensor): Promise<Numbers> => ({ shape: tensor.shape, data: await read(tensor) });
  return (await reader?.(op, node, numbersOf, images)) ?? other;
}

type Reader = (
  op: TracedOp,
  node: GraphNode,
  numbersOf: (tensor: Tensor) => Promise<Numbers>,
  images: number,
) => Promise<Operation | undefined> | Operation | undefined;

const readers: Partial<Record<string, Reader>> = {
  async conv2d({ inputs: [, weight, bias], geometry }, _node, numbersOf) {
    const { strideH, strideW, padH, padW, dilationH, dilationW, groups } = geometry as Conv2dGeometry;
    return {
      op: "conv2d",
      weight: await numbersOf(weight),
      bias: bias ? await numbersOf(bias) : null,
      stride: [strideH, strideW],
      padding: [padH, padW],
      dilation: [dilationH, dilationW],
      groups,
    };
  },
  linear: async ({ inputs: [, weight, bias] }, _node, numbersOf) => ({
    op: "linear",
    weight: await numbersOf(weight),
    bias: bias ? await numbersOf(bias) : null,
  }),
  maxPool2d({ geometry }) {
    const g = geometry as WindowGeometry & TracedOp["geometry"];
    return {
      op: "maxPool2d",
      size: [g.R, g.S],
      stride: [g.strideH, g.strideW],
      padding: [g.padH, g.padW],
      dilation: [g.dilationH, g.dilationW],
    };
  },
  avgPool2d: averageOf,
  adaptiveAvgPool2d: averageOf,
  async batchNorm({ inputs, geometry }, _node, numbersOf) {
    const [, weight, bias, mean, variance] = await Promise.all(inputs.map(numbersOf));
    if (!mean) return undefined;
    return { op: "batchNorm", weight, bias, mean, variance, eps: (geometry as BatchNormGeometry).eps };
  },
  add: binaryOf,
  sub: binaryOf,
  mul: binaryOf,
  div: binaryOf,
  cat({ inputs, geometry }, node) {
    const { outer, lengths } = geometry as CatGeometry;
    // Along the batch, an image is one of one input.
    if (outer === 1 && inputs[0].shape[0] !== 1) return undefined;
    return node.inputs.length === inputs.length ? { op: "cat", lengths } : undefined;
  },
  softmax: overDimension("softmax"),
  logSoftmax: overDimension("logSoftmax"),
  sum: overDimension("sum"),
};

function averageOf({ geometry }: TracedOp): Operation {
  const { rows, columns } = geometry as AvgPool2dGeometry;
  return { op: "avgPool2d", rows, columns };
}

function binaryOf(
  { name, inputs, geometry, output }: TracedOp,
  node: GraphNode,
  _numbersOf: unknown,
  images: number,
): Operation | undefined {
  // A constant is no node: what is left is a function of one number.
  if (node.inputs.length === 1 && inputs.length === 2) return { op: "elementwise", name };
  const batch = output.shape[0] === images ? 1 : 0;
  const { stridesA, stridesB } = geometry as BinaryGeometry;
  if (node.inputs.length !== 2 || inputs.some(({ shape }) => shape.length !== inputs[0].shape.length)) return undefined;
  return { op: "binary", name: name as "add", strides: [stridesA.slice(batch), stridesB.slice(batch)] };
}

function overDimension(name: "softmax" | "logSoftmax" | "sum"): Reader {
  return ({ inputs: [x], geometry }) => {
    const { outer, length, inner } = geometry as SoftmaxGeometry | ReduceGeometry;
    // Over the batch, an image alone does not have the numbers.
    return outer % x.shape[0] === 0 ? { op: name, length, inner } : undefined;
  };
}
