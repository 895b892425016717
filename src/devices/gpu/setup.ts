/**
 * Which of GPU.js's backends computes. Everything is loaded on first use, so that `require("receptive")` stays fast,
 * and nothing is printed: graders read stderr.
 */
import { DeviceError } from "../../errors";
import { type OptionNames } from "../../options";
import { KernelCache } from "./compile";
import { flatten, type AdapterInfo, type GpuJs, type GpuJsKernel, type WebGpuAdapter } from "./gpujs";
import {
  environment,
  glMode,
  gpuJs,
  missingForWebGpu,
  offerWebGpu,
  onGlLost,
  openGl,
  startWebGpuApi,
  webGpuContext,
} from "./platform";
import { webGpuMemory, type WebGpuMemory } from "./webGpuMemory";

/**
 * webgpu, webgl2 (in a page) and headlessgl (in Node) run on the graphics card; webasm and cpu are GPU.js's own
 * substitutes without one.
 */
export type GpuMode = "webgpu" | "webgl2" | "headlessgl" | "webasm" | "cpu";
/** Those that there are here, the best first. */
export const gpuModes: readonly GpuMode[] = ["webgpu", glMode, "webasm", "cpu"];

/** What may be asked for; see `useGpu`. */
export interface GpuOptions {
  /** Default: the first of webgpu, webgl2 or headlessgl, webasm and cpu that works on this machine. */
  mode?: GpuMode;
  /**
   * Which graphics card, in webgpu: "high-performance" (default), "low-power", "software" (a processor that plays one),
   * or part of the card's name.
   */
  adapter?: string;
}
export const gpuOptions: OptionNames<GpuOptions> = { mode: true, adapter: true };

export interface GpuSetup {
  readonly mode: GpuMode;
  readonly gpu: GpuJs;
  /** The graphics card's name, in the modes webgpu and webgl2. */
  readonly adapter: string | null;
  /** False where a processor does the work. */
  readonly hardware: boolean;
  /** Why no better mode was taken; null if the best one was, or if one was asked for. */
  readonly fallbackReason: string | null;
  readonly requestedMode: GpuMode | null;
  /** Where results lie in webgpu mode. */
  readonly memory: WebGpuMemory | null;
  readonly kernels: KernelCache;
  /** Kernels that this mode could not run and that GPU.js's mode cpu runs instead, with the reason. */
  readonly kernelFallbacks: Map<string, string>;
  /** What the GPU complained about; numbers computed since cannot be trusted. */
  failure: string | null;
}

/** The options that were asked for, and the mode that computes once one does. */
const state: { asked: GpuOptions; current: GpuSetup | Promise<GpuSetup> | null } = { asked: {}, current: null };

/**
 * The mode that computes; a promise only until WebGPU has been asked for the first time.
 * @throws DeviceError if a mode was asked for that this machine does not have
 */
export function gpuSetup(): GpuSetup | Promise<GpuSetup> {
  return (state.current ??= begin(state.asked));
}

/** @internal The mode that computes, if one does already. */
export const startedGpu = (): GpuSetup | null => (state.current instanceof Promise ? null : state.current);

/** @internal Forgets the set-up; the next op begins anew with these options. Results of before must be on the host. */
export function resetGpu(options: GpuOptions): void {
  state.asked = options;
  state.current = null;
}

/** @internal For tests: `resetGpu` with a mode, or null to choose again. */
export const useGpuMode = (mode: GpuMode | null): void => resetGpu(mode ? { mode } : {});

function begin(asked: GpuOptions): GpuSetup | Promise<GpuSetup> {
  const requested = asked.mode ?? requestedByEnvironment();
  const adapter = asked.adapter ?? environment("RECEPTIVE_GPU_ADAPTER") ?? null;
  const failed = (error: unknown): never => {
    throw new DeviceError(
      `gpu: ${requested ? `mode ${requested}` : `adapter "${adapter}"`} was asked for, but ${reasonOf(error)}. ` +
        `${asked.mode || asked.adapter ? "Call useGpu()" : "Unset RECEPTIVE_GPU_MODE"} to let Receptive choose.`,
    );
  };
  if (requested && !gpuModes.includes(requested))
    return failed(new Error(`there are only ${gpuModes.join(", ")} here`));
  if (requested === "webgpu" || (!requested && adapter)) return settle(startWebGpu(requested, adapter).catch(failed));
  if (requested)
    try {
      return start(requested, requested, null);
    } catch (error) {
      return failed(error);
    }
  const missing = missingForWebGpu();
  if (missing) return startWithoutWebGpu(missing);
  return settle(startWebGpu(null, null).catch((error: unknown) => startWithoutWebGpu(reasonOf(error))));
}

