import { checkOptions } from "../../options";
import type { DeviceDescription } from "../device";
import { webGpuContext } from "./platform";
import { opsOnHost } from "./onHost";
import { spillAll, residentBytes } from "./residents";
import { gpuOptions, gpuSetup, resetGpu, type GpuMode, type GpuOptions } from "./setup";

export interface GpuInfo {
  /** What computes: webgpu, webgl2 or headlessgl (graphics card), webasm or cpu (this processor, through GPU.js). */
  mode: GpuMode;
  /** The graphics card's name, where the mode tells. */
  adapter: string | null;
  /** Whether a graphics card computes; false where software plays one, or a processor computes openly. */
  hardware: boolean;
  /** What kernels compute with. */
  precision: "float32";
  /** Why no better mode was taken; null if there is none. */
  fallbackReason: string | null;
  /** The mode that RECEPTIVE_GPU_MODE or useGpu() asked for. */
  requestedMode: GpuMode | null;
  /** Kernels that this mode could not run and that GPU.js's plain JavaScript ran instead, with the reason. */
  kernelFallbacks: { kernel: string; reason: string }[];
  /** Parts of ops without GPU.js kernels: their numbers travel to the host and back. */
  opsOnHost: string[];
  /** Bytes of results and inputs that lie on the graphics card now. */
  bytes: number;
}

/**
 * What device "gpu" is on this machine, and why.
 * @throws DeviceError if a mode was asked for that this machine does not have
 */
export async function gpuInfo(): Promise<GpuInfo> {
  const { mode, adapter, hardware, fallbackReason, requestedMode, kernelFallbacks } = await gpuSetup();
  return {
    mode,
    adapter,
    hardware,
    precision: "float32",
    fallbackReason,
    requestedMode,
    kernelFallbacks: [...kernelFallbacks].map(([kernel, reason]) => ({ kernel, reason })),
    opsOnHost: [...opsOnHost].sort(),
    bytes: residentBytes(),
  };
}

/**
 * Chooses what device "gpu" computes with from now on, and says what it is. Tensors on it keep their numbers.
 * Without options the best of this machine is taken: a graphics card through WebGPU or OpenGL, never one that software
 * plays, else this processor.
 * @param options.mode    "webgpu", "webasm", "cpu", or OpenGL: "headlessgl" in Node, "webgl2" in a page
 * @param options.adapter the graphics card in mode webgpu: "high-performance" (default), "low-power", "software", or
 *                        part of its name
 * @throws DeviceError if this machine does not have it
 * @example
 * const info = await useGpu({ mode: "webasm" });
 * console.log(info.mode, info.hardware); // webasm false
 * await useGpu(); // the best there is
 */
export async function useGpu(options: GpuOptions = {}): Promise<GpuInfo> {
  checkOptions("useGpu", options, gpuOptions, arguments, 0);
  await spillAll();
  resetGpu(options);
  // GPU.js has one WebGPU device for all; the next set-up asks for another adapter.
  await webGpuContext().destroy();
  return gpuInfo();
}

/** What a notebook says where no graphics card computes. */
const ADVICE = `Device "cpu" is usually faster then; await pickDevice(net, input) measures.`;

/** For the contract of devices. */
export async function describeGpu(): Promise<DeviceDescription> {
  const info = await gpuInfo();
  return { hardware: info.hardware, text: sentence(info), advice: info.hardware ? null : ADVICE };
}

/** "gpu: GPU.js in mode webgpu on NVIDIA RTX 4060, float32.", with why no graphics card was used. */
export function sentence({ mode, adapter, hardware, fallbackReason, precision, kernelFallbacks }: GpuInfo): string {
  const where = adapter ?? (hardware ? "the graphics card" : "this processor");
  const software = adapter && !hardware ? " (software plays the graphics card)" : "";
  const why = fallbackReason ? `. No graphics card was used: ${fallbackReason}` : "";
  const fallbacks = kernelFallbacks.map(({ kernel, reason }) => ` Kernel ${kernel} ran in mode cpu: ${reason}.`);
  return `gpu: GPU.js in mode ${mode} on ${where}${software}, ${precision}${why}.${fallbacks.join("")}`;
}
