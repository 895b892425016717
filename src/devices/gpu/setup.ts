/**
 * Which of GPU.js's backends computes. Everything is loaded on first use, so that `require("receptive")` stays fast,
 * and nothing is printed: graders read stderr.
 */
import { createRequire } from "node:module";
import { DeviceError } from "../../errors";
import {
  flatten,
  type AdapterInfo,
  type DawnModule,
  type GpuJs,
  type GpuJsKernel,
  type GpuJsModule,
  type GpuJsResult,
  type GpuJsWebGpuContext,
} from "./gpujs";

export const gpuModes = ["webgpu", "headlessgl", "webasm", "cpu"] as const;
/** webgpu and headlessgl run on the graphics card; webasm and cpu are GPU.js's own substitutes without one. */
export type GpuMode = (typeof gpuModes)[number];

export interface GpuSetup {
  readonly mode: GpuMode;
  readonly gpu: GpuJs;
  /** The graphics card's name, in webgpu mode. */
  readonly adapter: string | null;
  /** False where a processor does the work. */
  readonly hardware: boolean;
  /** Why no better mode was taken; null if the best one was, or if one was asked for. */
  readonly fallbackReason: string | null;
  readonly requestedMode: GpuMode | null;
  /** Compiled kernels by source, output and constants, least recently used first. */
  readonly kernels: Map<string, CompiledKernel>;
  /** What the GPU complained about; numbers computed since cannot be trusted. */
  failure: string | null;
}

export interface CompiledKernel {
  kernel: GpuJsKernel;
  /** Null once it is built; webgpu compiles asynchronously. */
  building: Promise<void> | null;
}

const load = createRequire(__filename);
let forced: GpuMode | null = null;
let current: GpuSetup | Promise<GpuSetup> | null = null;

/**
 * The mode that computes; a promise only until WebGPU has been asked for the first time.
 * @throws DeviceError if RECEPTIVE_GPU_MODE asks for a mode that this machine does not have
 */
export function gpuSetup(): GpuSetup | Promise<GpuSetup> {
  return (current ??= begin());
}

/** @internal For tests: forgets the set-up, and takes `mode` next (null chooses again). */
export function useGpuMode(mode: GpuMode | null): void {
  forced = mode;
  current = null;
}

function begin(): GpuSetup | Promise<GpuSetup> {
  const requested = forced ?? requestedByEnvironment();
  if (requested) {
    const failed = (error: unknown): never => {
      throw new DeviceError(
        `gpu: mode ${requested} was asked for, but ${reasonOf(error)}. ` +
          `Unset RECEPTIVE_GPU_MODE to let Receptive choose.`,
      );
    };
    if (requested === "webgpu") return settle(startWebGpu(requested).catch(failed));
    try {
      return start(requested, requested, null);
    } catch (error) {
      return failed(error);
    }
  }
  const missing = missingForWebGpu();
  if (missing) return startWithoutWebGpu(missing);
  return settle(startWebGpu(null).catch((error: unknown) => startWithoutWebGpu(reasonOf(error))));
}

/** Once the promise has settled, `gpuSetup` answers without one and ops can compute at once. */
function settle(promise: Promise<GpuSetup>): Promise<GpuSetup> {
  promise.then(
    (setup) => {
      if (current === promise) current = setup;
    },
    () => {}, // whoever reads a result gets the error
  );
  return promise;
}

function requestedByEnvironment(): GpuMode | null {
  const name = process.env.RECEPTIVE_GPU_MODE;
  if (!name) return null;
  if (!gpuModes.includes(name as GpuMode))
    throw new DeviceError(`gpu: RECEPTIVE_GPU_MODE is "${name}". Use ${gpuModes.join(", ")}, or unset it.`);
  return name as GpuMode;
}

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0].replace(/\.$/, "");

/** The best mode that answers at once. */
function startWithoutWebGpu(webGpuReason: string): GpuSetup {
  const reasons = [`webgpu: ${webGpuReason}`];
  for (const mode of ["headlessgl", "webasm"] as const)
    try {
      return start(mode, null, reasons.join("; "));
    } catch (error) {
      reasons.push(`${mode}: ${reasonOf(error)}`);
    }
  return start("cpu", null, reasons.join("; "));
}

