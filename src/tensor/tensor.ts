import { backward } from "../autograd/tape";
import {
  allocate,
  arrayOf,
  checkDType,
  checkDTypeName,
  getDevice,
  isFloat,
  type DeviceName,
  type DType,
  type Memory,
  type TypedArray,
} from "../devices/device";
import { readNow } from "../devices/readNow";
import { Storage } from "../devices/storage";
import type { TapeNode } from "../autograd/tape";
import { isGradEnabled } from "../autograd/noGrad";
import { DTypeError, GradError, ShapeError } from "../errors";
import * as ops from "../ops";
import { checkOptions } from "../options";
import { formatTensor } from "./format";
import { nest, type NestedList } from "./nest";
import { resolveDim, showShape, sizeOf, type Shape } from "./shape";

export { readNow } from "../devices/readNow";
export type Operand = ops.Operand;

/** Where and as what a tensor shall be, for `to`; what is left out stays. */
export interface ToOptions {
  device?: DeviceName;
  dtype?: DType;
}

/** A gradient in `grad`. One that only the engine has seen is freed when it is forgotten. */
export interface Gradient {
  tensor: Tensor;
  /** Whether anyone else may hold it. */
  seen: boolean;
  /** From before the backward pass that made it. */
  mark: number;
}

/**
 * An array of numbers with a shape, on a device, that remembers how it was computed if a gradient is wanted.
 * Numbers are contiguous and row-major. Operations return at once; reading (`data`, `item`, `tolist`) waits.
 * @see torch.Tensor
 */
export class Tensor {
  /** @internal The gradient and what may be done with its memory; `grad` is for everyone else. */
  gradient: Gradient | null = null;
  /** @internal */
  node: TapeNode | null = null;
  private wantsGrad = false;

  /** @internal Make tensors with tensor(), zeros(), fromArray() and so on. */
  constructor(
    /** @internal */
    public storage: Storage,
    readonly shape: Shape,
  ) {}

  /** The gradient that `backward()` left here, summed over calls until it is set to null. */
  get grad(): Tensor | null {
    if (this.gradient) this.gradient.seen = true;
    return this.gradient?.tensor ?? null;
  }
  set grad(tensor: Tensor | null) {
    this.gradient = tensor && { tensor, seen: true, mark: 0 };
  }

  get dtype(): DType {
    return this.storage.dtype;
  }
  get device(): DeviceName {
    return this.storage.device;
  }
  /** How many elements there are. @see torch.Tensor.numel */
  numel(): number {
    return sizeOf(this.shape);
  }
  /** The shape as an array of one's own, or the length of one dimension; negative ones count from the end. */
  size(): number[];
  size(dim: number): number;
  size(dim?: number): number[] | number {
    return dim === undefined ? [...this.shape] : this.shape[resolveDim("size", dim, this.shape.length)];
  }
  /** Whether `backward()` computes a gradient for this tensor. Can be set on a leaf of a float dtype. */
  get requiresGrad(): boolean {
    return this.wantsGrad;
  }
  set requiresGrad(wanted: boolean) {
    if (this.node && !wanted)
      throw new GradError(`requiresGrad: only a leaf can be changed, this is a result. Use detach().`);
    if (wanted && !isFloat(this.dtype))
      throw new DTypeError(`requiresGrad: only float tensors have gradients, this is ${this.dtype}.`);
    this.wantsGrad = wanted;
  }

