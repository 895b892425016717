import { arrayOf, dtypeOf, type DType, type TypedArray } from "../device";
import { collector } from "./collector";
import type { Pointer } from "./heap";

/** Bytes from which on a block is collected by its token; a copy of a smaller one takes no longer than reading the token. */
const LARGE_BYTES = 4096;

/**
 * The numbers of one array: a block of the arena, a typed array on the JavaScript heap, or both. A block is spilled when its
 * numbers are copied to the JavaScript heap and its memory is freed.
 */
export class Block {
  /** Where the numbers lie in the arena; 0 if they do not. */
  at: Pointer = 0;
  /** A parameter's or an optimizer's: never spilled, and freed only when its array is garbage. */
  tenured = false;
  /** The place in the collector's young generation; -1 outside of it. */
  place = -1;
  /** Empty once V8 has collected the array's token. The array itself would be kept alive by a weak reference to it. */
  token: WeakRef<object> | null = null;

  constructor(
    readonly length: number,
    readonly dtype: DType,
    /** The numbers on the JavaScript heap; null if they lie in the arena alone. */
    public host: TypedArray | null,
  ) {}

  get bytes(): number {
    return this.length * arrayOf[this.dtype].BYTES_PER_ELEMENT;
  }
  get isLarge(): boolean {
    return this.bytes >= LARGE_BYTES;
  }
  /** The numbers in the arena, until it grows or the block is freed. */
  view(): TypedArray {
    return new arrayOf[this.dtype](collector.memory.buffer as ArrayBuffer, this.at, this.length);
  }
  /** Where the numbers lie in the arena; they are copied there if they lie on the JavaScript heap alone. */
  load(): Pointer {
    if (this.at) return this.at;
    if (!this.host) throw new Error("cpu: numbers were used after the engine had freed them. Please report this.");
    this.at = collector.memory.heap.take(this.bytes);
    this.view().set(this.host);
    if (this.tenured) collector.addTenured(this);
    else collector.addYoung(this);
    return this.at;
  }
  /** Copies the numbers to the JavaScript heap and frees the arena's memory. */
  spill(): void {
    this.host ??= copyOf(this.view());
    this.free();
  }
  /** Frees the arena's memory. */
  free(): void {
    collector.memory.heap.give(this.at, this.bytes);
    this.at = 0;
    collector.removeYoung(this);
  }
  /** Out of the young generation: the block is not spilled any more. */
  tenure(): void {
    this.tenured = true;
    if (!this.at) return;
    collector.removeYoung(this);
    collector.addTenured(this);
  }
}

/** A copy in memory of its own; from 4 KiB on memory that was not filled with zeros first. */
export function copyOf(numbers: TypedArray): TypedArray {
  if (numbers.byteLength < 4096 || typeof Buffer === "undefined") return numbers.slice();
  const { buffer } = Buffer.allocUnsafeSlow(numbers.byteLength);
  const copy = new arrayOf[dtypeOf(numbers)](buffer);
  copy.set(numbers);
  return copy;
}
