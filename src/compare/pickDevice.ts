import type { DeviceName } from "../devices/device";
import { describeGpu, gpuInfo } from "../devices/gpu/info";
import { formatNumber } from "../marks/kit/numbers";
import { Table } from "../text/table";
import { DeviceError } from "../errors";
import type { Module } from "../nn/module";
import { DISPLAY, NOTEBOOK, type NotebookHost } from "../protocol";
import type { Tensor } from "../tensor/tensor";
import { onDevice, snapshot } from "./onDevice";

/**
 * The name of the faster device for training a network: a forward and a backward pass of `net` on `input` are measured
 * on cpu and on gpu, and a notebook shows both times. Without arguments nothing is measured: "gpu" if there is a graphics
 * card that GPU.js can use, "cpu" if not. The network is as before afterwards.
 * @example
 * const device = await pickDevice(net, images);
 * net.to(device);
 */
export async function pickDevice(net?: Module, input?: Tensor): Promise<DeviceName> {
  if (net === undefined) return (await gpuInfo()).hardware ? "gpu" : "cpu";
  if (input === undefined)
    throw new DeviceError(`pickDevice: a network without an input cannot be measured. Call pickDevice(net, input).`);
  const state = await snapshot("pickDevice", net, input);
  const candidates = ["cpu", "gpu"] as const;
  const ms = { cpu: Infinity, gpu: Infinity };
  for (const device of candidates)
    ms[device] = await onDevice(device, net, input, state, async (x) => {
      await step(net, x); // to compile kernels
      const times = [await step(net, x), await step(net, x), await step(net, x)];
      return Math.min(...times);
    });
  const chosen = ms.gpu < ms.cpu ? "gpu" : "cpu";
  const rows = candidates.map((device) => [device, formatNumber(ms[device]), device === chosen ? "chosen" : ""]);
  const note = describeGpu(await gpuInfo());
  const table = new Table("Forward and backward, best of three", ["device", "ms", ""], rows, [note]);
  (globalThis as { [NOTEBOOK]?: NotebookHost })[NOTEBOOK]?.display(table[DISPLAY]());
  return chosen;
}

/** Milliseconds of a forward and a backward pass, until the gradients are there. */
async function step(net: Module, x: Tensor): Promise<number> {
  const start = performance.now();
  for (const parameter of net.parameters()) parameter.grad = null;
  const output = net(x);
  if (output.requiresGrad) output.sum().backward();
  await output.data();
  for (const { grad } of net.parameters()) await grad?.data();
  return performance.now() - start;
}
