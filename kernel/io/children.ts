/**
 * Children of cells that inherit stdout or stderr write into the notebook, below the cell that started them, however late.
 * A child that the cell waits for synchronously writes into the pipes of nativeOutput.ts, because the main thread cannot read;
 * any other gets pipes of its own, so that it is known whose text it is.
 */
import childProcess, { ChildProcess, type StdioOptions } from "node:child_process";
import { syncBuiltinESMExports } from "node:module";
import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { currentContext } from "../run/context";
import type { NativeOutput } from "./nativeOutput";
import { interruptTrees } from "./signalChildren";
import type { StreamName, Streams } from "../output/streams";
import type { Header } from "../message";

/** What a child was given for one of its descriptors. */
type Entry = "inherit" | "pipe" | "ignore" | "overlapped" | "ipc" | number | object | null | undefined;

export interface ChildrenParts {
  streams: Streams;
  native: NativeOutput | null;
  /** Says whose child writes into the native pipes from now on; null: it has ended. */
  waitsFor(parent: Header | null): void;
  /** Throws if the cell was stopped. */
  checkInterrupt(): void;
}

export function catchChildren(parts: ChildrenParts): void {
  catchStarted(parts.streams);
  catchAwaited(parts);
}

/** spawn, exec, execFile and fork: all of them come by here. */
function catchStarted(streams: Streams): void {
  interface Spawned extends Omit<ChildProcess, "stdio" | "stdout" | "stderr"> {
    stdio: (Readable | null)[];
    stdout: Readable | null;
    stderr: Readable | null;
  }
  type Spawn = (this: Spawned, options: { stdio?: StdioOptions; detached?: boolean }) => unknown;
  const prototype = ChildProcess.prototype as unknown as { spawn: Spawn };
  const spawn = prototype.spawn;
  prototype.spawn = function (options) {
    const context = currentContext();
    if (!context) return spawn.call(this, options);
    const { parent } = context;
    const { entries, inherited } = split(options.stdio, () => "pipe");
    const result = spawn.call(this, { ...options, stdio: entries as StdioOptions });
    // As Python's kernel does it: Stop is for the whole group of processes, but not for one that was detached.
    if (options.detached !== true) {
      const done = context.onInterrupt(() => {
        if (this.pid !== undefined) interruptTrees([this.pid]);
      });
      this.once("exit", done);
      this.once("error", done);
    }
    for (const { at, name } of inherited) {
      const stream = this.stdio?.[at];
      if (!stream) continue;
      const decoder = new StringDecoder("utf8");
      stream.on("data", (data: Buffer) => streams.write(name, decoder.write(data), parent));
      stream.on("end", () => streams.write(name, decoder.end(), parent));
      // Whoever has asked for "inherit" expects nothing here.
      this.stdio[at] = null;
      if (at === 1) this.stdout = null;
      if (at === 2) this.stderr = null;
    }
    return result;
  };
}

/** spawnSync, execSync and execFileSync. */
function catchAwaited({ native, waitsFor, checkInterrupt }: ChildrenParts): void {
  type Start = (...given: unknown[]) => unknown;
  const functions = childProcess as unknown as Record<string, Start>;
  for (const name of ["spawnSync", "execSync", "execFileSync"]) {
    const start = functions[name];
    if (!start) continue;
    const caught: Start = (...given) => {
      const at = given.findIndex((each) => typeof each === "object" && each !== null && !Array.isArray(each));
      const options = (given[at] ?? {}) as { stdio?: StdioOptions };
      const parent = currentContext()?.parent;
      if (!parent) return start(...given);
      const { entries, inherited } = split(options.stdio, (stream) => native?.write[stream] ?? "inherit");
      const changed = { ...options, stdio: entries };
      waitsFor(parent);
      try {
        if (inherited.length === 0) return start(...given);
        return start(...given.slice(0, at), changed, ...given.slice(at + 1));
      } finally {
        waitsFor(null);
        checkInterrupt();
      }
    };
    Object.defineProperty(caught, "name", { value: name });
    functions[name] = caught;
  }
  syncBuiltinESMExports();
}

/** Node's ways to say it, as a list, with something else for each of our own stdout and stderr. */
function split(
  stdio: StdioOptions | undefined,
  instead: (name: StreamName) => Entry,
): { entries: Entry[]; inherited: { at: number; name: StreamName }[] } {
  const entries: Entry[] = Array.isArray(stdio) ? [...(stdio as Entry[])] : Array<Entry>(3).fill(stdio);
  const inherited: { at: number; name: StreamName }[] = [];
  for (const [at, entry] of entries.entries()) {
    const name = ownStream(entry, at);
    if (!name) continue;
    inherited.push({ at, name });
    entries[at] = instead(name);
  }
  return { entries, inherited };
}

function ownStream(entry: Entry, at: number): StreamName | null {
  const fd = entry === "inherit" ? at : entry === process.stdout ? 1 : entry === process.stderr ? 2 : entry;
  return fd === 1 ? "stdout" : fd === 2 ? "stderr" : null;
}
