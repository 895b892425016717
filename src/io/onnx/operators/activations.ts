/** Activations. */
import { celu, elu, gelu, leakyRelu, prelu, softplus, unary as elementwiseOp, type UnaryName } from "../../../ops";
import type { Tensor } from "../../../tensor/tensor";
import { listOf, need } from "./host";
import { only, unary, type Operator, type OperatorTable } from "./operator";

/** A function of ours that has no parameters. */
const same = (name: UnaryName): Operator => unary((x) => elementwiseOp(name, x));

const clip: Operator = {
  settings: [1, 2],
  run(inputs, context) {
    const { attributes } = context;
    const least = listOf(inputs, 1, context)?.[0] ?? attributes.float("min", -Infinity);
    const most = listOf(inputs, 2, context)?.[0] ?? attributes.float("max", Infinity);
    return need(inputs, 0, context).clamp(Math.min(least, most), most);
  },
};

/** The negative part, as a number >= 0. */
const below = (x: Tensor): Tensor => x.neg().relu();

const slopes = only((inputs, context) => {
  const [x, slope] = [need(inputs, 0, context), need(inputs, 1, context)];
  const behind = x.shape.slice(2).map(() => 1);
  // One number a channel stands along dimension 1; until version 6 in a list.
  const listed = slope.shape.length === 1 && context.opset < 7;
  const perChannel = [x.shape[1], ...behind].join() === slope.shape.slice(-1 - behind.length).join();
  if (slope.numel() === 1 || ((listed || perChannel) && slope.numel() === x.shape[1]))
    return prelu(x, slope.reshape(slope.numel()));
  return x.relu().sub(below(x).mul(slope));
});

/** Selu's constants, as ONNX writes them. */
const SELU = { alpha: 1.6732632423543772, gamma: 1.0507009873554805 };
const selu = unary((x, { attributes }) => {
  const [alpha, gamma] = [attributes.float("alpha", SELU.alpha), attributes.float("gamma", SELU.gamma)];
  const usual = Math.abs(alpha - SELU.alpha) + Math.abs(gamma - SELU.gamma) < 1e-6;
  return usual ? elementwiseOp("selu", x) : elu(x, { alpha }).mul(gamma);
});

/** A line held between 0 and 1; PyTorch's own from -3 to 3. */
const hardSigmoid = unary((x, { attributes }) => {
  const [alpha, beta] = [attributes.float("alpha", 0.2), attributes.float("beta", 0.5)];
  const torch = Math.abs(alpha - 1 / 6) < 1e-6 && beta === 0.5;
  return torch ? elementwiseOp("hardsigmoid", x) : x.mul(alpha).add(beta).clamp(0, 1);
});

/** x times sigmoid(alpha * x) */
const swish = unary((x, { attributes }) => {
  const alpha = attributes.float("alpha", 1);
  return alpha === 1 ? elementwiseOp("silu", x) : x.mul(x.mul(alpha).sigmoid());
});

export const activations: OperatorTable = {
  Relu: unary((x) => x.relu()),
  LeakyRelu: unary((x, { attributes }) => leakyRelu(x, { negativeSlope: attributes.float("alpha", 0.01) })),
  PRelu: slopes,
  Elu: unary((x, { attributes }) => elu(x, { alpha: attributes.float("alpha", 1) })),
  Celu: unary((x, { attributes }) => celu(x, { alpha: attributes.float("alpha", 1) })),
  Selu: selu,
  Gelu: unary((x, { attributes }) =>
    gelu(x, { approximate: attributes.text("approximate", "none") === "tanh" ? "tanh" : "none" }),
  ),
  Sigmoid: same("sigmoid"),
  Tanh: same("tanh"),
  Erf: same("erf"),
  HardSigmoid: hardSigmoid,
  HardSwish: same("hardswish"),
  Swish: swish,
  Mish: same("mish"),
  Softplus: unary((x) => softplus(x)),
  Softsign: same("softsign"),
  ThresholdedRelu: unary((x, { attributes }) => elementwiseOp("threshold", x, attributes.float("alpha", 1), 0)),
  Clip: clip,
};
