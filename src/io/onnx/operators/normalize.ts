/** Normalisations. */
import { batchNorm, indexSelect } from "../../../ops";
import { Buffer } from "../../../nn/buffer";
import type { Tensor } from "../../../tensor/tensor";
import { need } from "./host";
import { only, type NodeFacts, type Operator, type OperatorTable } from "./operator";

/** [C] along dimension 1 of x. */
const perChannel = (values: Tensor, x: Tensor): Tensor =>
  values.reshape(-1, ...x.shape.slice(2).map(() => 1));

/** Whether the file says that the batch's own statistics count: before version 14 by more than one result. */
const byBatch = ({ attributes, opset, outputs }: NodeFacts): boolean =>
  opset < 14 ? outputs > 1 : attributes.int("training_mode", 0) === 1;

const batchNormalization: Operator = {
  buffers: [3, 4],
  trains: (node, [, , , mean]) => mean !== undefined && byBatch(node),
  lacks: ({ attributes, opset }) =>
    opset < 9 && attributes.int("spatial", 1) === 0 ? "spatial=0" : undefined,
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

const instanceNormalization = only((inputs, context) => {
  const x = need(inputs, 0, context);
  const rows = x.reshape(x.shape[0], x.shape[1], -1);
  const centred = rows.sub(rows.mean(2, { keepdim: true }));
  const variance = centred.mul(centred).mean(2, { keepdim: true });
  const normal = centred
    .div(variance.add(context.attributes.float("epsilon", 1e-5)).sqrt())
    .reshape(...x.shape);
  const [weight, bias] = [1, 2].map((i) => perChannel(need(inputs, i, context), x));
  return normal.mul(weight).add(bias);
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
  LRN: lrn,
};
