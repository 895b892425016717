/** A byte address in the arena. */
export type Pointer = number;

/** Bytes behind a block that kernels may read: whole vectors at a row's end, of which they use a part. */
const TAIL = 256;
/** The share of free memory from which on free blocks are merged. */
const WORTH_MERGING = 1 / 4;

/**
 * An allocator. A training step asks for the same sizes each time, so free blocks are kept by size; neighbours are merged
 * only when no block fits.
 */
export class Heap {
  private readonly free = new Map<number, Pointer[]>();
  private freeBytes = 0;
  private top: Pointer;
  private farthest = 0;

  /** @param reach makes the memory at least as long as its argument, in bytes */
  constructor(
    private readonly start: Pointer,
    private readonly reach: (bytes: number) => void,
  ) {
    this.top = start;
  }

  /** Bytes of the blocks in use. */
  get used(): number {
    return this.top - this.start - this.freeBytes;
  }

  /** The most bytes that were ever in use, gaps included. */
  get peak(): number {
    return this.farthest;
  }

  /** A block of at least `bytes` at a multiple of 64. */
  take(bytes: number): Pointer {
    const size = blockSize(bytes);
    const at = this.free.get(size)?.pop();
    if (at !== undefined) {
      this.freeBytes -= size;
      return at;
    }
    return this.split(size) ?? this.extend(size);
  }

  give(at: Pointer, bytes: number): void {
    this.put(at, blockSize(bytes));
  }

  private put(at: Pointer, size: number): void {
    const list = this.free.get(size);
    if (list) list.push(at);
    else this.free.set(size, [at]);
    this.freeBytes += size;
  }

  private extend(size: number): Pointer {
    const at = this.top;
    this.reach(at + size + TAIL);
    this.top += size;
    this.farthest = Math.max(this.farthest, this.top - this.start);
    return at;
  }

  /** The front of the smallest free block that is large enough, where enough is free for a search to pay. */
  private split(size: number): Pointer | null {
    if (this.freeBytes < size || this.freeBytes < WORTH_MERGING * (this.top - this.start)) return null;
    const found = this.smallest(size) ?? (this.merge(), this.smallest(size));
    if (found === null) return null;
    const at = this.free.get(found)?.pop() as Pointer;
    this.freeBytes -= found;
    if (found > size) this.put(at + size, found - size);
    return at;
  }

  private smallest(size: number): number | null {
    let best: number | null = null;
    for (const [each, list] of this.free)
      if (list.length && each >= size && (best === null || each < best)) best = each;
    return best;
  }

  private merge(): void {
    const blocks: [Pointer, number][] = [];
    for (const [size, list] of this.free) for (const at of list) blocks.push([at, size]);
    blocks.sort((a, b) => a[0] - b[0]);
    this.free.clear();
    this.freeBytes = 0;
    for (let i = 0; i < blocks.length;) {
      const at = blocks[i][0];
      let end = at;
      for (; i < blocks.length && blocks[i][0] === end; i++) end += blocks[i][1];
      if (end === this.top) this.top = at;
      else this.put(at, end - at);
    }
  }
}

/** Bytes that a block of `bytes` takes up: whole cache lines; large ones in steps of an eighth, so that similar sizes fit each other. */
export function blockSize(bytes: number): number {
  const lines = Math.max(64, Math.ceil(bytes / 64) * 64);
  if (lines <= 4096) return lines;
  const step = 2 ** (Math.floor(Math.log2(lines)) - 3);
  return Math.ceil(lines / step) * step;
}
