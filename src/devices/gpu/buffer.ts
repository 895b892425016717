import { allocate, dtypeOf, type DType, type DeviceBuffer, type Memory, type TypedArray } from "../device";
import { DeviceError } from "../../errors";
import { sizeOf } from "../../tensor/shape";
import { flatten, type GpuJsResult } from "./gpujs";

/** Where numbers lie once they are computed: on the host, or on the GPU. */
export type Value = TypedArray | GpuJsResult;

export const isOnHost = (value: Value): value is TypedArray => ArrayBuffer.isView(value);

/** Sizes of numbers that do not exist yet. */
interface Expected {
  length: number;
  dtype: DType;
}

/** Kernels compute with floats alone, whatever the dtype. */
export const floatsOf = (numbers: TypedArray): Float32Array =>
  numbers instanceof Float32Array ? numbers : Float32Array.from(numbers);

/** A buffer of device gpu: a value, or a promise of one. An error while computing surfaces when it is read. */
export class GpuArray implements DeviceBuffer {
  private value: Value | null = null;
  private readonly promise: Promise<Value> | null = null;
  /** The copy on the host of a value that lies on the GPU, once someone has read it. */
  private copy: TypedArray | Promise<TypedArray> | null = null;
  /** The copy on the GPU of a value that lies on the host, once a kernel has used it. */
  private deviceCopy: GpuJsResult | null = null;
  private isOfHost = false;

  constructor(
    value: Value | Promise<Value>,
    private expected: Expected | null = null,
  ) {
    if (!(value instanceof Promise)) {
      this.value = this.typed(value);
      return;
    }
    this.promise = value.then((settled) => (this.value = this.typed(settled)));
    this.promise.catch(() => {}); // a failure that nobody reads must not end the process
  }

  get length(): number {
    return this.known().length;
  }
  get dtype(): DType {
    return this.known().dtype;
  }
  /** False for a result of host code that waits for its inputs: only running the code will tell its length. */
  get sizeIsKnown(): boolean {
    return this.expected !== null || this.value !== null;
  }
  private known(): Expected {
    if (this.expected) return this.expected;
    if (this.value && isOnHost(this.value)) return { length: this.value.length, dtype: dtypeOf(this.value) };
    throw new DeviceError(
      `gpu: the length of a result that is still being computed is not known yet. Use the tensor's shape.`,
    );
  }

  /** What a result of host code will be, which itself does not know before it has run. */
  announce(shape: readonly number[], dtype: DType): void {
    if (this.sizeIsKnown) return;
    this.expected = { length: sizeOf(shape), dtype };
    this.isOfHost = true;
  }
  /** Whether host code makes the numbers, which may then be integers that are no floats. */
  get comesFromHost(): boolean {
    return this.value ? isOnHost(this.value) : this.isOfHost;
  }

  /** Kernels give floats; numbers on the host have the dtype that was announced. */
  private typed<V extends Value>(value: V): V | TypedArray {
    const { expected } = this;
    if (!expected || !isOnHost(value) || dtypeOf(value) === expected.dtype) return value;
    const numbers = allocate(expected.dtype, value.length);
    numbers.set(value);
    return numbers;
  }

  /** The value if it has been computed. */
  now(): Value | null {
    return this.value;
  }
  /** Where the numbers lie on the GPU, if they do. */
  onDevice(): GpuJsResult | null {
    if (this.deviceCopy) return this.deviceCopy;
    return this.value && !isOnHost(this.value) ? this.value : null;
  }
  /** Kernels use `copy` from now on. */
  keepOnDevice(copy: GpuJsResult): void {
    this.deviceCopy = copy;
  }
  /** Fulfils when the value has been computed. */
  async computed(): Promise<void> {
    await this.promise;
  }
  /** The numbers on the host; a promise while they are computed or fetched. */
  read(): TypedArray | Promise<TypedArray> {
    const { value } = this;
    if (!value) return this.computed().then(() => this.read());
    if (isOnHost(value)) return value;
    this.copy ??= value.toArray().then((rows) => (this.copy = this.typed(flatten(rows, this.length))));
    return this.copy;
  }
  /** Moves the numbers to the host and frees the GPU's memory. */
  async spill(): Promise<void> {
    const resident = this.onDevice();
    if (!resident) return;
    this.value = await this.read();
    this.deviceCopy = null;
    resident.delete();
  }
  /** Frees the GPU's memory of numbers that nobody will use again. */
  free(): void {
    this.onDevice()?.delete();
    this.deviceCopy = null;
  }
}

/** @throws DeviceError if the memory belongs to another device */
export function asGpuArray(memory: Memory): GpuArray {
  if (memory instanceof GpuArray) return memory;
  throw new DeviceError(`gpu: got memory of another device. Move the tensor with .to("gpu").`);
}
