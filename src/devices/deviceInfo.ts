import type { DeviceName } from "./device";
import { cpuInfo, type CpuInfo } from "./cpu/info";
import { gpuInfo, type GpuInfo } from "./gpu/info";

export interface DeviceReport {
  cpu: CpuInfo;
  gpu: GpuInfo;
  reference: { mode: "plain TypeScript" };
}

/** What each device is on this machine: how it computes, on what, and why nothing better was taken. */
export async function deviceInfo(): Promise<DeviceReport> {
  return {
    cpu: cpuInfo(),
    gpu: await gpuInfo(),
    reference: { mode: "plain TypeScript" },
  };
}

/**
 * The name of the fastest device here: "gpu" if there is a graphics card that GPU.js can use, "cpu" if not.
 * @example
 * const device = await pickDevice();
 * net.to(device);
 */
export async function pickDevice(): Promise<DeviceName> {
  return (await gpuInfo()).hardware ? "gpu" : "cpu";
}
