/**
 * Garbage collection of the arena. Nobody calls dispose, and V8 frees arrays late, because it does not see the memory that
 * they stand for. So the engine runs V8's collector itself, as often as costs little, and frees the blocks whose arrays are
 * gone. Where memory is scarce all the same, the oldest blocks of the young generation are spilled to the JavaScript heap
 * and loaded again when a kernel reads them. Gradients of inner values are freed at once, parameters are tenured.
 */
import { canCollect, collectGarbage } from "../garbage";
import type { Arena } from "./arena";
import type { Block } from "./block";

/** Bytes of young blocks below which nothing is collected. */
const LEAST_BYTES = 80 * 2 ** 20;
/** Bytes of young blocks at which a collection no longer waits for its share of time. */
const OVERDUE_BYTES = 512 * 2 ** 20;
/** Bytes of young blocks from which on they are spilled; a page's own collector runs only when it sees spilled arrays. */
const SPILL_BYTES = (canCollect ? 1536 : 256) * 2 ** 20;
/** Bytes of all blocks from which on young ones are spilled: addresses end at 4 GiB. */
const CROWDED_BYTES = 3 * 2 ** 30;
/** Milliseconds from which on a collection is slow, as in a process with much else on its heap: slow ones are rationed. */
const SLOW_MS = 20;
/** The share of all time that slow collections may take. */
const SHARE = 1 / 20;
/** Entries of the young generation from which on the empty ones are removed. */
const LEAST_ENTRIES = 65536;
/** Young blocks without a token that are in use by the ops at work, and therefore not spilled. */
const LATEST = 256;

/** The one collector of device cpu; `Block`s report to it. */
class Collector {
  private arena: Arena | null = null;
  /** Blocks that may be garbage, oldest first; null for those that have been freed since. */
  private young: (Block | null)[] = [];
  private youngBytes = 0;
  private tenured: Block[] = [];
  /** Bytes of the blocks tenured since the last collection: they, or what they were made of, may be garbage. */
  private newlyTenuredBytes = 0;
  /** Bytes of young and newly tenured blocks at which the next collection is due. */
  private budget = LEAST_BYTES;
  /** Length of `young` at which it is compacted. */
  private mostEntries = LEAST_ENTRIES;
  /** When the last collection ended, by `performance.now()`. */
  private collectedAt = 0;
  /** Milliseconds that a collection takes; one that other work interrupted does not count in full. */
  private collectionMs = 1;

  /** The kernels' memory. Blocks are loaded by kernels, so there is one by then. */
  get memory(): Arena {
    return this.arena as Arena;
  }
  set memory(arena: Arena) {
    this.arena = arena;
  }

  addYoung(block: Block): void {
    this.youngBytes += block.bytes;
    block.place = this.young.length;
    this.young.push(block);
  }
  /** Leaves a hole in the young generation, if the block is part of it. */
  removeYoung(block: Block): void {
    if (block.place < 0) return;
    this.youngBytes -= block.bytes;
    this.young[block.place] = null;
    block.place = -1;
  }
  /** A tenured block needs no copy on the JavaScript heap. */
  addTenured(block: Block): void {
    block.host = null;
    this.tenured.push(block);
    this.newlyTenuredBytes += block.bytes;
  }

  /** Collects if a collection is due; pointers handed out before are then void. Called before each kernel. */
  collectIfDue(): void {
    if (this.young.length > this.mostEntries) this.compact();
    if (this.youngBytes + this.newlyTenuredBytes > this.budget && this.arena) this.collect();
  }

  private collect(): void {
    const isTooSoon = this.collectionMs > SLOW_MS && performance.now() - this.collectedAt < this.collectionMs / SHARE;
    if (isTooSoon && this.youngBytes + this.newlyTenuredBytes < OVERDUE_BYTES && !this.isScarce()) {
      this.budget = this.youngBytes + this.newlyTenuredBytes + LEAST_BYTES / 4;
      return;
    }
    const start = performance.now();
    if (canCollect) collectGarbage();
    this.collectedAt = performance.now();
    this.collectionMs = Math.min(this.collectedAt - start, 1.5 * this.collectionMs + 1);
    this.newlyTenuredBytes = 0;
    this.freeGarbage();
    if (this.isScarce())
      for (let i = 0; i < this.young.length && this.youngBytes > LEAST_BYTES; i++) this.young[i]?.spill();
    // As many bytes as survived may come before the next collection.
    this.budget = Math.max(Math.min(2 * this.youngBytes, SPILL_BYTES), LEAST_BYTES);
  }

  private isScarce(): boolean {
    return this.youngBytes > SPILL_BYTES || this.memory.heap.used > CROWDED_BYTES;
  }

  /** Frees the blocks whose arrays are gone. Blocks without a token are spilled, except the latest. */
  private freeGarbage(): void {
    const latest = this.young.length - LATEST;
    this.young.forEach((block, i) => {
      if (!block) return;
      if (block.token ? block.token.deref() === undefined : block.host) block.free();
      else if (!block.isLarge && i < latest) block.spill();
    });
    for (const block of this.tenured) if (!block.token?.deref()) block.free();
    this.compact();
  }

  /** Removes the holes of blocks that were freed. */
  private compact(): void {
    this.young = this.young.filter((block) => block !== null);
    this.young.forEach((block, place) => ((block as Block).place = place));
    this.tenured = this.tenured.filter((block) => block.at !== 0);
    this.mostEntries = Math.max(LEAST_ENTRIES, 2 * this.young.length);
  }
}

export const collector = new Collector();
