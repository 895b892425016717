import type { BinaryRow } from "./kernels";

/** Every elementwise function of two tensors. A new one is a row here and a line in `tensor/methods`, if it is a tensor's. */
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
    ofBools: "logicalOr",
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
    ofBools: null,
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
    ofBools: "logicalAnd",
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
    meets: "float",
  },
  /** The larger one, NaN (which no comparison finds) if either is; a tie shares the gradient, as PyTorch does. */
  maximum: {
    name: "maximum",
    f: function maximum(a: number, b: number) {
      return a > b ? a : a <= b ? b : a + b;
    },
    da: function maximumA(a: number, b: number) {
      return a === b ? 0.5 : a < b ? 0 : 1;
    },
    db: function maximumB(a: number, b: number) {
      return a === b ? 0.5 : a > b ? 0 : 1;
    },
    ofBools: "logicalOr",
  },
  /** The smaller one, as above. */
  minimum: {
    name: "minimum",
    f: function minimum(a: number, b: number) {
      return a < b ? a : a >= b ? b : a + b;
    },
    da: function minimumA(a: number, b: number) {
      return a === b ? 0.5 : a > b ? 0 : 1;
    },
    db: function minimumB(a: number, b: number) {
      return a === b ? 0.5 : a < b ? 0 : 1;
    },
    ofBools: "logicalAnd",
  },
  /** The cross-entropy of sigmoid(a) against a target b from 0 to 1. */
  bceWithLogits: {
    name: "bceWithLogits",
    f: function bceWithLogits(a: number, b: number) {
      return (1 - b) * a - (a < 0 ? a : 0) + Math.log1p(Math.exp(-Math.abs(a)));
    },
    da: function bceWithLogitsA(a: number, b: number) {
      return 1 / (1 + Math.exp(-a)) - b;
    },
    db: function bceWithLogitsB(a: number, _b: number) {
      return -a;
    },
    meets: "float",
  },
  eq: {
    name: "eq",
    f: function eq(a: number, b: number) {
      return a === b ? 1 : 0;
    },
    da: null,
    db: null,
  },
  ne: {
    name: "ne",
    f: function ne(a: number, b: number) {
      return a === b ? 0 : 1;
    },
    da: null,
    db: null,
  },
  lt: {
    name: "lt",
    f: function lt(a: number, b: number) {
      return a < b ? 1 : 0;
    },
    da: null,
    db: null,
  },
  le: {
    name: "le",
    f: function le(a: number, b: number) {
      return a <= b ? 1 : 0;
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
  ge: {
    name: "ge",
    f: function ge(a: number, b: number) {
      return a >= b ? 1 : 0;
    },
    da: null,
    db: null,
  },
  /** What is not 0 is true, NaN included. */
  logicalAnd: {
    name: "logicalAnd",
    f: function logicalAnd(a: number, b: number) {
      return a === 0 ? 0 : b === 0 ? 0 : 1;
    },
    da: null,
    db: null,
    meets: "bool",
  },
  logicalOr: {
    name: "logicalOr",
    f: function logicalOr(a: number, b: number) {
      return a === 0 ? (b === 0 ? 0 : 1) : 1;
    },
    da: null,
    db: null,
    meets: "bool",
  },
  logicalXor: {
    name: "logicalXor",
    f: function logicalXor(a: number, b: number) {
      return a === 0 ? (b === 0 ? 0 : 1) : b === 0 ? 1 : 0;
    },
    da: null,
    db: null,
    meets: "bool",
  },
} satisfies Record<string, BinaryRow>;

export type BinaryName = keyof typeof binaryRows;
