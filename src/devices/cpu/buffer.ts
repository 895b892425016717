/**
 * Where the numbers of device cpu lie: in the kernels' memory while they are in use there, otherwise in an ordinary typed
 * array. Nobody calls dispose. V8 frees objects when it likes and tells nobody in time, so memory is *evicted* rather than
 * freed: when many blocks have been handed out since, the numbers of an old one move to an ordinary array, which the
 * garbage collector frees with the last reference to it, and come back if they are used again. What the engine knows to
 * be of no more use (the gradients of inner values) is freed at once, and parameters stay where they are.
 */
import { arrayOf, dtypeOf, type DeviceBuffer, type DType, type Memory, type TypedArray } from "../device";
import { DeviceError } from "../../errors";
import type { Heap, Pointer } from "./heap";

/** What the kernels' memory looks like from here. */
export interface Home {
  readonly heap: Heap;
  readonly buffer: ArrayBufferLike;
}

/** Blocks handed out since, in bytes, after which numbers move out of the kernels' memory: at least, and at most. */
const LEAST_BYTES = 32 * 2 ** 20;
const MOST_BYTES = 1536 * 2 ** 20;
/** Whether an array of so many bytes is still alive is worth asking; a copy of a smaller one costs less. */
const LARGE_BYTES = 64 * 2 ** 10;
/** In use, in bytes, from which on nothing stays for comfort: addresses end at 4 GiB. */
const CROWDED_BYTES = 3 * 2 ** 30;

let home: Home | null = null;
/** Arrays in the kernels' memory that may be of no more use, oldest first; some have left since. */
let young: (Room | null)[] = [];
let oldest = 0;
let youngBytes = 0;
/** A step that comes back for numbers that have moved out needs more room; one that never does is given less. */
let budget = LEAST_BYTES;
let movedOutSince = 0;
let made = 0;

/** A block of the kernels' memory, as long as its numbers are there, and the numbers when they have moved out. */
class Room {
  at: Pointer = 0;
  kept = false;
  hasMovedOut = false;
  /** Gone when V8 has found that the array is. A token rather than the array: what a weak reference has given out stays
   * alive until the running code ends, which for the array would be a leak in a long loop. */
  token: WeakRef<object> | null = null;
  constructor(
    readonly length: number,
    readonly dtype: DType,
    public host: TypedArray | null,
  ) {}
  get bytes(): number {
    return this.length * arrayOf[this.dtype].BYTES_PER_ELEMENT;
  }
  view(): TypedArray {
    return new arrayOf[this.dtype]((home as Home).buffer as ArrayBuffer, this.at, this.length);
  }
  /** In the kernels' memory, wherever the numbers were. */
  enter(): Pointer {
    if (this.at) return this.at;
    if (this.hasMovedOut) {
      budget = Math.min(budget + this.bytes, MOST_BYTES);
      movedOutSince = 0;
      this.hasMovedOut = false;
    }
    if (!this.host)
      throw new Error("cpu: numbers were used after the engine had freed them. Please report this.");
    const { heap } = home as Home;
    this.at = heap.take(this.bytes);
    this.view().set(this.host);
    if (this.kept) this.host = null;
    this.queue();
    return this.at;
  }
  queue(): void {
    if (this.kept) return;
    young.push(this);
    youngBytes += this.bytes;
  }
  /** Away from the kernels' memory; the numbers are kept unless nobody can ask for them any more. */
  moveOut(): void {
    const isDead = this.token !== null && this.token.deref() === undefined;
    if (!isDead && !this.host) {
      this.host = copyOf(this.view());
      this.hasMovedOut = this.bytes >= LARGE_BYTES;
      movedOutSince += this.bytes;
    }
    this.leave();
  }
  leave(): void {
    (home as Home).heap.give(this.at, this.bytes);
    this.at = 0;
    if (!this.kept) youngBytes -= this.bytes;
  }
}

