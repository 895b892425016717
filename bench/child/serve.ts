/** The child's side: answers requests with one engine. Our own engine and the JavaScript peers share this file. */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Measurement } from "./measure";
import type { Reply, Request, Spec } from "./protocol";

/** A case that is ready to run. */
export interface Prepared {
  /** One measured iteration. A promise is awaited. */
  iterate(): unknown;
  /** Unmeasured work before each iteration. */
  before?(): unknown;
  /** Ends a block of iterations: reads a result, for engines that might not have computed it yet. */
  finish?(): unknown;
  /** A few numbers of the first result, to compare engines by. */
  probe?(): number[] | Promise<number[]>;
  release?(): unknown;
}

export interface Engine {
  version: string;
  /** How many threads it computes with. */
  threads: number;
  /** @throws Cannot if the engine has no way to do it */
  prepare(spec: Spec): Prepared | Promise<Prepared>;
  export?(spec: Spec, path: string): Promise<void>;
}

/** What an engine throws where it lacks something; the message is the reason, and goes into the table. */
export class Cannot extends Error {}

/** How many threads the parent wants. */
export const wantedThreads = Number(process.env.BENCH_THREADS ?? 1);

// What packages print, some of them while they load, must not stand among the replies.
for (const name of ["log", "info", "warn"] as const) console[name] = console.error;

/** Answers until stdin ends. */
export function serve(engine: Engine): void {
  let measurement: Measurement | null = null;
  const answer = async (request: Request): Promise<object> => {
    switch (request.cmd) {
      case "hello":
        return { version: engine.version, threads: engine.threads };
      case "prepare":
        measurement = new Measurement(await engine.prepare(request.spec), request.block);
        return measurement.prepare(request.warmUp);
      case "run":
        return running(measurement).run(request.seconds);
      case "repeat":
        await running(measurement).repeat(request.times);
        return {};
      case "memory":
        return { peak: peakMemory() };
      case "export":
        if (!engine.export) throw new Cannot("writes no ONNX files");
        await engine.export(request.spec, request.path);
        return {};
      case "release":
        await measurement?.release();
        measurement = null;
        return {};
    }
  };
  const reply = async (line: string): Promise<void> => {
    let message: Reply<Request["cmd"]> | object;
    try {
      message = { ok: true, ...(await answer(JSON.parse(line) as Request)) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      message = error instanceof Cannot ? { ok: false, cannot: reason } : { ok: false, error: reason };
    }
    process.stdout.write(`${JSON.stringify(message)}\n`);
  };
  createInterface({ input: process.stdin })
    .on("line", (line) => void reply(line))
    // Workers of a package may keep the process alive.
    .on("close", () => process.exit());
}

function running(measurement: Measurement | null): Measurement {
  if (!measurement) throw new Error("nothing is prepared");
  return measurement;
}

/**
 * The largest memory this process had, in bytes. Linux counts a parent's memory before the program was loaded into
 * `maxRSS`, so the kernel's own mark for this program is read where it is.
 */
function peakMemory(): number {
  try {
    const [, kilobytes] = /^VmHWM:\s*(\d+)/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
    if (kilobytes) return Number(kilobytes) * 1024;
  } catch {
    // Not Linux.
  }
  return process.resourceUsage().maxRSS * 1024;
}
