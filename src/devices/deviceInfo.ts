import { DISPLAY } from "../protocol";
import { cpuInfo, type CpuInfo } from "./cpu/info";
import { gpuInfo, sentence, type GpuInfo } from "./gpu/info";
import { Table } from "../text/table";

export interface DeviceReport {
  cpu: CpuInfo;
  gpu: GpuInfo;
  reference: { mode: "plain TypeScript" };
}

/**
 * What each device is on this machine: how it computes, on what, and why nothing better was taken. A notebook shows it
 * as a table.
 */
export async function deviceInfo(): Promise<DeviceReport> {
  const report: DeviceReport = {
    cpu: cpuInfo(),
    gpu: await gpuInfo(),
    reference: { mode: "plain TypeScript" },
  };
  Object.defineProperty(report, DISPLAY, { value: () => tableOf(report)[DISPLAY]() });
  return report;
}

function tableOf({ cpu, gpu, reference }: DeviceReport): Table {
  const adapter = gpu.adapter ?? (gpu.hardware ? "graphics card" : "this processor");
  return new Table(
    "Devices",
    ["device", "mode", "on", "graphics card", "precision"],
    [
      ["cpu", cpu.mode, `this processor, ${cpu.threads} ${cpu.threads === 1 ? "thread" : "threads"}`, "", "float32"],
      ["gpu", gpu.mode, adapter, gpu.hardware ? "yes" : "no", gpu.precision],
      ["reference", reference.mode, "this processor", "", "float64 or float32"],
    ],
    [sentence(gpu), `On the host: ${gpu.opsOnHost.join("; ")}.`],
  );
}
