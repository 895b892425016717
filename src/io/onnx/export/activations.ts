/** Activations in ONNX; those that operator set 17 does not have are written out. */
import { plain, type Writer } from "./writer";

const withFloat =
  (opType: string, attribute: string, option: string): Writer =>
  (e, { inputs: [x], options, output }) =>
    e.add(opType, [e.nameOf(x)], output, { [attribute]: { float: Number(options[option]) } });

const clip: Writer = (e, { inputs: [x], options, output }) => {
  const [p, q] = [Number(options.p), Number(options.q)];
  const bound = (value: number): string => (Number.isFinite(value) ? e.scalar(x, value) : "");
  e.add("Clip", [e.nameOf(x), bound(p), ...(Number.isFinite(q) ? [bound(q)] : [])], output);
};

/** x / 2 * (1 + erf(x / sqrt(2))) */
const gelu: Writer = (e, { inputs: [x], output }) => {
  const name = e.nameOf(x);
  const erf = e.between("Erf", [e.between("Mul", [name, e.scalar(x, Math.SQRT1_2)])]);
  const half = e.between("Mul", [name, e.scalar(x, 0.5)]);
  e.add("Mul", [half, e.between("Add", [erf, e.scalar(x, 1)])], output);
};

/** x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3))) */
const geluTanh: Writer = (e, { inputs: [x], output }) => {
  const name = e.nameOf(x);
  const cube = e.between("Mul", [e.between("Mul", [name, name]), name]);
  const bent = e.between("Add", [name, e.between("Mul", [cube, e.scalar(x, 0.044715)])]);
  const tanh = e.between("Tanh", [e.between("Mul", [bent, e.scalar(x, Math.sqrt(2 / Math.PI))])]);
  const half = e.between("Mul", [name, e.scalar(x, 0.5)]);
  e.add("Mul", [half, e.between("Add", [tanh, e.scalar(x, 1)])], output);
};

const silu: Writer = (e, { inputs: [x], output }) =>
  e.add("Mul", [e.nameOf(x), e.between("Sigmoid", [e.nameOf(x)])], output);

const mish: Writer = (e, { inputs: [x], output }) =>
  e.add("Mul", [e.nameOf(x), e.between("Tanh", [e.between("Softplus", [e.nameOf(x)])])], output);

/** ONNX knows no factor inside. */
const softplus: Writer = (e, op) => {
  const [[x], p] = [op.inputs, Number(op.options.p)];
  if (p === 1) return plain("Softplus")(e, op);
  const inner = e.between("Softplus", [e.between("Mul", [e.nameOf(x), e.scalar(x, p)])]);
  e.add("Div", [inner, e.scalar(x, p)], op.output);
};

const logSigmoid: Writer = (e, { inputs: [x], output }) =>
  e.add("Neg", [e.between("Softplus", [e.between("Neg", [e.nameOf(x)])])], output);

const threshold: Writer = (e, { inputs: [x], options: { p, q }, output }) => {
  const above = e.between("Greater", [e.nameOf(x), e.scalar(x, Number(p))]);
  e.add("Where", [above, e.nameOf(x), e.scalar(x, Number(q))], output);
};

/** One slope a channel stands along dimension 1. */
const prelu: Writer = (e, { inputs: [x, weight], output }) => {
  const behind = x.shape.slice(2).map(() => 1);
  const name = e.nameOf(weight);
  const slope =
    weight.numel() > 1 && behind.length > 0 ? e.between("Reshape", [name, e.ints([weight.numel(), ...behind])]) : name;
  e.add("PRelu", [e.nameOf(x), slope], output);
};

export const activationWriters: Readonly<Record<string, Writer>> = {
  relu: plain("Relu"),
  sigmoid: plain("Sigmoid"),
  logSigmoid,
  tanh: plain("Tanh"),
  erf: plain("Erf"),
  clamp: clip,
  hardtanh: clip,
  leakyRelu: withFloat("LeakyRelu", "alpha", "p"),
  elu: withFloat("Elu", "alpha", "p"),
  celu: withFloat("Celu", "alpha", "p"),
  selu: plain("Selu"),
  gelu,
  geluTanh,
  silu,
  mish,
  softplus,
  softsign: plain("Softsign"),
  hardswish: plain("HardSwish"),
  hardsigmoid: (e, { inputs: [x], output }) =>
    e.add("HardSigmoid", [e.nameOf(x)], output, { alpha: { float: 1 / 6 }, beta: { float: 0.5 } }),
  threshold,
  prelu,
};
