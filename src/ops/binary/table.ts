import type { BinaryRow } from "./kernels";

/** Every elementwise function of two tensors. A new one is a row here and a line in `tensor.ts`. */
export const binaryRows = {
  add: {
    name: "add",
    f: function add(a: number, b: number) {
      return a + b;
    },
    da: function addA(_a: number, _b: number) {
      return 1;
    },
    db: function addB(_a: number, _b: number) {
      return 1;
    },
  },
  sub: {
    name: "sub",
    f: function sub(a: number, b: number) {
      return a - b;
    },
    da: function subA(_a: number, _b: number) {
      return 1;
    },
    db: function subB(_a: number, _b: number) {
      return -1;
    },
  },
  mul: {
    name: "mul",
    f: function mul(a: number, b: number) {
      return a * b;
    },
    da: function mulA(_a: number, b: number) {
      return b;
    },
    db: function mulB(a: number, _b: number) {
      return a;
    },
  },
  div: {
    name: "div",
    f: function div(a: number, b: number) {
      return a / b;
    },
    da: function divA(_a: number, b: number) {
      return 1 / b;
    },
    db: function divB(a: number, b: number) {
      return -a / (b * b);
    },
  },
  /** The larger one; a tie shares the gradient, as PyTorch does. */
  maximum: {
    name: "maximum",
    f: function maximum(a: number, b: number) {
      return a > b ? a : b;
    },
    da: function maximumA(a: number, b: number) {
      return a > b ? 1 : a === b ? 0.5 : 0;
    },
    db: function maximumB(a: number, b: number) {
      return b > a ? 1 : a === b ? 0.5 : 0;
    },
  },
  eq: {
    name: "eq",
    f: function eq(a: number, b: number) {
      return a === b ? 1 : 0;
    },
    da: null,
    db: null,
  },
  gt: {
    name: "gt",
    f: function gt(a: number, b: number) {
      return a > b ? 1 : 0;
    },
    da: null,
    db: null,
  },
} satisfies Record<string, BinaryRow>;

export type BinaryName = keyof typeof binaryRows;
