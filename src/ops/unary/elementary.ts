import { wholeToFloats, wholeToInts, type UnaryRow } from "./kernels";

/** Roots, powers, circular functions, rounding: what arithmetic with single numbers needs besides networks' functions. */
export const elementaryRows = {
  square: {
    name: "square",
    f: function square(x: number) {
      return x * x;
    },
    df: function dsquare(x: number, _y: number) {
      return 2 * x;
    },
    takes: { int32: "int32", bool: "int32" },
  },
  reciprocal: {
    name: "reciprocal",
    f: function reciprocal(x: number) {
      return 1 / x;
    },
    df: function dreciprocal(_x: number, y: number) {
      return -y * y;
    },
    takes: wholeToFloats,
  },
  /** 1 / sqrt(x). */
  rsqrt: {
    name: "rsqrt",
    f: function rsqrt(x: number) {
      return 1 / Math.sqrt(x);
    },
    df: function drsqrt(_x: number, y: number) {
      return -0.5 * y * y * y;
    },
    takes: wholeToFloats,
  },
  /** x to the power p, with slope 0 at 0: the last step of a norm, which has no other slope there. */
  root: {
    name: "root",
    f: function root(x: number, p: number) {
      return Math.pow(x, p);
    },
    df: function droot(x: number, _y: number, p: number) {
      return x > 0 ? p * Math.pow(x, p - 1) : x === 0 ? 0 : x;
    },
  },
  sin: {
    name: "sin",
    f: function sin(x: number) {
      return Math.sin(x);
    },
    df: function dsin(x: number, _y: number) {
      return Math.cos(x);
    },
    takes: wholeToFloats,
  },
  cos: {
    name: "cos",
    f: function cos(x: number) {
      return Math.cos(x);
    },
    df: function dcos(x: number, _y: number) {
      return -Math.sin(x);
    },
    takes: wholeToFloats,
  },
  tan: {
    name: "tan",
    f: function tan(x: number) {
      return Math.tan(x);
    },
    df: function dtan(_x: number, y: number) {
      return 1 + y * y;
    },
    takes: wholeToFloats,
  },
  /** 1, -1, or 0 for zeros and NaN. */
  sign: {
    name: "sign",
    f: function sign(x: number) {
      return x > 0 ? 1 : x < 0 ? -1 : 0;
    },
    df: function dsign(_x: number, _y: number) {
      return 0;
    },
    takes: { int32: "int32", bool: "bool" },
  },
  floor: {
    name: "floor",
    f: function floor(x: number) {
      return Math.floor(x);
    },
    df: function dfloor(_x: number, _y: number) {
      return 0;
    },
    takes: wholeToInts,
  },
  ceil: {
    name: "ceil",
    f: function ceil(x: number) {
      return Math.ceil(x);
    },
    df: function dceil(_x: number, _y: number) {
      return 0;
    },
    takes: wholeToInts,
  },
  /** Without the fraction: towards 0. */
  trunc: {
    name: "trunc",
    f: function trunc(x: number) {
      return x < 0 ? Math.ceil(x) : Math.floor(x);
    },
    df: function dtrunc(_x: number, _y: number) {
      return 0;
    },
    takes: wholeToInts,
  },
  /** The nearest whole number; of two that are equally near the even one, as in PyTorch and not as Math.round. */
  round: {
    name: "round",
    f: function round(x: number) {
      const size = Math.abs(x);
      const below = Math.floor(size);
      const rest = size - below;
      // An odd number leaves a half of its half.
      const odd = below * 0.5 - Math.floor(below * 0.5);
      const nearest = rest < 0.5 || (rest === 0.5 && odd === 0) || below === size ? below : below + 1;
      return x < 0 ? -nearest : x === 0 ? x : nearest;
    },
    df: function dround(_x: number, _y: number) {
      return 0;
    },
    takes: wholeToInts,
  },
} satisfies Record<string, UnaryRow>;