  // Elementwise. Two tensors broadcast by NumPy's rule and meet in one dtype by PyTorch's; a number counts as its kind.
  add(other: Operand): Tensor {
    return ops.binary("add", this, other);
  }
  sub(other: Operand): Tensor {
    return ops.binary("sub", this, other);
  }
  mul(other: Operand): Tensor {
    return ops.binary("mul", this, other);
  }
  /** The quotient, a float also of integers. */
  div(other: Operand): Tensor {
    return ops.binary("div", this, other);
  }
  /** The larger of the two, element by element; NaN if either is. */
  maximum(other: Operand): Tensor {
    return ops.binary("maximum", this, other);
  }
  /** The smaller of the two, element by element; NaN if either is. */
  minimum(other: Operand): Tensor {
    return ops.binary("minimum", this, other);
  }
  /** Whether equal, as bool. */
  eq(other: Operand): Tensor {
    return ops.binary("eq", this, other);
  }
  /** Whether not equal, as bool. */
  ne(other: Operand): Tensor {
    return ops.binary("ne", this, other);
  }
  /** Whether less, as bool. */
  lt(other: Operand): Tensor {
    return ops.binary("lt", this, other);
  }
  /** Whether less or equal, as bool. */
  le(other: Operand): Tensor {
    return ops.binary("le", this, other);
  }
  /** Whether greater, as bool. */
  gt(other: Operand): Tensor {
    return ops.binary("gt", this, other);
  }
  /** Whether greater or equal, as bool. */
  ge(other: Operand): Tensor {
    return ops.binary("ge", this, other);
  }
  /** Whether both are other than 0, as bool; NaN is. */
  logicalAnd(other: Operand): Tensor {
    return ops.binary("logicalAnd", this, other);
  }
  /** Whether one of the two is other than 0, as bool. */
  logicalOr(other: Operand): Tensor {
    return ops.binary("logicalOr", this, other);
  }
  /** Whether just one of the two is other than 0, as bool. */
  logicalXor(other: Operand): Tensor {
    return ops.binary("logicalXor", this, other);
  }
  /** Whether it is 0, as bool: the opposite of a mask. */
  logicalNot(): Tensor {
    return ops.unary("logicalNot", this);
  }
  /** This where the condition (bools) is true, `other` elsewhere. @see torch.Tensor.where */
  where(condition: Tensor, other: Operand): Tensor {
    return ops.where(condition, this, other);
  }
  /** This with `value` where the mask (bools) is true; the mask broadcasts. @see torch.Tensor.masked_fill */
  maskedFill(mask: Tensor, value: Operand): Tensor {
    return ops.maskedFill(this, mask, value);
  }
  neg(): Tensor {
    return ops.unary("neg", this);
  }
  exp(): Tensor {
    return ops.unary("exp", this);
  }
  log(): Tensor {
    return ops.unary("log", this);
  }
  sqrt(): Tensor {
    return ops.unary("sqrt", this);
  }
  abs(): Tensor {
    return ops.unary("abs", this);
  }
  /** x * x, element by element. */
  square(): Tensor {
    return ops.unary("square", this);
  }
  /** 1 / x, element by element. */
  reciprocal(): Tensor {
    return ops.unary("reciprocal", this);
  }
  /** 1 / sqrt(x), element by element. */
  rsqrt(): Tensor {
    return ops.unary("rsqrt", this);
  }
  /** The sine of an angle in radians. */
  sin(): Tensor {
    return ops.unary("sin", this);
  }
  /** The cosine of an angle in radians. */
  cos(): Tensor {
    return ops.unary("cos", this);
  }
  /** The tangent of an angle in radians. */
  tan(): Tensor {
    return ops.unary("tan", this);
  }
  /** 1, -1, or 0 for zeros and NaN. */
  sign(): Tensor {
    return ops.unary("sign", this);
  }
  /** The largest whole number that is not above. */
  floor(): Tensor {
    return ops.unary("floor", this);
  }
  /** The smallest whole number that is not below. */
  ceil(): Tensor {
    return ops.unary("ceil", this);
  }
  /** Without the fraction. */
  trunc(): Tensor {
    return ops.unary("trunc", this);
  }
  /** The nearest whole number; halves go to the even one: 0.5 to 0, 1.5 to 2. */
  round(): Tensor {
    return ops.unary("round", this);
  }
  /** Whether it is NaN, as bool. */
  isnan(): Tensor {
    return ops.unary("isnan", this);
  }
  /** Whether it is infinity or minus infinity, as bool. */
  isinf(): Tensor {
    return ops.unary("isinf", this);
  }
  /** Whether it is neither infinite nor NaN, as bool. */
  isfinite(): Tensor {
    return ops.unary("isfinite", this);
  }
  pow(exponent: number): Tensor {
    return ops.pow(this, exponent);
  }
  /** Held between `min` and `max`, of which `max` counts where they cross. */
  clamp(min = -Infinity, max = Infinity): Tensor {
    return ops.clamp(this, min, max);
  }
  relu(): Tensor {
    return ops.unary("relu", this);
  }
  sigmoid(): Tensor {
    return ops.unary("sigmoid", this);
  }
  tanh(): Tensor {
    return ops.unary("tanh", this);
  }
  softmax(dim: number): Tensor {
    return ops.softmax(this, dim);
  }
  logSoftmax(dim: number): Tensor {
    return ops.logSoftmax(this, dim);
  }

