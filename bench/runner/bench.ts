import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Spec } from "../child/protocol";
import type { Options } from "../options";
import { allThreads } from "./peers";
import { Pool } from "./pool";

/** How much is measured. */
export interface Effort {
  rounds: number;
  /** Seconds of each engine in each round. */
  seconds: number;
  warmUp: number;
  /** How often a process is started where starting is what is measured. */
  starts: number;
  /** Training steps over which memory is watched. */
  steps: number;
}

const thorough: Effort = { rounds: 8, seconds: 0.2, warmUp: 0.4, starts: 7, steps: 1000 };
const quick: Effort = { rounds: 1, seconds: 0.02, warmUp: 0.02, starts: 1, steps: 20 };

/** One run of the benchmarks: what was asked for, the processes, and files that last as long as it does. */
export class Bench {
  readonly effort: Effort;
  readonly failures: string[] = [];
  private readonly warned = new Set<string>();
  private folder: string | null = null;
  private readonly exported = new Map<string, string>();

  constructor(
    readonly options: Options,
    readonly pool = new Pool(),
  ) {
    this.effort = options.quick ? quick : thorough;
  }

  /** What does not stop the run, said once; standard output holds results alone. */
  warn(words: string): void {
    if (this.warned.has(words)) return;
    this.warned.add(words);
    console.error(`warning: ${words}`);
  }

  /** Remembers that our engine failed at something, which makes the whole run fail in the end. */
  fail(words: string): void {
    this.failures.push(words);
  }

  /** The path of the spec's network as an ONNX file, written by a process of its own that then gives its memory back. */
  async exportOnnx(spec: Spec): Promise<string> {
    const key = JSON.stringify(spec);
    const known = this.exported.get(key);
    if (known !== undefined) return known;
    this.folder ??= mkdtempSync(join(tmpdir(), "receptive-bench-"));
    const path = join(this.folder, `${this.exported.size}.onnx`);
    const { child } = await this.pool.start("receptive", allThreads);
    try {
      await child.tell<"export">({ cmd: "export", spec, path });
    } finally {
      await child.close();
    }
    this.exported.set(key, path);
    return path;
  }

  /** Removes files that were exported so far: the largest have half a gigabyte. */
  forgetExports(): void {
    if (this.folder !== null) rmSync(this.folder, { recursive: true, force: true });
    this.folder = null;
    this.exported.clear();
  }

  async close(): Promise<void> {
    this.forgetExports();
    await this.pool.close();
  }
}
