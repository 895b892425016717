/**
 * Where the numbers of an array lie: in the kernels' memory while they are in use there, otherwise in an ordinary typed
 * array. Nobody calls dispose, and V8 frees objects when it likes, because it does not see how much memory theirs stand
 * for. So the engine asks it to, as often as costs little, and frees the blocks whose arrays are then gone. Where memory
 * gets scarce all the same, numbers *move out* into ordinary arrays, oldest first, and come back if they are used again.
 * What the engine knows to be of no more use (gradients of inner values) is freed at once; parameters stay where they are.
 */
import { arrayOf, dtypeOf, type DType, type TypedArray } from "../device";
import { canCollect, collectGarbage } from "./collect";
import type { Heap, Pointer } from "./heap";

/** What the kernels' memory looks like from here. */
export interface Home {
  readonly heap: Heap;
  readonly buffer: ArrayBufferLike;
}

/** Bytes of blocks that may be of no more use: below, nobody looks. */
const LEAST_BYTES = 80 * 2 ** 20;
/** Milliseconds from which on a look takes long, as in a process with much else in its memory: then looks wait their turn,
 * up to so many bytes. Others do not, so that memory stays flat. */
const LONG_LOOK = 20;
const MANY_BYTES = 512 * 2 ** 20;
/** From so many bytes on numbers move out: young ones, or all in use, as addresses end at 4 GiB. What has moved out makes a
 * browser collect garbage by itself. */
const MOST_BYTES = (canCollect ? 1536 : 256) * 2 ** 20;
const CROWDED_BYTES = 3 * 2 ** 30;
/** The part of all time that long looks may take. */
const SHARE = 1 / 20;
/** A copy of less costs no more than to ask whether the array is still there. */
const LARGE_BYTES = 4096;

let home: Home | null = null;
/** Arrays in the kernels' memory that may be of no more use, oldest first; null for those that have left. */
let young: (Room | null)[] = [];
let youngBytes = 0;
/** Parameters in the kernels' memory, which stay for as long as someone has them. */
let keptRooms: Room[] = [];
/** Bytes of those that came since the last look: nobody needs the ordinary arrays that they came from, and maybe not them. */
let newlyKept = 0;
/** When to look next: at so many bytes, and at so many arrays, most of which have then left. */
let budget = LEAST_BYTES;
let mostYoung = 65536;
let lookedAt = 0;
/** In milliseconds, as a rule: one that was interrupted by other work does not count. */
let lookTakes = 1;

/** A block of the kernels' memory, as long as its numbers are there, and the numbers when they have moved out. */
export class Room {
  at: Pointer = 0;
  kept = false;
  /** Where it is in `young`; -1 if it is not. */
  private place = -1;
  /** Gone when V8 has found that the array is. A token rather than the array, which a weak reference would keep alive. */
  token: WeakRef<object> | null = null;
  constructor(
    readonly length: number,
    readonly dtype: DType,
    public host: TypedArray | null,
  ) {}
  get bytes(): number {
    return this.length * arrayOf[this.dtype].BYTES_PER_ELEMENT;
  }
  get isLarge(): boolean {
    return this.bytes >= LARGE_BYTES;
  }
  view(): TypedArray {
    return new arrayOf[this.dtype]((home as Home).buffer as ArrayBuffer, this.at, this.length);
  }
  /** In the kernels' memory, wherever the numbers were. */
  enter(): Pointer {
    if (this.at) return this.at;
    if (!this.host) throw new Error("cpu: numbers were used after the engine had freed them. Please report this.");
    this.at = (home as Home).heap.take(this.bytes);
    this.view().set(this.host);
    if (this.kept) this.stay();
    else this.queue();
    return this.at;
  }
  private stay(): void {
    this.host = null;
    keptRooms.push(this);
    newlyKept += this.bytes;
  }
  queue(): void {
    youngBytes += this.bytes;
    this.place = young.length;
    young.push(this);
  }
  private unqueue(): void {
    if (this.place < 0) return;
    youngBytes -= this.bytes;
    young[this.place] = null;
    this.place = -1;
  }
  /** Others before it have left. */
  moveUp(place: number): void {
    this.place = place;
  }
  /** Away from the kernels' memory, with the numbers. */
  moveOut(): void {
    this.host ??= copyOf(this.view());
    this.leave();
  }
  leave(): void {
    (home as Home).heap.give(this.at, this.bytes);
    this.at = 0;
    this.unqueue();
  }
  /** No longer among those that move out. */
  keep(): void {
    this.kept = true;
    if (!this.at) return;
    this.unqueue();
    this.stay();
  }
}

/** A copy in memory of its own that has not been filled with zeros first. */
export function copyOf(numbers: TypedArray): TypedArray {
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

/** @internal Frees what is of no more use, if it is time to. Pointers handed out before are void. */
export function evict(): void {
  if (young.length > mostYoung) forgetGone();
  if (youngBytes + newlyKept <= budget || !home) return;
  const isShort = (): boolean => youngBytes > MOST_BYTES || (home as Home).heap.used > CROWDED_BYTES;
  const now = performance.now();
  const isTooSoon = lookTakes > LONG_LOOK && now - lookedAt < lookTakes / SHARE;
  if (isTooSoon && youngBytes + newlyKept < MANY_BYTES && !isShort()) {
    budget = youngBytes + newlyKept + LEAST_BYTES / 4;
    return;
  }
  lookTakes = Math.min(collectGarbage(), 1.5 * lookTakes + 1);
  lookedAt = performance.now();
  newlyKept = 0;
  freeDead();
  const isScarce = isShort();
  for (let i = 0; i < young.length && youngBytes > LEAST_BYTES && isScarce; i++) young[i]?.moveOut();
  // As much again may come before the next look, like in a garbage collector.
  budget = Math.max(Math.min(2 * youngBytes, MOST_BYTES), LEAST_BYTES);
}

/** Frees the blocks of arrays that are gone. Small ones, of which that is unknown, move out, but for the latest. */
function freeDead(): void {
  const latest = young.length - 256;
  young.forEach((room, i) => {
    if (!room) return;
    if (room.token ? room.token.deref() === undefined : room.host) room.leave();
    else if (!room.isLarge && i < latest) room.moveOut();
  });
  for (const room of keptRooms) if (!room.token?.deref()) room.leave();
  forgetGone();
}

function forgetGone(): void {
  const left = young.filter((room) => room !== null);
  left.forEach((room, place) => room.moveUp(place));
  young = left;
  keptRooms = keptRooms.filter((room) => room.at !== 0);
  mostYoung = Math.max(65536, 2 * young.length);
}
