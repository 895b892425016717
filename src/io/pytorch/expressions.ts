/** Ops as Python expressions. */
import type { TracedOp } from "../../ops/define/trace";
import { keywords, literal } from "./python";

/** Writes one op; `x` holds its inputs as expressions. */
export type Expression = (x: string[], op: TracedOp) => string;

const called =
  (name: string): Expression =>
  (x) =>
    `torch.${name}(${x.join(", ")})`;

const functional =
  (name: string): Expression =>
  (x) =>
    `F.${name}(${x.join(", ")})`;

/** The batch is left open where a shape keeps it. */
function openShape({ inputs: [x], output }: TracedOp): string {
  const [first, ...rest] = output.shape;
  return literal(first === x.shape[0] && first > 0 ? [-1, ...rest] : [...output.shape]);
}

const windowed =
  (name: string): Expression =>
  (x, { options }) =>
    `F.${name}(${x.join(", ")}${keywords(options)})`;

const withParameter =
  (write: (p: unknown, q: unknown) => string): Expression =>
  ([x], { options: { p = 0, q = 0 } }) =>
    write(p, q).replace("x", x);

export const expressions: Record<string, Expression> = {
  ...Object.fromEntries(
    ["neg", "exp", "log", "sqrt", "abs", "relu", "sigmoid", "tanh", "erf"].map((name) => [name, called(name)]),
  ),
  ...Object.fromEntries(["add", "sub", "mul", "div", "maximum", "eq", "gt"].map((name) => [name, called(name)])),
  batchMatmul: called("matmul"),
  pow: withParameter((p) => `torch.pow(x, ${literal(p)})`),
  clamp: withParameter((p, q) => `torch.clamp(x, ${literal(p)}, ${literal(q)})`),
  leakyRelu: withParameter((p) => `F.leaky_relu(x, ${literal(p)})`),
  elu: withParameter((p) => `F.elu(x, ${literal(p)})`),
  hardtanh: withParameter((p, q) => `F.hardtanh(x, ${literal(p)}, ${literal(q)})`),
  celu: withParameter((p) => `F.celu(x, ${literal(p)})`),
  threshold: withParameter((p, q) => `F.threshold(x, ${literal(p)}, ${literal(q)})`),
  ...Object.fromEntries(
    ["hardsigmoid", "hardswish", "silu", "mish", "selu", "softsign", "prelu"].map((name) => [name, functional(name)]),
  ),
  logSigmoid: functional("logsigmoid"),
  softplus: withParameter((p, q) => `F.softplus(x, ${literal(p)}, ${literal(q)})`),
  gelu: ([x]) => `F.gelu(${x})`,
  geluTanh: ([x]) => `F.gelu(${x}, approximate="tanh")`,
  sum: ([x], { options }) => `${x}.sum(${literal(options.dim)})`,
  max: ([x], { options }) => `${x}.amax(${literal(options.dim)})`,
  min: ([x], { options }) => `${x}.amin(${literal(options.dim)})`,
  argmax: ([x], { options }) => `${x}.argmax(${literal(options.dim)})`,
  softmax: ([x], { options }) => `F.softmax(${x}, dim=${literal(options.dim)})`,
  logSoftmax: ([x], { options }) => `F.log_softmax(${x}, dim=${literal(options.dim)})`,
  cat: (x, { options }) => `torch.cat((${x.join(", ")}), dim=${literal(options.dim)})`,
  reshape: ([x], op) => `${x}.reshape${openShape(op)}`,
  matmul: ([a, b], { options }) =>
    `torch.matmul(${a}${options.transposeA ? ".T" : ""}, ${b}${options.transposeB ? ".T" : ""})`,
  linear: (x) => `F.linear(${x.join(", ")})`,
  conv2d: windowed("conv2d"),
  maxPool2d: windowed("max_pool2d"),
  avgPool2d: windowed("avg_pool2d"),
  adaptiveAvgPool2d: ([x], { options }) => `F.adaptive_avg_pool2d(${x}, ${literal(options.outputSize)})`,
};