  /**
   * Matrix product of [M,L] and [L,N]: [M,N]. A vector counts as one row (left) or one column (right); dimensions
   * before the last two are a batch and broadcast.
   */
  matmul(other: Tensor): Tensor {
    return ops.matmul(this, other);
  }

  /** The sum of the products of two vectors. */
  dot(other: Tensor): Tensor {
    return ops.dot(this, other);
  }
  /** Each element of this vector times each of the other: [M,N]. */
  outer(other: Tensor): Tensor {
    return ops.outer(this, other);
  }
  /** The product of two matrices. */
  mm(other: Tensor): Tensor {
    return ops.mm(this, other);
  }
  /** This matrix times a vector. */
  mv(other: Tensor): Tensor {
    return ops.mv(this, other);
  }
  /** Products of the matrices of two batches: [B,M,L] and [B,L,N] -> [B,M,N]. */
  bmm(other: Tensor): Tensor {
    return ops.bmm(this, other);
  }

  // Reductions: over all elements, or over the dimensions given.
  sum(dim?: number | number[], options: ops.ReduceOptions = {}): Tensor {
    return ops.sum(this, dim, options);
  }
  mean(dim?: number | number[], options: ops.ReduceOptions = {}): Tensor {
    return ops.mean(this, dim, options);
  }
  max(dim?: number, options: ops.ReduceOptions = {}): Tensor {
    return ops.max(this, dim, options);
  }
  min(dim?: number, options: ops.ReduceOptions = {}): Tensor {
    return ops.min(this, dim, options);
  }
  /** Position of the largest element, as int32; the first one of equals. */
  argmax(dim?: number, options: ops.ReduceOptions = {}): Tensor {
    return ops.argmax(this, dim, options);
  }
  /** Position of the smallest element, as int32; the first one of equals. */
  argmin(dim?: number, options: ops.ReduceOptions = {}): Tensor {
    return ops.argmin(this, dim, options);
  }
  /** The largest elements over `dim` and their positions (int32); the first one of equals. @see torch.max */
  maxWithIndices(dim: number, options: ops.ReduceOptions = {}): ops.ValuesAndIndices {
    return ops.maxWithIndices(this, dim, options);
  }
  /** The smallest elements over `dim` and their positions (int32); the first one of equals. @see torch.min */
  minWithIndices(dim: number, options: ops.ReduceOptions = {}): ops.ValuesAndIndices {
    return ops.minWithIndices(this, dim, options);
  }
  /** The product over all elements, or over `dim`. */
  prod(dim?: number, options: ops.ReduceOptions = {}): Tensor {
    return ops.prod(this, dim, options);
  }
  /** Whether any element is other than 0, as bool. */
  any(dim?: number | number[], options: ops.ReduceOptions = {}): Tensor {
    return ops.any(this, dim, options);
  }
  /** Whether all elements are other than 0, as bool. */
  all(dim?: number | number[], options: ops.ReduceOptions = {}): Tensor {
    return ops.all(this, dim, options);
  }
  /** The p-norm: by default the length of a vector; Infinity is the largest absolute value. */
  norm(p: number | "fro" = 2, dim?: number | number[], options: ops.ReduceOptions = {}): Tensor {
    return ops.norm(this, p, dim, options);
  }
  /** The variance; `correction` (default 1) is taken from the count. */
  var(dim?: number | number[], options: ops.VarianceOptions = {}): Tensor {
    return ops.variance(this, dim, options);
  }
  /** The standard deviation; `correction` (default 1) is taken from the count. */
  std(dim?: number | number[], options: ops.VarianceOptions = {}): Tensor {
    return ops.std(this, dim, options);
  }

