/** All that this device asks of a page: the kernels lie in the bundle, and threads are Web Workers. */
import type { WorkerTask } from "./threads";

/** The kernels for shared memory in base64, put here by scripts/lib/browser.mjs. */
declare const RECEPTIVE_KERNELS: { plain: string; fused: string };

interface PageWorker {
  onerror: ((event: { message?: string }) => void) | null;
  postMessage(message: unknown): void;
}
declare const Worker: new (url: string) => PageWorker;
const page = globalThis as {
  crossOriginIsolated?: boolean;
  navigator?: { hardwareConcurrency?: number };
};

/** A page has no environment. */
export const environment = (_name: string): string | undefined => undefined;

export const canShareMemory = (): boolean => page.crossOriginIsolated === true;
export const whyAlone: string =
  "the page is not cross-origin isolated, so workers cannot share its memory. Serve it with the headers " +
  "Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp";

/** A browser has relaxed SIMD or not; no page can turn it on. */
export const allowRelaxedSimd = (): void => {};

/** `kernels*.wasm` of both kinds differ in one bit of the import "env" "memory", so one of them is enough. */
export function kernelBytes(fused: boolean, shared: boolean): Uint8Array {
  const text = atob(RECEPTIVE_KERNELS[fused ? "fused" : "plain"]);
  const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const memory = "\x03env\x06memory\x02";
  if (!shared) bytes[text.indexOf(memory) + memory.length] = 0x01;
  return bytes;
}

const workerSource = `onmessage = ({ data: task }) => {
  const { exports } = new WebAssembly.Instance(task.module, { env: { memory: task.memory } });
  exports.setup(task.control, task.threads, task.scratch);
  exports.work();
  close();
};`;

/** Starts a worker. It takes part from when the page next waits for something: only then does the browser start it. */
export function startWorker(task: WorkerTask, onError: (message: string) => void): void {
  const url = URL.createObjectURL(new Blob([workerSource], { type: "text/javascript" }));
  const worker = new Worker(url);
  worker.onerror = ({ message }) => onError(message ?? "the page's policy forbids workers of its own");
  worker.postMessage(task);
  URL.revokeObjectURL(url);
}

/** Browsers count threads, not cores, and may count fewer than there are. */
export const physicalCores = (): number => page.navigator?.hardwareConcurrency ?? 1;
