/**
 * Children of cells that inherit stdout or stderr write into the notebook, below the cell that started them, however late.
 * A child that the cell waits for synchronously writes into the pipes of nativeOutput.ts, because the main thread cannot read;
 * any other gets pipes of its own, so that it is known whose text it is.
 */
import childProcess, { ChildProcess, type StdioOptions } from "node:child_process";
import { syncBuiltinESMExports } from "node:module";
import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { currentContext } from "./context";
import type { NativeOutput } from "./nativeOutput";
import type { StreamName, Streams } from "./streams";
import type { Header } from "./wire";

/** What a child was given for one of its descriptors. */
type Entry = "inherit" | "pipe" | "ignore" | "overlapped" | "ipc" | number | object | null | undefined;

export interface ChildrenParts {
  streams: Streams;
  native: NativeOutput | null;
  /** Says whose child writes into the native pipes from now on; null: it has ended. */
  waitsFor(parent: Header | null): void;
}

export function catchChildren({ streams, native, waitsFor }: ChildrenParts): void {
  catchStarted(streams);
  if (native) catchAwaited(native, waitsFor);
}

/** spawn, exec, execFile and fork: all of them come by here. */
function catchStarted(streams: Streams): void {
  interface Spawned extends Omit<ChildProcess, "stdio" | "stdout" | "stderr"> {
    stdio: (Readable | null)[];
    stdout: Readable | null;
    stderr: Readable | null;
  }
  type Spawn = (this: Spawned, options: { stdio?: StdioOptions }) => unknown;
  const prototype = ChildProcess.prototype as unknown as { spawn: Spawn };
  const spawn = prototype.spawn;
  prototype.spawn = function (options) {
    const parent = currentContext()?.parent;
    const { entries, inherited } = split(options.stdio, () => "pipe");
    if (inherited.length === 0 || !parent) return spawn.call(this, options);
    const result = spawn.call(this, { ...options, stdio: entries as StdioOptions });
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
function catchAwaited(native: NativeOutput, waitsFor: ChildrenParts["waitsFor"]): void {
  type Start = (...given: unknown[]) => unknown;
  const functions = childProcess as unknown as Record<string, Start>;
  for (const name of ["spawnSync", "execSync", "execFileSync"]) {
    const start = functions[name];
    if (!start) continue;
    const caught: Start = (...given) => {
      const at = given.findIndex((each) => typeof each === "object" && each !== null && !Array.isArray(each));
      const options = (given[at] ?? {}) as { stdio?: StdioOptions };
      const { entries, inherited } = split(options.stdio, (stream) => native.write[stream]);
      const parent = currentContext()?.parent;
      if (inherited.length === 0 || !parent) return start(...given);
      waitsFor(parent);
      try {
        return start(...given.slice(0, at), { ...options, stdio: entries }, ...given.slice(at + 1));
      } finally {
        waitsFor(null);
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