  // Order along a dimension.
  /** The sum of each element and all before it along `dim`. */
  cumsum(dim: number): Tensor {
    return ops.cumsum(this, dim);
  }
  /** The elements in order along `dim` (default: the last), and where they were (int32). NaN comes last. */
  sort(dim = -1, options: ops.SortOptions = {}): ops.ValuesAndIndices {
    return ops.sort(this, dim, options);
  }
  /** The positions that sort along `dim` (default: the last), as int32. */
  argsort(dim = -1, options: ops.SortOptions = {}): Tensor {
    return ops.argsort(this, dim, options);
  }
  /** The k largest elements along `dim` (default: the last) in order, and where they were (int32). */
  topk(k: number, dim = -1, options: ops.TopkOptions = {}): ops.ValuesAndIndices {
    return ops.topk(this, k, dim, options);
  }

  // Parts.
  /**
   * Part of this, as Python's brackets give it: `x[i, a:b, rows]` is `x.index(i, "a:b", rows)`. An item is a number, a range
   * such as "1:3", null for all, "...", an array of numbers, or a tensor of int32 or of bools.
   */
  index(...items: ops.IndexItem[]): Tensor {
    return ops.index(this, items);
  }
  /** The elements at `index` of `dim`, which is dropped: `x.select(0, 2)` is Python's `x[2]`. */
  select(dim: number, index: number): Tensor {
    return ops.select(this, dim, index);
  }
  /** `length` elements along `dim` from `start` on, all of which must be there. */
  narrow(dim: number, start: number, length: number): Tensor {
    return ops.narrow(this, dim, start, length);
  }
  /** The rows of `dim` that `index` (int32 [count], or an array) names. */
  indexSelect(dim: number, index: Tensor | readonly number[]): Tensor {
    return ops.selectRows(this, dim, index);
  }
  /** The elements that `index` (int32) names along `dim`: for dim 1, out[i][j] = x[i][index[i][j]]. */
  gather(dim: number, index: Tensor): Tensor {
    return ops.gather(this, dim, index);
  }
  /** Cut along `dim` into pieces of `size`, or of the sizes given. */
  split(size: number | readonly number[], dim = 0): Tensor[] {
    return ops.split(this, size, dim);
  }
  /** Cut along `dim` into at most `chunks` pieces. */
  chunk(chunks: number, dim = 0): Tensor[] {
    return ops.chunk(this, chunks, dim);
  }
  /** What `select` gives for each position of `dim`. */
  unbind(dim = 0): Tensor[] {
    return ops.unbind(this, dim);
  }
  /** The lower triangle of each matrix, zeros above `diagonal` (default 0, the main one). */
  tril(diagonal = 0): Tensor {
    return ops.tril(this, diagonal);
  }
  /** The upper triangle of each matrix, zeros below `diagonal` (default 0, the main one). */
  triu(diagonal = 0): Tensor {
    return ops.triu(this, diagonal);
  }

  // Comparing whole tensors.
  /** Whether |this - other| <= atol + rtol * |other|, element by element, as bool. */
  isclose(other: Tensor, options: ops.CloseOptions = {}): Tensor {
    return ops.isclose(this, other, options);
  }
  /** Whether all elements are close; waits until they have been computed. */
  allclose(other: Tensor, options: ops.CloseOptions = {}): Promise<boolean> {
    return ops.allclose(this, other, options);
  }
  /** Whether shape and all elements are equal; waits until they have been computed. */
  equal(other: Tensor): Promise<boolean> {
    return ops.equal(this, other);
  }