/** Once the promise has settled, `gpuSetup` answers without one and ops can compute at once. */
function settle(promise: Promise<GpuSetup>): Promise<GpuSetup> {
  promise.then(
    (setup) => {
      if (state.current === promise) state.current = setup;
    },
    () => {}, // whoever reads a result gets the error
  );
  return promise;
}

function requestedByEnvironment(): GpuMode | null {
  const name = environment("RECEPTIVE_GPU_MODE");
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
  for (const mode of [glMode, "webasm"] as const)
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
  const isCard = mode === glMode;
  const adapter = isCard ? openGl() : null;
  const software = adapter !== null && playsCard.test(adapter);
  if (software && !requestedMode) throw new Error(`the only renderer is software (${adapter})`);
  const gpu = new (gpuJs().GPU)({ mode });
  const tried = flatten(trial(gpu)(new Float32Array([1, 2, 3])), 3);
  if (tried[2] !== 6) throw new Error(`its first kernel gave ${tried[2]} instead of 6`);
  const setup: GpuSetup = {
    mode,
    gpu,
    adapter,
    hardware: isCard && !software,
    fallbackReason,
    requestedMode,
    memory: null,
    kernels: new KernelCache(),
    kernelFallbacks: new Map(),
    failure: null,
  };
  if (isCard) onGlLost(gpu, (reason) => (setup.failure ??= reason));
  return setup;
}

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
    dynamicArguments: true,
    onRequestFallback: () => {
      throw new Error("it does not run kernels here");
    },
  });

/** The graphics card that fits the wish. Never a software adapter unless it, or the mode, was asked for. */
async function startWebGpu(requestedMode: GpuMode | null, adapter: string | null): Promise<GpuSetup> {
  const missing = missingForWebGpu();
  if (missing) throw new Error(missing);
  const powers = ["high-performance", "low-power"];
  const named = adapter && adapter !== "software" && !powers.includes(adapter) ? adapter : null;
  const api = startWebGpuApi(named);
  const wish =
    adapter === "software"
      ? { forceFallbackAdapter: true }
      : { powerPreference: adapter === "low-power" ? adapter : "high-performance" };
  const found = await api.requestAdapter(wish);
  if (!found) throw new Error(named ? "no graphics card has that name" : "no graphics card answers");
  const name = nameOf(found.info);
  const software = isSoftware(found, name);
  if (software && !requestedMode && !named && adapter !== "software")
    throw new Error(`the only adapter is software (${name})`);

  offerWebGpu({ requestAdapter: () => api.requestAdapter(wish) });
  const gpu = new (gpuJs().GPU)({ mode: "webgpu" });
  const context = await webGpuContext().acquire();
  const first = trial(gpu);
  const tried = (await first(new Float32Array([1, 2, 3]))) as Float32Array;
  if (tried[2] !== 6) throw new Error(`its first kernel gave wrong numbers (${name})`);
  const setup: GpuSetup = {
    mode: "webgpu",
    gpu,
    adapter: name,
    hardware: !software,
    fallbackReason: null,
    requestedMode,
    memory: webGpuMemory(context, first.kernel),
    kernels: new KernelCache(),
    kernelFallbacks: new Map(),
    failure: null,
  };
  // GPU.js would print these; here they surface on the next read.
  context.device.onuncapturederror = ({ error }) => (setup.failure ??= error.message);
  return setup;
}

/** Names of programs that play a graphics card. */
const playsCard = /swiftshader|llvmpipe|lavapipe|software|basic render/i;
const isSoftware = ({ info, isFallbackAdapter }: WebGpuAdapter, name: string): boolean =>
  (info.isFallbackAdapter ?? isFallbackAdapter ?? false) || playsCard.test(name);

function nameOf({ vendor, architecture, device, description }: AdapterInfo): string {
  const parts = [description || device || "unnamed", vendor, architecture].filter(Boolean);
  return [...new Set(parts)].join(", ");
}
