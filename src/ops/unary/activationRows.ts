import type { UnaryRow } from "./kernels";

/** Activation functions beside those that began the table, and one loss. At NaN, infinities and corners they are PyTorch's. */
export const activationRows = {
  /** x held between p and q, without a slope at either bound: where it differs from `clamp`. */
  hardtanh: {
    name: "hardtanh",
    f: function hardtanh(x: number, p: number, q: number) {
      const raised = x < p ? p : x;
      return raised > q ? q : raised;
    },
    df: function dhardtanh(x: number, _y: number, p: number, q: number) {
      return x > p ? (x < q ? 1 : 0) : 0;
    },
  },
  /** A straight line from 0 at -3 to 1 at 3. */
  hardsigmoid: {
    name: "hardsigmoid",
    f: function hardsigmoid(x: number) {
      return x <= -3 ? 0 : x >= 3 ? 1 : (x + 3) / 6;
    },
    df: function dhardsigmoid(x: number, _y: number) {
      return x > -3 ? (x < 3 ? 1 / 6 : 0) : 0;
    },
  },
  /** x times hardsigmoid(x). */
  hardswish: {
    name: "hardswish",
    f: function hardswish(x: number) {
      return x * (x <= -3 ? 0 : x >= 3 ? 1 : (x + 3) / 6);
    },
    df: function dhardswish(x: number, _y: number) {
      return x <= -3 ? 0 : x >= 3 ? 1 : x / 3 + 0.5;
    },
  },
  /** x times sigmoid(x). */
  silu: {
    name: "silu",
    f: function silu(x: number) {
      return x / (1 + Math.exp(-x));
    },
    df: function dsilu(x: number, _y: number) {
      const s = 1 / (1 + Math.exp(-x));
      return s * (1 + x * (1 - s));
    },
  },
  /**
   * x times tanh(log(1 + exp(x))), where the tangent is n / (n + 2) with n = exp(x) * (exp(x) + 2): no logarithm, and no
   * digits lost. Above 20 it is 1.
   */
  mish: {
    name: "mish",
    f: function mish(x: number) {
      const e = x > 20 ? Math.exp(20) : Math.exp(x);
      const n = e * (e + 2);
      return x * (n / (n + 2));
    },
    df: function dmish(x: number, _y: number) {
      const e = x > 20 ? Math.exp(20) : Math.exp(x);
      const n = e * (e + 2);
      const bend = x > 20 ? 0 : ((e / (1 + e)) * 4 * (n + 1)) / ((n + 2) * (n + 2));
      return n / (n + 2) + x * bend;
    },
  },
  /** ELU with the two constants that keep mean 0 and variance 1 from layer to layer. */
  selu: {
    name: "selu",
    f: function selu(x: number) {
      return x > 0 ? 1.0507009873554805 * x : 1.7580993408473766 * Math.expm1(x);
    },
    df: function dselu(x: number, _y: number) {
      return x > 0 ? 1.0507009873554805 : 1.7580993408473766 * Math.exp(x);
    },
  },
  /** x where it is positive, p * (exp(x / p) - 1) elsewhere: smooth at 0 for every p. */
  celu: {
    name: "celu",
    f: function celu(x: number, p: number) {
      return x > 0 ? x : p * Math.expm1(x / p);
    },
    df: function dcelu(x: number, _y: number, p: number) {
      return x > 0 ? 1 : Math.exp(x / p);
    },
  },
  /** x where it is above p, q elsewhere. */
  threshold: {
    name: "threshold",
    f: function threshold(x: number, p: number, q: number) {
      return x <= p ? q : x;
    },
    df: function dthreshold(x: number, _y: number, p: number) {
      return x <= p ? 0 : 1;
    },
  },
  /** x / (1 + |x|) */
  softsign: {
    name: "softsign",
    f: function softsign(x: number) {
      return x / (1 + Math.abs(x));
    },
    // Infinity over infinity: the value is NaN there, and so is the slope.
    df: function dsoftsign(x: number, y: number) {
      return 1 / ((1 + Math.abs(x)) * (1 + Math.abs(x))) + 0 * y;
    },
  },
  /** x * x / 2 up to p, p * (|x| - p / 2) above: the loss of a difference. */
  huber: {
    name: "huber",
    f: function huber(x: number, p: number) {
      return Math.abs(x) <= p ? 0.5 * x * x : p * (Math.abs(x) - 0.5 * p);
    },
    df: function dhuber(x: number, _y: number, p: number) {
      return x <= -p ? -p : x >= p ? p : x;
    },
  },
} satisfies Record<string, UnaryRow>;