  // Shape. `reshape` and its kin share the numbers; the others copy them.
  reshape(...shape: number[]): Tensor {
    return ops.reshape(this, shape, "reshape");
  }
  view(...shape: number[]): Tensor {
    return ops.reshape(this, shape, "view");
  }
  /** Dimensions from `startDim` to `endDim` become one. */
  flatten(startDim = 0, endDim = -1): Tensor {
    return ops.flatten(this, startDim, endDim);
  }
  squeeze(dim?: number): Tensor {
    return ops.squeeze(this, dim);
  }
  unsqueeze(dim: number): Tensor {
    return ops.unsqueeze(this, dim);
  }
  permute(...dims: number[]): Tensor {
    return ops.permute(this, dims);
  }
  transpose(dim0: number, dim1: number): Tensor {
    return ops.transpose(this, dim0, dim1);
  }
  /** A matrix transposed. @throws ShapeError for more than two dimensions: use mT or permute() */
  get T(): Tensor {
    return ops.transposed(this);
  }
  /** The matrices of the last two dimensions, transposed. */
  get mT(): Tensor {
    return ops.matrixTranspose(this);
  }
  /** Dimensions `source` at the places `destination`, the others in their order. */
  movedim(source: number | readonly number[], destination: number | readonly number[]): Tensor {
    return ops.movedim(this, source, destination);
  }
  /** Repeated along dimensions of length 1, and new ones in front; -1 keeps a length. */
  expand(...shape: number[]): Tensor {
    return ops.expand(this, shape);
  }
  /** Repeated to the shape of another tensor. */
  expandAs(other: Tensor): Tensor {
    return ops.expandAs(this, other);
  }
  /** Laid side by side so many times along each dimension. */
  repeat(...counts: number[]): Tensor {
    return ops.repeat(this, counts);
  }
  /** Moved on by `shifts` along `dims`; what leaves at the end comes in at the front. */
  roll(shifts: number | readonly number[], dims?: number | readonly number[]): Tensor {
    return ops.roll(this, shifts, dims);
  }
  /** Elements `start` to `end` (not included) along `dim`; negative positions count from the end. */
  slice(dim: number, start: number, end?: number, step = 1): Tensor {
    return ops.slice(this, dim, start, end, step);
  }
  /** In reverse order along `dims`. */
  flip(dims: number | readonly number[]): Tensor {
    return ops.flip(this, dims);
  }
  /** With more numbers around it; `pad` has a pair of counts a dimension, the last dimension first. */
  pad(pad: readonly number[], options: ops.PadOptions = {}): Tensor {
    return ops.pad(this, pad, options);
  }

  /** The tensors one after another along `dim` (default 0). @see torch.cat */
  static cat(tensors: readonly Tensor[], dim = 0): Tensor {
    return ops.cat(tensors, dim);
  }
  /** The tensors, all of one shape, side by side along a new dimension `dim` (default 0). @see torch.stack */
  static stack(tensors: readonly Tensor[], dim = 0): Tensor {
    return ops.stack(tensors, dim);
  }

  /**
   * Adds d(this)/d(leaf) to `grad` of every leaf that requires a gradient. Frees the graph unless `retainGraph`.
   * @throws GradError if this is not a scalar, or nothing was recorded
   */
  backward(options: { retainGraph?: boolean } = {}): void {
    if (!this.requiresGrad)
      throw new GradError(
        `backward: nothing was recorded for this tensor (shape ${showShape(this.shape)}). ` +
          `Set requiresGrad on what you differentiate by, and compute outside noGrad().`,
      );
    if (this.numel() !== 1)
      throw new GradError(
        `backward: loss is not a scalar (shape ${showShape(this.shape)}). Call loss.mean() or loss.sum() first.`,
      );
    const one = getDevice(this.device).upload(allocate(this.dtype, 1).fill(1));
    backward(this, one, options.retainGraph ?? false);
  }

  /**
   * Lets `backward()` leave a gradient here too, although this is no leaf: what a loss says about an activation.
   * @throws GradError if nothing was recorded for this tensor
   * @see torch.Tensor.retain_grad
   */
  retainGrad(): void {
    if (!this.requiresGrad)
      throw new GradError(
        `retainGrad: nothing was recorded for this tensor (shape ${showShape(this.shape)}). ` +
          `Set requiresGrad on what it is computed from, and compute outside noGrad().`,
      );
    if (this.node) this.node.retainedBy = this;
  }

  /** The same numbers (shared), cut off from the graph. */
  detach(): Tensor {
    return this.over(this.storage, this.shape);
  }
  /** A copy of the numbers, which gradients flow through. */
  clone(): Tensor {
    return ops.clone(this);
  }

