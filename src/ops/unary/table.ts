import { elementaryRows } from "./elementary";
import { activationRows } from "./activationRows";
import { erfRow, geluRow, geluTanhRow } from "./gelu";
import { wholeToFloats, wholeToInts, type UnaryRow } from "./kernels";
import { predicateRows } from "./predicates";

/** Every elementwise function of one tensor. A new one is a row here and a line in `tensor/methods`. */
export const unaryRows = {
  neg: {
    name: "neg",
    f: function neg(x: number) {
      return -x;
    },
    df: function dneg(_x: number, _y: number) {
      return -1;
    },
    takes: wholeToInts,
  },
  exp: {
    name: "exp",
    f: function exp(x: number) {
      return Math.exp(x);
    },
    df: function dexp(_x: number, y: number) {
      return y;
    },
    takes: wholeToFloats,
  },
  log: {
    name: "log",
    f: function log(x: number) {
      return Math.log(x);
    },
    df: function dlog(x: number, _y: number) {
      return 1 / x;
    },
    takes: wholeToFloats,
  },
  sqrt: {
    name: "sqrt",
    f: function sqrt(x: number) {
      return Math.sqrt(x);
    },
    df: function dsqrt(_x: number, y: number) {
      return 0.5 / y;
    },
    takes: wholeToFloats,
  },
  abs: {
    name: "abs",
    f: function abs(x: number) {
      return Math.abs(x);
    },
    df: function dabs(x: number, _y: number) {
      return x > 0 ? 1 : x < 0 ? -1 : 0;
    },
    takes: wholeToInts,
  },
  relu: {
    name: "relu",
    // Written so that NaN stays NaN, as in PyTorch.
    f: function relu(x: number) {
      return x < 0 ? 0 : x;
    },
    df: function drelu(x: number, _y: number) {
      return x <= 0 ? 0 : 1;
    },
    takes: wholeToInts,
  },
  sigmoid: {
    name: "sigmoid",
    f: function sigmoid(x: number) {
      return 1 / (1 + Math.exp(-x));
    },
    df: function dsigmoid(_x: number, y: number) {
      return y * (1 - y);
    },
    takes: wholeToFloats,
  },
  /** log(sigmoid(x)), finite for every x. */
  logSigmoid: {
    name: "logSigmoid",
    f: function logSigmoid(x: number) {
      return (x < 0 ? x : 0) - Math.log1p(Math.exp(-Math.abs(x)));
    },
    df: function dlogSigmoid(x: number, _y: number) {
      return (x > 0 ? Math.exp(-x) : 1) / (1 + Math.exp(-Math.abs(x)));
    },
  },
  tanh: {
    name: "tanh",
    f: function tanh(x: number) {
      return Math.tanh(x);
    },
    df: function dtanh(_x: number, y: number) {
      return 1 - y * y;
    },
    takes: wholeToFloats,
  },
  /** x to the power p. */
  pow: {
    name: "pow",
    // Roots are taken as such, as PyTorch does: of -Infinity there is none, and of -0 the slope is -Infinity.
    f: function pow(x: number, p: number) {
      return p === 0.5 ? Math.sqrt(x) : p === -0.5 ? 1 / Math.sqrt(x) : Math.pow(x, p);
    },
    df: function dpow(x: number, _y: number, p: number) {
      return p === 0 ? 0 : p === 0.5 ? 0.5 / Math.sqrt(x) : p * Math.pow(x, p - 1);
    },
    takes: { int32: "int32", bool: "int32" },
  },
  /** x held between p and q; q goes before p, and NaN before both. */
  clamp: {
    name: "clamp",
    f: function clamp(x: number, p: number, q: number) {
      const least = x < p ? p : p <= 0 || p > 0 ? x : p;
      return least > q ? q : q <= 0 || q > 0 ? least : q;
    },
    df: function dclamp(x: number, _y: number, p: number, q: number) {
      return x >= p ? (x <= q ? 1 : 0) : 0;
    },
    takes: { int32: "int32", bool: "int32" },
  },
  /** x where it is positive, p times x elsewhere. */
  leakyRelu: {
    name: "leakyRelu",
    f: function leakyRelu(x: number, p: number) {
      return x > 0 ? x : x * p;
    },
    df: function dleakyRelu(x: number, _y: number, p: number) {
      return x > 0 ? 1 : p;
    },
  },
  /** x where it is positive, p * (exp(x) - 1) elsewhere. */
  elu: {
    name: "elu",
    f: function elu(x: number, p: number) {
      return x > 0 ? x : p * Math.expm1(x);
    },
    df: function delu(x: number, _y: number, p: number) {
      return x <= 0 ? p * Math.exp(x) : 1;
    },
  },
  erf: erfRow,
  gelu: geluRow,
  geluTanh: geluTanhRow,
  /** log(1 + exp(p * x)) / p; x itself where p * x is above q. */
  softplus: {
    name: "softplus",
    f: function softplus(x: number, p: number, q: number) {
      return x * p > q ? x : Math.log1p(Math.exp(x * p)) / p;
    },
    df: function dsoftplus(x: number, _y: number, p: number, q: number) {
      return x * p > q ? 1 : 1 / (1 + Math.exp(-x * p));
    },
  },
  /** The square root with slope 0 at 0, as the standard deviation of equal numbers has it. */
  spread: {
    name: "spread",
    f: function spread(x: number) {
      return Math.sqrt(x);
    },
    df: function dspread(_x: number, y: number) {
      return y > 0 ? 0.5 / y : y === 0 ? 0 : y;
    },
  },
  ...elementaryRows,
  ...predicateRows,
  ...activationRows,
} satisfies Record<string, UnaryRow>;

export type UnaryName = keyof typeof unaryRows;
