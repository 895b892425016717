/**
 * All that this device asks of Node; `platform.browser.ts` asks a page for the same: modules loaded on first use,
 * environment variables, Dawn and OpenGL.
 */
import { createRequire } from "node:module";
import { optionalPackage } from "../../optionalPackage";
import type { Acorn, DawnModule, GpuJs, GpuJsBufferResult, GpuJsModule, GpuJsWebGpuContext, WebGpuApi } from "./gpujs";

const load = createRequire(__filename);

/** In the package GPU.js and acorn are bundles of their own, `gpujs.js` and `acorn.js`: see scripts/lib/bundle.mjs. */
const modules = (): GpuJsModule & GpuJsWebGpuContext & GpuJsBufferResult =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded at first use
  require("gpu.js") as GpuJsModule & GpuJsWebGpuContext & GpuJsBufferResult;
export const gpuJs = (): GpuJsModule => modules();
export const webGpuContext = (): GpuJsWebGpuContext["WebGPUContext"] => modules().WebGPUContext;
export const bufferResult = (): GpuJsBufferResult["WebGPUBufferResult"] => modules().WebGPUBufferResult;
// eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded at first use
export const acorn = (): Acorn => require("acorn") as Acorn;

/** A variable of the environment; undefined if it is unset or empty. */
export const environment = (name: "RECEPTIVE_GPU_MODE" | "RECEPTIVE_GPU_ADAPTER"): string | undefined =>
  process.env[name] || undefined;

/** OpenGL's mode here. */
export const glMode: "headlessgl" | "webgl2" = "headlessgl";

/** The name of the card behind OpenGL, which headless OpenGL does not tell. @throws Error that says why there is none */
export function openGl(): string | null {
  try {
    load("gl");
  } catch (error) {
    const absent = (error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND";
    throw new Error(`the optional package "gl" is ${absent ? "not installed" : "installed without its binary"}`);
  }
  return null;
}

/** Headless OpenGL does not go away. */
export const onGlLost = (_gpu: GpuJs, _lost: (reason: string) => void): void => {};

/** What webgpu lacks, as far as it can be told without starting Dawn, which complains on stderr; null if nothing. */
export const missingForWebGpu = (): string | null => missingVulkan() ?? missingDawn();

/** Dawn's WebGPU is the optional package webgpu. */
const missingDawn = (): string | null =>
  optionalPackage("webgpu") ? null : "the package webgpu is not installed (npm install webgpu)";

/** Windows and macOS bring their own graphics interface; Linux needs Vulkan's loader. */
function missingVulkan(): string | null {
  if (process.platform !== "linux") return null;
  const loader = "libvulkan.so.1";
  try {
    process.dlopen({ exports: {} }, loader);
  } catch (error) {
    // It is no Node module, so this always throws; the text says whether the library was there.
    if (/cannot open shared object/.test(String(error))) return `there is no Vulkan on this system (${loader})`;
  }
  return null;
}

/** Dawn's WebGPU, once {@link missingForWebGpu} found nothing missing; `adapter` is part of the name of the only graphics card that is to be seen. */
export function startWebGpuApi(adapter: string | null): WebGpuApi {
  // On Linux WebGPU is Vulkan; asking for OpenGL as well would make X and EGL complain where there is no display.
  const options = process.platform === "linux" ? ["backend=vulkan"] : [];
  const dawn = optionalPackage("webgpu")?.() as DawnModule;
  return dawn.create([...options, ...(adapter ? [`adapter=${adapter}`] : [])]);
}

/** GPU.js looks for `navigator.gpu`; in Node nobody else sets it. */
export function offerWebGpu(api: object): void {
  const global = globalThis as { navigator?: object };
  // Node 20 has no navigator. Libraries that find one expect a userAgent in it; newer Nodes give it this text.
  const own = { userAgent: `Node.js/${process.versions.node.split(".")[0]}` };
  if (!global.navigator) Object.defineProperty(global, "navigator", { value: own, configurable: true, writable: true });
  Object.defineProperty(global.navigator, "gpu", { value: api, configurable: true, writable: true });
}

/** Runs `body` with a `navigator.gpu` at least for show, so that GPU.js translates to WGSL where there is no WebGPU. */
export function offeringWebGpu<T>(body: () => T): T {
  const before = (globalThis as { navigator?: { gpu?: object } }).navigator?.gpu;
  if (before) return body();
  offerWebGpu({ requestAdapter: () => Promise.resolve(null) });
  try {
    return body();
  } finally {
    delete (globalThis as { navigator?: { gpu?: object } }).navigator?.gpu;
  }
}
