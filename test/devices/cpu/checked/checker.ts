/**
 * Watches every load and store of the cpu device's kernels while the chunks of each job run one by one. Chunks may run at
 * the same time on different threads, so a chunk may write only what no other chunk of its job writes.
 *
 * Kernels read whole vectors at a row's end, of which they use a part, so a chunk may read what another chunk writes. That
 * nothing depends on it is shown by running the chunks in either order, on memory whose blocks were filled with NaN and with
 * huge numbers of either sign before they were handed out: what was read is then another number each time.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { blockSize, type Pointer } from "../../../../src/devices/cpu/heap";
import type { WasmKernels } from "../../../../src/devices/cpu/kernels";
import type { Instance } from "../../../../src/devices/cpu/module";
import { loadedKernels } from "../../../../src/devices/cpu/wasm";

/** Made by `scripts/lib/checkedWasm.mjs`. */
const moduleFile = join(__dirname, "..", "checked.wasm");

// TypeScript declares it only together with a page's DOM.
declare const WebAssembly: {
  Memory: new (limits: { initial: number; maximum: number }) => Instance["memory"];
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: unknown };
};

interface CheckedExports extends WasmKernels {
  runChunk(job: number, chunk: number): void;
}

const SCRATCH_BYTES = 2 * 2 ** 20;
/** Of the threads' control block, whose words for arguments the kernels' chunks read. */
const CONTROL_BYTES = 1024;

export class Checker {
  /** What is wrong, whatever the results are; the first few. */
  readonly findings = new Set<string>();
  /** Reads of what another chunk writes, which explain a result that depends on the order of chunks; the first few. */
  readonly crossings = new Set<string>();
  /** Jobs that were cut into more than one chunk. */
  cut = 0;
  /** Whether the last chunk of a job runs first: results must not depend on it. */
  backward = false;
  /** Chunks are made for so many times less work than on a real machine, so that small shapes are cut too. */
  divisor = 1;
  /** What is in memory that nobody has written. */
  poison = NaN;

  private readonly names = JSON.parse(readFileSync(`${moduleFile}.jobs.json`, "utf8")) as string[];
  private readonly memory = new WebAssembly.Memory({ initial: 1024, maximum: 65536 });
  private kernels!: CheckedExports;
  /** For each word: the chunk (counted through all jobs) that wrote or read it last. */
  private writer = new Int32Array(0);
  private reader = new Int32Array(0);
  /** The job in which a second chunk read the word. */
  private sharedIn = new Int32Array(0);
  /** Whether the word belongs to a block that was handed out. */
  private owned = new Uint8Array(0);
  /** The chunk at work, counted through; 0 outside of jobs. */
  private chunk = 0;
  private chunks = 0;
  private firstOfJob = 0;
  private jobs = 0;
  private job = 0;
  private scratch = 0;
  private control = 0;

  /** Loads the checked kernels as those of device cpu. The process must not have loaded others. */
  constructor() {
    const { heap } = loadedKernels(() => this.instantiate());
    const [take, give] = [heap.take.bind(heap), heap.give.bind(heap)];
    heap.take = (bytes) => {
      const at = take(bytes);
      this.mark(at, bytes, true);
      return at;
    };
    heap.give = (at, bytes) => {
      this.mark(at, bytes, false);
      give(at, bytes);
    };
  }

  private instantiate(): Instance {
    const { memory } = this;
    const checker = {
      read: (at: Pointer, offset: number, bytes: number) => (this.onRead((at >>> 0) + offset, bytes), at),
      write: (at: Pointer, offset: number, bytes: number) => (this.onWrite((at >>> 0) + offset, bytes), at),
      copy: (to: Pointer, from: Pointer, bytes: number) => {
        this.onRead(from >>> 0, bytes);
        this.onWrite(to >>> 0, bytes);
        new Uint8Array(memory.buffer as ArrayBuffer).copyWithin(to >>> 0, from >>> 0, (from >>> 0) + bytes);
      },
      fill: (to: Pointer, value: number, bytes: number) => {
        this.onWrite(to >>> 0, bytes);
        new Uint8Array(memory.buffer as ArrayBuffer).fill(value, to >>> 0, (to >>> 0) + bytes);
      },
      fork: (job: number, chunks: number) => this.fork(job, chunks),
      work: (least: number) => least / this.divisor,
    };
    const module = new WebAssembly.Module(readFileSync(moduleFile));
    const { exports } = new WebAssembly.Instance(module, { env: { memory }, checker });
    const own = exports as CheckedExports;
    const setup: WasmKernels["setup"] = (control, threads, scratch) => {
      [this.control, this.scratch] = [control, scratch];
      own.setup(control, threads, scratch);
    };
    this.kernels = { ...own, setup };
    return { kernels: this.kernels, module, memory, fused: false, shared: false };
  }

