/** Who we compare with, and how each one's process is started. */
import { availableParallelism } from "node:os";
import { join } from "node:path";

export const root = join(__dirname, "../../..");
const peersFolder = join(root, "bench", "peers");

export const peerNames = [
  "torch",
  "convnetjs",
  "tfjs-cpu",
  "tfjs-wasm",
  "jax-js",
  "onnxruntime-web",
  "gpu.js",
] as const;

export type PeerName = (typeof peerNames)[number];
/** `before` is our own engine at another commit. */
export type EngineName = "receptive" | "before" | PeerName;

export interface Command {
  program: string;
  args: string[];
  env: Record<string, string>;
}

/** All threads of this machine; no engine gets more. */
export const allThreads = availableParallelism();

/** The Python that has torch; `npm run bench` finds or makes it. */
export const python = process.env.BENCH_PYTHON ?? "python3";

/** Where another state of our engine is built, and its name; `npm run bench -- --against` makes it. */
const beforeFolder = process.env.BENCH_AGAINST ?? "";
const beforeName = process.env.BENCH_AGAINST_NAME ?? "";

/** Modules of bench/peers that speak the protocol. */
const modules: Record<Exclude<PeerName, "torch">, string> = {
  convnetjs: "convnetjs.mjs",
  "tfjs-cpu": "tfjs.mjs",
  "tfjs-wasm": "tfjs.mjs",
  "jax-js": "jax.mjs",
  "onnxruntime-web": "onnxruntime.mjs",
  "gpu.js": "gpujs.mjs",
};

/** How an engine's process is started. The number of threads is fixed for its life. */
export function commandOf(engine: EngineName, threads: number): Command {
  const env = { BENCH_THREADS: String(threads), BENCH_ENGINE: engine };
  if (engine === "receptive" || engine === "before")
    return {
      program: process.execPath,
      args: [join(engine === "before" ? beforeFolder : root, "dist", "bench", "ours", "main.js")],
      env: { ...env, RECEPTIVE_THREADS: String(threads) },
    };
  if (engine === "torch")
    return {
      program: python,
      args: [join(peersFolder, "pytorch", "serve.py")],
      // Some libraries read these when they are loaded.
      env: { ...env, OMP_NUM_THREADS: String(threads), MKL_NUM_THREADS: String(threads) },
    };
  return { program: process.execPath, args: [join(peersFolder, modules[engine])], env };
}

/** An engine as a table names it; most have only one thread to choose. */
export const labelOf = (engine: EngineName, threads: number): string =>
  engine === "before"
    ? `${beforeName} (${threads} ${threads === 1 ? "thread" : "threads"})`
    : engine === "receptive" || engine === "torch" || engine === "onnxruntime-web"
      ? `${engine} (${threads} ${threads === 1 ? "thread" : "threads"})`
      : engine;

/** A program that loads an engine, prints "loaded", computes one convolution and prints "result". */
export function startCommandOf(engine: EngineName): Command {
  if (engine === "receptive" || engine === "before") {
    const folder = engine === "before" ? beforeFolder : root;
    return { program: process.execPath, args: [join(folder, "dist", "bench", "ours", "start.js")], env: {} };
  }
  if (engine === "torch") return { program: python, args: [join(peersFolder, "pytorch", "start.py")], env: {} };
  return { program: process.execPath, args: [join(peersFolder, "tfjsStart.cjs")], env: {} };
}
