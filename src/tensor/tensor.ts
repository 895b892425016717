import { show } from "../arguments";
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
import { yieldToEventLoop } from "../eventLoop";
import * as ops from "../ops";
import { checkOptions, type OptionNames } from "../options";
import { formatTensor } from "./format";
import { Arrangement } from "./methods/arrangement";
import { nest, type NestedList } from "./nest";
import { resolveDim, sameShape, showShape, sizeOf, type Shape } from "./shape";

export { readNow } from "../devices/readNow";
export type Operand = ops.Operand;

/** Where and as what a tensor shall be, for `to`; what is left out stays. */
export interface ToOptions {
  device?: DeviceName;
  dtype?: DType;
}

const backwardOptions: OptionNames<{ retainGraph?: boolean }> = { retainGraph: true };

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
export class Tensor extends Arrangement {
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
  ) {
    super();
  }

  /** The gradient that `backward()` left here, summed over calls until it is set to null. */
  get grad(): Tensor | null {
    if (this.gradient) this.gradient.seen = true;
    return this.gradient?.tensor ?? null;
  }
  /** @throws GradError unless it is null, or a tensor of the same shape, dtype and device */
  set grad(tensor: Tensor | null) {
    if (tensor) checkGradient(this, tensor);
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
    const { retainGraph = false } = checkOptions("backward", options, backwardOptions, arguments, 0);
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
    backward(this, one, retainGraph);
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

  /**
   * The numbers, row-major, as a copy of your own. Waits until they have been computed, and lets the notebook answer, so
   * that a loop that reads its loss can be watched.
   */
  async data(): Promise<TypedArray> {
    const numbers = (await getDevice(this.device).read(this.storage.memory)).slice();
    await yieldToEventLoop();
    return numbers;
  }
  /** The one number of a tensor with one element. Waits as `data` does. @throws ShapeError if it has more */
  async item(): Promise<number> {
    if (this.numel() !== 1)
      throw new ShapeError(
        `item: the tensor has ${this.numel()} elements (shape ${showShape(this.shape)}). ` +
          `Use tolist(), or reduce it with mean() or sum().`,
      );
    const [number] = await getDevice(this.device).read(this.storage.memory);
    await yieldToEventLoop();
    return number;
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
  override toString(): string {
    return `Tensor ${showShape(this.shape)} ${this.dtype} on ${this.device}`;
  }
  /** @internal What console.log shows; numbers only if they are at hand. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    const numbers = numbersAtHand(this);
    return numbers ? formatTensor(numbers, this.shape, this) : this.toString();
  }
}

function checkGradient(tensor: Tensor, gradient: Tensor): void {
  const what = show(gradient);
  const fits =
    (gradient as unknown) instanceof Tensor &&
    sameShape(gradient.shape, tensor.shape) &&
    gradient.dtype === tensor.dtype &&
    gradient.device === tensor.device;
  if (!fits)
    throw new GradError(
      `grad: a gradient has the shape, dtype and device of its tensor (${tensor.toString()}), got ${what}. ` +
        `Give null to forget it.`,
    );
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
