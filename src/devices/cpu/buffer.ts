/** Arrays of device cpu, in the arena or on the JavaScript heap. */
import { dtypeOf, type DeviceBuffer, type DType, type Memory, type TypedArray } from "../device";
import { DeviceError } from "../../errors";
import type { Pointer } from "./heap";
import { copyOf, Block } from "./block";
import { collector } from "./collector";

/** Collected by V8 together with the array that has it. */
class Token {}

/** An array of device cpu. Its numbers never change, unless an optimizer was given them to update. */
export class CpuArray implements DeviceBuffer {
  /** Arrays made so far. */
  private static made = 0;
  /** Counts up with every array. */
  readonly serial = CpuArray.made++;
  /** Counts the changes of the numbers. */
  version = 0;
  private token: Token | null = null;
  private constructor(private readonly block: Block) {
    if (block.isLarge) this.watch();
  }
  /** Lets the collector see when this array is garbage. */
  private watch(): void {
    this.token ??= new Token();
    this.block.token ??= new WeakRef(this.token);
  }

  /** @internal The serial of the newest array. */
  static newestSerial(): number {
    return CpuArray.made - 1;
  }

  /** Numbers in a typed array, which is the engine's from now on. */
  static of(data: TypedArray): CpuArray {
    return new CpuArray(new Block(data.length, dtypeOf(data), data));
  }
  /** @internal Takes over a block that a kernel has filled. */
  static at(pointer: Pointer, length: number, dtype: DType): CpuArray {
    const block = new Block(length, dtype, null);
    block.at = pointer;
    collector.addYoung(block);
    return new CpuArray(block);
  }

  get length(): number {
    return this.block.length;
  }
  get dtype(): DType {
    return this.block.dtype;
  }
  /** The numbers, if they lie on the JavaScript heap alone. */
  get outside(): TypedArray | null {
    return this.block.at ? null : this.block.host;
  }
  /** Where the numbers lie in the arena, until the next call of `wasm`. */
  pointer(): Pointer {
    return this.block.load();
  }
  /** The same, for a kernel that changes the numbers. */
  pointerToChange(): Pointer {
    const at = this.block.load();
    this.block.host = null;
    this.version++;
    return at;
  }
  /** The numbers where they lie, to be used at once: the next op may move them. */
  numbers(): TypedArray {
    return this.block.host ?? this.block.view();
  }
  /** The numbers in an array that nothing changes any more. */
  read(): TypedArray {
    const { block } = this;
    if (block.host) return block.host;
    const copy = copyOf(block.view());
    if (!block.tenured) block.host = copy;
    return copy;
  }
  /** Tenures the numbers: they stay in the arena until this array is garbage. */
  keep(): void {
    if (this.block.tenured) return;
    this.watch();
    this.block.tenure();
  }
  /** Frees the memory; the array must not be used any more. */
  release(): void {
    const { block } = this;
    if (!block.at || block.tenured) return;
    block.free();
    block.host = null;
  }
}

/** @throws DeviceError if the memory belongs to another device */
export function asCpuArray(memory: Memory): CpuArray {
  if (memory instanceof CpuArray) return memory;
  throw new DeviceError(`cpu: got memory of another device. Move the tensor with .to("cpu").`);
}
