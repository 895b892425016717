/** Activations and arithmetic, element by element. */
import { isFloat } from "../../../devices/device";
import { DataError } from "../../../errors";
import { gelu, logSoftmax, softmax } from "../../../ops";
import { fromArray } from "../../../tensor/create";
import { resolveDim } from "../../../tensor/shape";
import type { Tensor } from "../../../tensor/tensor";
import { areInts, constantLike, integerBinary, listOf, need, numbersOf } from "./host";
import { only, type NodeContext, type NodeInputs, type Operator, type OperatorTable } from "./operator";

const unary = (f: (x: Tensor, context: NodeContext) => Tensor): Operator =>
  only((inputs, context) => f(need(inputs, 0, context), context));

/** The two operands; before version 7 the right one could be laid along the axis `axis` of the left one. */
function operands(inputs: NodeInputs, context: NodeContext): [Tensor, Tensor] {
  const [a, b] = [need(inputs, 0, context), need(inputs, 1, context)];
  const { attributes, opset } = context;
  if (opset >= 7 || !attributes.has("axis")) return [a, b];
  const behind = a.shape.length - attributes.int("axis", 0) - b.shape.length;
  return [a, behind > 0 ? b.reshape(...b.shape, ...new Array<number>(behind).fill(1)) : b];
}

const binary = (f: (a: Tensor, b: Tensor) => Tensor, onInts: (a: number, b: number) => number): Operator =>
  only((inputs, context) => {
    const [a, b] = operands(inputs, context);
    return areInts(a, b) ? integerBinary(a, b, onInts, context) : f(a, b);
  });

const several = (f: (a: Tensor, b: Tensor) => Tensor, onInts: (a: number, b: number) => number): Operator =>
  only((inputs, context) =>
    inputs
      .map((_, i) => need(inputs, i, context))
      .reduce((a, b) => (areInts(a, b) ? integerBinary(a, b, onInts, context) : f(a, b))),
  );

const minimum = (a: Tensor, b: Tensor): Tensor => a.neg().maximum(b.neg()).neg();
/** The negative part, as a number >= 0. */
const below = (x: Tensor): Tensor => x.neg().relu();
const elu = (x: Tensor, alpha: number): Tensor => x.relu().add(below(x).neg().exp().sub(1).mul(alpha));
/** |x| to a power by logarithms; the sign comes from the numbers, where the exponent is whole. */
function power(x: Tensor, exponent: Tensor, context: NodeContext): Tensor {
  if (!isFloat(x.dtype)) return integerBinary(x, exponent, Math.pow, context);
  if (!isFloat(exponent.dtype))
    return power(x, constantLike(x, [...numbersOf(exponent, context)], exponent.shape), context);
  if (exponent.numel() === 1 && !exponent.requiresGrad) return x.pow(numbersOf(exponent, context)[0]);
  const ones = x.detach().mul(0).add(exponent.detach().mul(0)).add(1);
  const [bases, exponents] = [x.detach().mul(ones), exponent.detach().mul(ones)];
  const b = numbersOf(exponents, context);
  const signs = Array.from(numbersOf(bases, context), (a, i) =>
    a >= 0 ? 1 : Number.isInteger(b[i]) ? (b[i] % 2 === 0 ? 1 : -1) : NaN,
  );
  return x
    .abs()
    .log()
    .mul(exponent)
    .exp()
    .mul(constantLike(x, signs, ones.shape));
}

/** Selu's constants, as ONNX writes them. */
const SELU = { alpha: 1.6732632423543772, gamma: 1.0507009873554805 };
const CAST_FLOAT = new Set([1, 10, 11, 16]);
const CAST_INT = new Set([2, 3, 6, 7]);

function cast(x: Tensor, context: NodeContext): Tensor {
  const to = context.attributes.int("to", 1);
  if (CAST_FLOAT.has(to))
    return isFloat(x.dtype) ? x : fromArray(Float32Array.from(numbersOf(x, context)), x.shape);
  if (CAST_INT.has(to))
    return x.dtype === "int32" ? x : fromArray(Int32Array.from(numbersOf(x, context)), x.shape);
  if (to === 9)
    return fromArray(
      Uint8Array.from(numbersOf(x, context), (value) => Number(value !== 0)),
      x.shape,
    );
  throw new DataError(
    `onnx: ${context.name} casts to data type ${to}, which does not exist here. Use float or int64.`,
  );
}

