import { opsOnHost } from "./onHost";
import { gpuSetup, type GpuMode } from "./setup";

export interface GpuInfo {
  /** What computes: webgpu or headlessgl (graphics card), webasm or cpu (this processor, through GPU.js). */
  mode: GpuMode;
  /** The graphics card's name, where the mode tells. */
  adapter: string | null;
  hardware: boolean;
  /** Why no better mode was taken; null if there is none. */
  fallbackReason: string | null;
  /** The mode that RECEPTIVE_GPU_MODE asked for. */
  requestedMode: GpuMode | null;
  /** Ops without GPU.js kernels in this version: their numbers travel to the host and back. */
  opsOnHost: string[];
}

/**
 * What device "gpu" is on this machine, and why.
 * @throws DeviceError if RECEPTIVE_GPU_MODE asks for a mode that this machine does not have
 */
export async function gpuInfo(): Promise<GpuInfo> {
  const { mode, adapter, hardware, fallbackReason, requestedMode } = await gpuSetup();
  return { mode, adapter, hardware, fallbackReason, requestedMode, opsOnHost: [...opsOnHost].sort() };
}