/** Frees the blocks of parameters that nobody has any more, whenever V8 finds out. */
const lost = new FinalizationRegistry<Room>((room) => {
  if (room.at) room.leave();
});

/** Numbers of device cpu. Nothing writes to them once they are made, but an optimizer to what it was given to update. */
export class CpuArray implements DeviceBuffer {
  /** Counts up with every array. */
  readonly serial = made++;
  private readonly token: object | null;
  private constructor(private readonly room: Room) {
    const isLarge = room.at !== 0 && room.bytes >= LARGE_BYTES;
    this.token = isLarge ? {} : null;
    if (this.token) room.token = new WeakRef(this.token);
  }

  /** Numbers in an ordinary array, which is the engine's from now on. */
  static of(data: TypedArray): CpuArray {
    return new CpuArray(new Room(data.length, dtypeOf(data), data));
  }
  /** @internal Takes over a block that a kernel has filled. */
  static at(pointer: Pointer, length: number, dtype: DType): CpuArray {
    const room = new Room(length, dtype, null);
    room.at = pointer;
    room.queue();
    return new CpuArray(room);
  }

  get length(): number {
    return this.room.length;
  }
  get dtype(): DType {
    return this.room.dtype;
  }
  /** Where the numbers are in the kernels' memory, until the next call of `wasm`. */
  pointer(): Pointer {
    return this.room.enter();
  }
  /** The same, for a kernel that changes the numbers. */
  pointerToChange(): Pointer {
    const at = this.room.enter();
    this.room.host = null;
    return at;
  }
  /** The numbers where they lie, to be used at once: the next op may move them. */
  numbers(): TypedArray {
    return this.room.host ?? this.room.view();
  }
  /** The numbers in an array that nothing changes any more. */
  read(): TypedArray {
    const { room } = this;
    if (room.host) return room.host;
    const copy = copyOf(room.view());
    if (!room.kept) room.host = copy;
    return copy;
  }
  /** Lets the numbers stay in the kernels' memory for as long as someone has this array. */
  keep(): void {
    const { room } = this;
    if (room.kept) return;
    if (room.at) {
      youngBytes -= room.bytes;
      room.host = null;
    }
    room.kept = true;
    lost.register(this, room);
  }
  /** Frees the memory; the array must not be used any more. */
  release(): void {
    const { room } = this;
    if (!room.at || room.kept) return;
    room.leave();
    room.host = null;
  }
}

/** A copy in memory of its own that has not been filled with zeros first. */
function copyOf(numbers: TypedArray): TypedArray {
  if (numbers.byteLength < 4096 || typeof Buffer === "undefined") return numbers.slice();
  const { buffer } = Buffer.allocUnsafeSlow(numbers.byteLength);
  const copy = new arrayOf[dtypeOf(numbers)](buffer);
  copy.set(numbers);
  return copy;
}

/** @internal The kernels' memory, once there is one. */
export function setHome(next: Home): void {
  home = next;
}

/** @internal Moves out what has been in the kernels' memory for long. Pointers handed out before are void. */
export function evict(): void {
  const most = home && home.heap.used > CROWDED_BYTES ? LEAST_BYTES : budget;
  while (youngBytes > most && oldest < young.length) {
    const room = young[oldest];
    young[oldest++] = null;
    if (room?.at && !room.kept) room.moveOut();
  }
  if (movedOutSince > 16 * budget && budget > LEAST_BYTES) {
    budget = Math.max(budget / 2, LEAST_BYTES);
    movedOutSince = 0;
  }
  if (oldest > 4096 && oldest * 2 > young.length) {
    young = young.slice(oldest);
    oldest = 0;
  }
}

/** @internal The serial of the newest array. */
export const newestSerial = (): number => made - 1;

/** @throws DeviceError if the memory belongs to another device */
export function asCpuArray(memory: Memory): CpuArray {
  if (memory instanceof CpuArray) return memory;
  throw new DeviceError(`cpu: got memory of another device. Move the tensor with .to("cpu").`);
}