/** Before version 13 everything from the axis on counted as one dimension; the axis was 1 by default. */
const alongAxis = (f: (x: Tensor, dim: number) => Tensor): Operator =>
  unary((x, { attributes, opset, name }) => {
    if (opset >= 13) return f(x, attributes.int("axis", -1));
    const axis = resolveDim(name, attributes.int("axis", 1), x.shape.length);
    const rows = x.shape.slice(0, axis).reduce((product, length) => product * length, 1);
    return f(x.reshape(rows, x.numel() / rows), 1).reshape(...x.shape);
  });

const clip: Operator = {
  settings: [1, 2],
  run(inputs, context) {
    const { attributes } = context;
    const least = listOf(inputs, 1, context)?.[0] ?? attributes.float("min", -Infinity);
    const most = listOf(inputs, 2, context)?.[0] ?? attributes.float("max", Infinity);
    return need(inputs, 0, context).clamp(Math.min(least, most), most);
  },
};

const prelu = only((inputs, context) => {
  const [x, slope] = [need(inputs, 0, context), need(inputs, 1, context)];
  // One number a channel stands along dimension 1.
  const perChannel = slope.shape.length === 1 && slope.numel() > 1 && context.opset < 7;
  const factors = perChannel ? slope.reshape(slope.numel(), ...x.shape.slice(2).map(() => 1)) : slope;
  return x.relu().sub(below(x).mul(factors));
});

/** A line held between 0 and 1. */
const hardSigmoid = (x: Tensor, alpha: number, beta: number): Tensor => x.mul(alpha).add(beta).clamp(0, 1);

export const elementwise: OperatorTable = {
  Identity: unary((x) => x),
  Relu: unary((x) => x.relu()),
  LeakyRelu: unary((x, { attributes }) => x.relu().sub(below(x).mul(attributes.float("alpha", 0.01)))),
  PRelu: prelu,
  Elu: unary((x, { attributes }) => elu(x, attributes.float("alpha", 1))),
  Selu: unary((x, { attributes }) =>
    elu(x, attributes.float("alpha", SELU.alpha)).mul(attributes.float("gamma", SELU.gamma)),
  ),
  Sigmoid: unary((x) => x.sigmoid()),
  Tanh: unary((x) => x.tanh()),
  Erf: unary((x) => x.erf()),
  Gelu: unary((x, { attributes }) =>
    gelu(x, { approximate: attributes.text("approximate", "none") as "none" | "tanh" }),
  ),
  HardSigmoid: unary((x, { attributes }) =>
    hardSigmoid(x, attributes.float("alpha", 0.2), attributes.float("beta", 0.5)),
  ),
  HardSwish: unary((x) => x.mul(hardSigmoid(x, 1 / 6, 0.5))),
  Softplus: unary((x) => x.relu().add(x.abs().neg().exp().add(1).log())),
  Softsign: unary((x) => x.div(x.abs().add(1))),
  Softmax: alongAxis(softmax),
  LogSoftmax: alongAxis(logSoftmax),
  Sqrt: unary((x) => x.sqrt()),
  Exp: unary((x) => x.exp()),
  Log: unary((x) => x.log()),
  Abs: unary((x) => x.abs()),
  Neg: unary((x) => x.neg()),
  Reciprocal: unary((x) => x.pow(-1)),
  Clip: clip,
  Cast: unary(cast),
  Add: binary((a, b) => a.add(b), (a, b) => a + b), // prettier-ignore
  Sub: binary((a, b) => a.sub(b), (a, b) => a - b), // prettier-ignore
  Mul: binary((a, b) => a.mul(b), Math.imul),
  Div: binary((a, b) => a.div(b), (a, b) => Math.trunc(a / b)), // prettier-ignore
  Pow: {
    settings: [1],
    run: (inputs, context) => power(...operands(inputs, context), context),
  },
  Sum: several((a, b) => a.add(b), (a, b) => a + b), // prettier-ignore
  Max: several((a, b) => a.maximum(b), Math.max),
  Min: several(minimum, Math.min),
};