  private fork(job: number, chunks: number): void {
    this.jobs++;
    this.job = job;
    this.firstOfJob = this.chunks + 1;
    if (chunks > 1) this.cut++;
    for (let i = 0; i < chunks; i++) {
      this.chunk = ++this.chunks;
      this.floats().fill(this.poison, this.scratch / 4, (this.scratch + SCRATCH_BYTES) / 4);
      this.kernels.runChunk(job, this.backward ? chunks - 1 - i : i);
    }
    this.chunk = 0;
  }

  private onRead(at: Pointer, bytes: number): void {
    if (this.chunk === 0 || this.isScratch(at)) return;
    for (let word = at >> 2; word <= (at + bytes - 1) >> 2; word++) {
      const { writer, reader, sharedIn } = this.shadow(word);
      if (writer[word] >= this.firstOfJob && writer[word] !== this.chunk)
        this.found("reads what another chunk writes", word, this.crossings);
      if (reader[word] >= this.firstOfJob && reader[word] !== this.chunk) sharedIn[word] = this.jobs;
      reader[word] = this.chunk;
    }
  }

  private onWrite(at: Pointer, bytes: number): void {
    if (this.isScratch(at)) {
      if (at + bytes > this.scratch + SCRATCH_BYTES) this.found("writes behind its scratch memory", at >> 2);
      return;
    }
    for (let word = at >> 2; word <= (at + bytes - 1) >> 2; word++) {
      const { writer, reader, sharedIn, owned } = this.shadow(word);
      const isArguments = at >= this.control && at < this.control + CONTROL_BYTES;
      if (this.chunk === 0) {
        if (!isArguments && !owned[word]) this.found("writes outside the memory it was given", word);
        continue;
      }
      if (isArguments) this.found("writes the arguments of its job", word);
      else if (!owned[word]) this.found("writes outside the memory it was given", word);
      if (writer[word] >= this.firstOfJob && writer[word] !== this.chunk)
        this.found("writes what another chunk writes", word);
      if (reader[word] >= this.firstOfJob && (reader[word] !== this.chunk || sharedIn[word] === this.jobs))
        this.found("writes what another chunk reads", word, this.crossings);
      writer[word] = this.chunk;
    }
  }

  private isScratch(at: Pointer): boolean {
    return at >= this.scratch && at < this.scratch + SCRATCH_BYTES;
  }

  private found(what: string, word: number, among = this.findings): void {
    if (among.size >= 3) return;
    const chunk = this.chunk - this.firstOfJob;
    const where = this.chunk === 0 ? "outside of chunks" : `${this.names[this.job]}, chunk ${chunk}`;
    among.add(`${what} (${where}, at ${word * 4})`);
  }

  private floats(): Float32Array {
    return new Float32Array(this.memory.buffer as ArrayBuffer);
  }

  /** A block changes hands: nothing may be expected of what lies in it. Whole vectors may be written at its end. */
  private mark(at: Pointer, bytes: number, owned: boolean): void {
    const [from, to] = [at / 4, (at + blockSize(bytes)) / 4];
    this.shadow(to).owned.fill(owned ? 1 : 0, from, to);
    this.floats().fill(this.poison, from, Math.min(to, this.floats().length));
  }

  private shadow(word: number): this {
    if (word < this.writer.length) return this;
    const length = Math.max(this.memory.buffer.byteLength / 4, word + 1);
    const grown = <T extends Int32Array | Uint8Array>(old: T, fresh: T): T => (fresh.set(old), fresh);
    this.writer = grown(this.writer, new Int32Array(length));
    this.reader = grown(this.reader, new Int32Array(length));
    this.sharedIn = grown(this.sharedIn, new Int32Array(length));
    this.owned = grown(this.owned, new Uint8Array(length));
    return this;
  }
}
