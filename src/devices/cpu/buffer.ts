/** Numbers of device cpu, wherever they lie. */
import { dtypeOf, type DeviceBuffer, type DType, type Memory, type TypedArray } from "../device";
import { DeviceError } from "../../errors";
import type { Pointer } from "./heap";
import { copyOf, Room } from "./room";

let made = 0;

/** What tells by its absence that an array is gone. */
class Token {}

/** Numbers of device cpu. Nothing writes to them once they are made, but an optimizer to what it was given to update. */
export class CpuArray implements DeviceBuffer {
  /** Counts up with every array. */
  readonly serial = made++;
  /** Counts the changes of the numbers. */
  version = 0;
  /** Gone with this array, which is how its room finds out. */
  private token: Token | null = null;
  private constructor(private readonly room: Room) {
    if (room.isLarge) this.watch();
  }
  private watch(): void {
    this.token ??= new Token();
    this.room.token ??= new WeakRef(this.token);
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
  /** The numbers, if they lie in an ordinary array only. */
  get outside(): TypedArray | null {
    return this.room.at ? null : this.room.host;
  }
  /** Where the numbers are in the kernels' memory, until the next call of `wasm`. */
  pointer(): Pointer {
    return this.room.enter();
  }
  /** The same, for a kernel that changes the numbers. */
  pointerToChange(): Pointer {
    const at = this.room.enter();
    this.room.host = null;
    this.version++;
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
    if (this.room.kept) return;
    this.watch();
    this.room.keep();
  }
  /** Frees the memory; the array must not be used any more. */
  release(): void {
    const { room } = this;
    if (!room.at || room.kept) return;
    room.leave();
    room.host = null;
  }
}

/** @internal The serial of the newest array. */
export const newestSerial = (): number => made - 1;

/** @throws DeviceError if the memory belongs to another device */
export function asCpuArray(memory: Memory): CpuArray {
  if (memory instanceof CpuArray) return memory;
  throw new DeviceError(`cpu: got memory of another device. Move the tensor with .to("cpu").`);
}