function start(
  mode: Exclude<GpuMode, "webgpu">,
  requestedMode: GpuMode | null,
  fallbackReason: string | null,
): GpuSetup {
  if (mode === "headlessgl") requireGl();
  const gpu = loadGpuJs(mode);
  const tried = flatten(trial(gpu)(new Float32Array([1, 2, 3])), 3);
  if (tried[2] !== 6) throw new Error(`its first kernel gave ${tried[2]} instead of 6`);
  const hardware = mode === "headlessgl";
  return {
    mode, gpu, adapter: null, hardware, fallbackReason, requestedMode, kernels: new Map(), failure: null,
  }; // prettier-ignore
}

function requireGl(): void {
  try {
    load("gl");
  } catch (error) {
    const absent = (error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND";
    throw new Error(
      `the optional package "gl" is ${absent ? "not installed" : "installed without its binary"}`,
    );
  }
}

const loadGpuJs = (mode: GpuMode): GpuJs => new (load("gpu.js") as GpuJsModule).GPU({ mode });

/** The smallest kernel: a mode that cannot run it is not offered. */
const trial = (gpu: GpuJs): GpuJsKernel =>
  gpu.createKernel("function trial(x) { return x[this.thread.x] * 2; }", {
    output: [3],
    constants: {},
    constantTypes: {},
    argumentTypes: ["Array"],
    functions: [],
    precision: "single",
    pipeline: false,
    immutable: true,
    onRequestFallback: () => {
      throw new Error("it does not run kernels here");
    },
  });

/** What webgpu lacks, as far as it can be told without starting Dawn, which complains on stderr; null if nothing. */
function missingForWebGpu(): string | null {
  // Windows and macOS bring their own graphics interface; Linux needs Vulkan's loader.
  if (process.platform !== "linux") return null;
  const loader = "libvulkan.so.1";
  try {
    process.dlopen({ exports: {} }, loader);
  } catch (error) {
    // It is no Node module, so this always throws; the text says whether the library was there.
    if (/cannot open shared object/.test(String(error)))
      return `there is no Vulkan on this system (${loader})`;
  }
  return null;
}

async function startWebGpu(requestedMode: GpuMode | null): Promise<GpuSetup> {
  const missing = missingForWebGpu();
  if (missing) throw new Error(missing);
  // On Linux WebGPU is Vulkan; asking for OpenGL as well would make X and EGL complain where there is no display.
  const dawn = (load("webgpu") as DawnModule).create(process.platform === "linux" ? ["backend=vulkan"] : []);
  const wish = { powerPreference: "high-performance" };
  const adapter = await dawn.requestAdapter(wish);
  if (!adapter) throw new Error("no graphics card answers");
  const name = nameOf(adapter.info);
  const software =
    (adapter.info.isFallbackAdapter ?? adapter.isFallbackAdapter ?? false) ||
    /swiftshader|llvmpipe|lavapipe|software|basic render/i.test(name);
  if (software && !requestedMode) throw new Error(`the only adapter is software (${name})`);

  // GPU.js looks for `navigator.gpu`; in Node nobody else sets it.
  const gpuApi = { requestAdapter: () => dawn.requestAdapter(wish) };
  const global = globalThis as { navigator?: object };
  // Node 20 has no navigator. Libraries that find one expect a userAgent in it; newer Nodes give it this text.
  const own = { userAgent: `Node.js/${process.versions.node.split(".")[0]}` };
  if (!global.navigator)
    Object.defineProperty(global, "navigator", { value: own, configurable: true, writable: true });
  Object.defineProperty(global.navigator, "gpu", { value: gpuApi, configurable: true, writable: true });

  const gpu = loadGpuJs("webgpu");
  const { device } = await (
    load("gpu.js/src/backend/web-gpu/context") as GpuJsWebGpuContext
  ).WebGPUContext.acquire();
  const setup: GpuSetup = {
    mode: "webgpu", gpu, adapter: name, hardware: !software, fallbackReason: null, requestedMode,
    kernels: new Map(), failure: null,
  }; // prettier-ignore
  // GPU.js would print these; here they surface on the next read.
  device.onuncapturederror = ({ error }) => (setup.failure ??= error.message);
  const tried = (await trial(gpu)(new Float32Array([1, 2, 3]))) as Float32Array | GpuJsResult;
  if ((tried as Float32Array)[2] !== 6) throw new Error(`its first kernel gave wrong numbers (${name})`);
  return setup;
}

function nameOf({ vendor, architecture, device, description }: AdapterInfo): string {
  const parts = [description || device || "unnamed", vendor, architecture].filter(Boolean);
  return [...new Set(parts)].join(", ");
}