  /**
   * This tensor on another device or of another dtype, or both; itself if nothing changes. Gradients flow through a change
   * of dtype, from float to float.
   * @param target "cpu", "float32", or { device, dtype }
   * @throws DeviceError if the numbers are still being computed on a GPU; read them with `await t.data()`
   * @throws DTypeError if a device does not hold the dtype, or int32 does not hold a number
   * @throws GradError for another device if it is part of a graph: move inputs and parameters before the forward pass
   * @see torch.Tensor.to
   */
  to(target: DeviceName | DType | ToOptions): Tensor {
    const { device = this.device, dtype = this.dtype } = readTarget(target);
    // On the device that holds both dtypes.
    if (getDevice(device).dtypes.includes(this.dtype)) return ops.cast(this.onDevice(device), dtype);
    return ops.cast(this, dtype).onDevice(device);
  }
  private onDevice(device: DeviceName): Tensor {
    if (device === this.device) return this;
    if (this.requiresGrad && isGradEnabled())
      throw new GradError(
        `to("${device}"): gradients do not flow between devices. Move the module with net.to("${device}"), ` +
          `or use detach() first.`,
      );
    return this.over(moveStorage(this.storage, device), this.shape);
  }
  /** As float32; itself if it is. */
  float(): Tensor {
    return ops.cast(this, "float32");
  }
  /** As float64, which only device "reference" holds. */
  double(): Tensor {
    return ops.cast(this, "float64");
  }
  /** As int32, without fractions; itself if it is. @throws DTypeError if a number lies outside int32 */
  int(): Tensor {
    return ops.cast(this, "int32");
  }
  /** As bool: whether other than 0; itself if it is. */
  bool(): Tensor {
    return ops.cast(this, "bool");
  }

  /** The numbers, row-major, as a copy of your own. Waits until they have been computed. */
  async data(): Promise<TypedArray> {
    return (await getDevice(this.device).read(this.storage.memory)).slice();
  }
  /** The one number of a tensor with one element. @throws ShapeError if it has more */
  async item(): Promise<number> {
    if (this.numel() !== 1)
      throw new ShapeError(
        `item: the tensor has ${this.numel()} elements (shape ${showShape(this.shape)}). ` +
          `Use tolist(), or reduce it with mean() or sum().`,
      );
    return (await getDevice(this.device).read(this.storage.memory))[0];
  }
  /** The numbers as nested arrays; a scalar as a number. */
  async tolist(): Promise<NestedList> {
    return nest(await this.data(), this.shape);
  }

  /** @internal A tensor of the same kind over `storage`. */
  over(storage: Storage, shape: Shape): Tensor {
    return new Tensor(storage, shape);
  }
  /** @internal A tensor over fresh numbers on this device. */
  sibling(memory: Memory, shape: Shape, dtype: DType): Tensor {
    return new Tensor(new Storage(memory, dtype, this.device), shape);
  }
  /** `[4,3,32,32] float32 on cpu`, for messages. */
  toString(): string {
    return `Tensor ${showShape(this.shape)} ${this.dtype} on ${this.device}`;
  }
  /** @internal What console.log shows; numbers only if they are at hand. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    const numbers = numbersAtHand(this);
    return numbers ? formatTensor(numbers, this.shape, this) : this.toString();
  }
}

/** @throws DeviceError, DTypeError, TypeError unless it names devices and dtypes that there are */
function readTarget(target: DeviceName | DType | ToOptions): ToOptions {
  if (typeof target !== "string") return checkOptions("to", target, { device: true, dtype: true });
  if (Object.hasOwn(arrayOf, target)) return { dtype: target as DType };
  if (/^(u?int|b?float|half|double|long|short|byte|char|bool|complex)/.test(target)) checkDTypeName(target);
  return { device: target as DeviceName };
}

/** @internal The numbers if nobody has to wait for them; only read them. */
export function numbersAtHand({ device, storage }: Tensor): TypedArray | null {
  const numbers = getDevice(device).read(storage.memory);
  return numbers instanceof Promise ? null : numbers;
}

/** @internal A copy of a storage on another device. */
export function moveStorage(storage: Storage, device: DeviceName): Storage {
  const target = getDevice(device);
  checkDType(`to("${device}")`, target, storage.dtype);
  const numbers = readNow(`to("${device}")`, storage);
  return new Storage(target.upload(numbers.slice()), storage.dtype, device);
}
