/** Arithmetic, element by element. */
import { isFloat, type TypedArray } from "../../../devices/device";
import { DataError } from "../../../errors";
import { logSoftmax, softmax } from "../../../ops";
import { broadcastShapes, resolveDim, sizeOf } from "../../../tensor/shape";
import type { Tensor } from "../../../tensor/tensor";
import { areInts, constantLike, integerBinary, ints, need, numbersOf, together } from "./host";
import { only, unary, type NodeContext, type NodeInputs, type Operator, type OperatorTable } from "./operator";

/** The two operands; before version 7 the right one could be laid along the axis `axis` of the left one. */
function operands(inputs: NodeInputs, context: NodeContext): [Tensor, Tensor] {
  const [a, b] = [need(inputs, 0, context), need(inputs, 1, context)];
  const { attributes, opset } = context;
  if (opset >= 7 || !attributes.has("axis")) return [a, b];
  const behind = a.shape.length - attributes.int("axis", 0) - b.shape.length;
  return [a, behind > 0 ? b.reshape(...b.shape, ...new Array<number>(behind).fill(1)) : b];
}

/** Of whole numbers: on the host, where shapes and positions are; what a GPU computes stays there. */
function whole(
  a: Tensor,
  b: Tensor,
  f: (a: Tensor, b: Tensor) => Tensor,
  onInts: (a: number, b: number) => number,
  context: NodeContext,
): Tensor {
  if (a.device !== "gpu" && b.device !== "gpu") return integerBinary(a, b, onInts, context);
  const result = f(...together(a, b));
  return isFloat(result.dtype) ? result.trunc().int() : result; // a quotient
}

const binary = (f: (a: Tensor, b: Tensor) => Tensor, onInts: (a: number, b: number) => number): Operator =>
  only((inputs, context) => {
    const [a, b] = operands(inputs, context);
    return areInts(a, b) ? whole(a, b, f, onInts, context) : f(...together(a, b));
  });

const several = (f: (a: Tensor, b: Tensor) => Tensor, onInts: (a: number, b: number) => number): Operator =>
  only((inputs, context) =>
    inputs
      .map((_, i) => need(inputs, i, context))
      .reduce((a, b) => (areInts(a, b) ? whole(a, b, f, onInts, context) : f(...together(a, b)))),
  );

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

const CAST_FLOAT = new Set([1, 10, 11, 16]);
const CAST_INT = new Set([2, 3, 6, 7]);

function cast(x: Tensor, context: NodeContext): Tensor {
  const to = context.attributes.int("to", 1);
  if (CAST_FLOAT.has(to)) return isFloat(x.dtype) ? x : x.float();
  if (CAST_INT.has(to)) return x.int();
  if (to === 9) return x.bool();
  throw new DataError(`onnx: ${context.name} casts to data type ${to}, which does not exist here. Use float or int64.`);
}

/** The remainder with the sign of y, as Python's %. */
function remainder(x: number, y: number): number {
  const rest = x % y;
  return rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest;
}

/** By whole divisions on the host; gradients go to a, as it is. */
const modulo: Operator = only((inputs, context) => {
  const [a, b] = operands(inputs, context);
  const f = context.attributes.int("fmod", 0) === 1 ? (x: number, y: number) => x % y : remainder;
  if (areInts(a, b)) return integerBinary(a, b, f, context);
  const shape = broadcastShapes(context.name, a.shape, b.shape);
  const wide = (t: Tensor): TypedArray =>
    numbersOf(t.detach().add(constantLike(t, new Array<number>(sizeOf(shape)).fill(0), shape)), context);
  const [left, right] = [wide(a), wide(b)];
  const rest = constantLike(
    a,
    Array.from(left, (x, i) => f(x, right[i])),
    shape,
  );
  return a.requiresGrad ? rest.add(a.sub(a.detach())) : rest;
});

/** start, start + delta, ... until limit. */
const range: Operator = {
  settings: [0, 1, 2],
  run(inputs, context) {
    const given = [0, 1, 2].map((i) => need(inputs, i, context));
    const [start, limit, delta] = given.map((t) => numbersOf(t, context)[0]);
    const length = Math.max(0, Math.ceil((limit - start) / delta));
    const values = Array.from({ length }, (_, i) => start + i * delta);
    return isFloat(given[0].dtype) ? constantLike(given[0], values, [length]) : ints(values);
  },
};

/** Before version 13 everything from the axis on counted as one dimension; the axis was 1 by default. */
const alongAxis = (f: (x: Tensor, dim: number) => Tensor): Operator =>
  unary((x, { attributes, opset, name }) => {
    if (opset >= 13) return f(x, attributes.int("axis", -1));
    const axis = resolveDim(name, attributes.int("axis", 1), x.shape.length);
    const rows = x.shape.slice(0, axis).reduce((product, length) => product * length, 1);
    return f(x.reshape(rows, x.numel() / rows), 1).reshape(...x.shape);
  });

export const elementwise: OperatorTable = {
  Identity: unary((x) => x),
  Softmax: alongAxis(softmax),
  LogSoftmax: alongAxis(logSoftmax),
  Sign: unary((x) => x.sign()),
  Floor: unary((x) => x.floor()),
  Ceil: unary((x) => x.ceil()),
  Round: unary((x) => x.round()),
  Sin: unary((x) => x.sin()),
  Cos: unary((x) => x.cos()),
  Tan: unary((x) => x.tan()),
  Mod: modulo,
  Range: range,
  Sqrt: unary((x) => x.sqrt()),
  Exp: unary((x) => x.exp()),
  Log: unary((x) => x.log()),
  Abs: unary((x) => x.abs()),
  Neg: unary((x) => x.neg()),
  Reciprocal: unary((x) => x.reciprocal()),
  Cast: unary(cast),
  Add: binary(
    (a, b) => a.add(b),
    (a, b) => a + b,
  ),
  Sub: binary(
    (a, b) => a.sub(b),
    (a, b) => a - b,
  ),
  Mul: binary((a, b) => a.mul(b), Math.imul),
  Div: binary(
    (a, b) => a.div(b),
    (a, b) => Math.trunc(a / b),
  ),
  Pow: {
    settings: [1],
    run: (inputs, context) => power(...operands(inputs, context), context),
  },
  Sum: several(
    (a, b) => a.add(b),
    (a, b) => a + b,
  ),
  Max: several((a, b) => a.maximum(b), Math.max),
  Min: several((a, b) => a.minimum(b), Math.min),
};
