/** Normalisations. */
import { batchNorm, groupNorm, indexSelect, instanceNorm, layerNorm } from "../../../ops";
import { Buffer } from "../../../nn/buffer";
import { resolveDim, sameShape, sizeOf } from "../../../tensor/shape";
import type { Tensor } from "../../../tensor/tensor";
import { need } from "./host";
import { only, type NodeFacts, type Operator, type OperatorTable } from "./operator";

/** [C] along dimension 1 of x. */
const perChannel = (values: Tensor, x: Tensor): Tensor => values.reshape(-1, ...x.shape.slice(2).map(() => 1));

/** Whether the file says that the batch's own statistics count: before version 14 by more than one result. */
const byBatch = ({ attributes, opset, outputs }: NodeFacts): boolean =>
  opset < 14 ? outputs > 1 : attributes.int("training_mode", 0) === 1;

const batchNormalization: Operator = {
  buffers: [3, 4],
  trains: (node, [, , , mean]) => mean !== undefined && byBatch(node),
  lacks: ({ attributes, opset }) => (opset < 9 && attributes.int("spatial", 1) === 0 ? "spatial=0" : undefined),
  run(inputs, context) {
    const x = need(inputs, 0, context);
    const [weight, bias, mean, variance] = [1, 2, 3, 4].map((i) => need(inputs, i, context));
    const { attributes, training } = context;
    const eps = attributes.float("epsilon", 1e-5);
    // ONNX's momentum is how much of the old is kept, PyTorch's how much of the new is taken.
    const momentum = 1 - attributes.float("momentum", 0.9);
    if (mean instanceof Buffer && variance instanceof Buffer)
      return batchNorm(x, mean, variance, { weight, bias, training, momentum, eps });
    // Without running statistics nothing is kept: PyTorch writes the batch's own as computed values.
    return byBatch(context)
      ? batchNorm(x, null, null, { weight, bias, training: true, eps })
      : batchNorm(x, mean, variance, { weight, bias, eps });
  },
};

const epsilon = ({ attributes }: NodeFacts): number => attributes.float("epsilon", 1e-5);

const instanceNormalization = only((inputs, context) => {
  const x = need(inputs, 0, context);
  const [weight, bias] = [1, 2].map((i) => need(inputs, i, context));
  const eps = epsilon(context);
  if (sizeOf(x.shape.slice(2)) !== 1) return instanceNorm(x, null, null, { weight, bias, eps });
  // One pixel is its own mean, which PyTorch refuses and ONNX does not.
  return x.mul(0).mul(perChannel(weight, x)).add(perChannel(bias, x));
});

/** Everything from the axis on has mean 0 and variance 1. */
const layerNormalization = only((inputs, context) => {
  const x = need(inputs, 0, context);
  const axis = resolveDim(context.name, context.attributes.int("axis", -1), x.shape.length);
  const [weight, bias, shape, eps] = [need(inputs, 1, context), inputs[2], x.shape.slice(axis), epsilon(context)];
  if ([weight, bias].every((each) => !each || sameShape(each.shape, shape)))
    return layerNorm(x, shape, { weight, bias, eps });
  const scaled = layerNorm(x, shape, { eps }).mul(weight);
  return bias ? scaled.add(bias) : scaled;
});

/** Groups of neighbouring channels; until version 20 weight and bias had a number a group, since then one a channel. */
const groupNormalization = only((inputs, context) => {
  const x = need(inputs, 0, context);
  const [groups, eps] = [context.attributes.int("num_groups", 1), epsilon(context)];
  const [weight, bias] = [1, 2].map((i) => need(inputs, i, context));
  if (context.opset >= 21) return groupNorm(x, groups, { weight, bias, eps });
  const normal = groupNorm(x, groups, { eps }).reshape(x.shape[0], groups, -1);
  return normal
    .mul(weight.reshape(groups, 1))
    .add(bias.reshape(groups, 1))
    .reshape(...x.shape);
});

/** Divides by a power of the squares summed over `size` neighbouring channels; one more behind than before if even. */
const lrn = only((inputs, context) => {
  const { attributes } = context;
  const x = need(inputs, 0, context);
  const size = attributes.int("size", 1);
  const squares = x.mul(x);
  const channels = Array.from({ length: x.shape[1] }, (_, c) => c);
  const neighbours = Array.from({ length: size }, (_, i) => {
    const shift = i - Math.floor((size - 1) / 2);
    const rows = channels.map((c) => (c + shift >= 0 && c + shift < x.shape[1] ? c + shift : -1));
    return shift === 0 ? squares : indexSelect(squares, 1, rows);
  });
  const sum = neighbours.reduce((a, b) => a.add(b));
  const base = sum.mul(attributes.float("alpha", 1e-4) / size).add(attributes.float("bias", 1));
  return x.div(base.pow(attributes.float("beta", 0.75)));
});

export const normalizations: OperatorTable = {
  BatchNormalization: batchNormalization,
  InstanceNormalization: instanceNormalization,
  LayerNormalization: layerNormalization,
  GroupNormalization: groupNormalization,
  LRN: lrn,
};
