import type { UnaryRow } from "./kernels";

/** Questions to one number, answered with bools. They take every dtype. */
export const predicateRows = {
  /** Whether it is 0; NaN is not. */
  logicalNot: {
    name: "logicalNot",
    f: function logicalNot(x: number) {
      return x === 0 ? 1 : 0;
    },
    df: null,
  },
  isnan: {
    name: "isnan",
    f: function isnan(x: number) {
      return x !== x ? 1 : 0;
    },
    df: null,
  },
  isinf: {
    name: "isinf",
    f: function isinf(x: number) {
      return Math.abs(x) === Infinity ? 1 : 0;
    },
    df: null,
  },
  isfinite: {
    name: "isfinite",
    f: function isfinite(x: number) {
      return Math.abs(x) < Infinity ? 1 : 0;
    },
    df: null,
  },
} satisfies Record<string, UnaryRow>;
