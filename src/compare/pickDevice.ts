import { defaultDevice, getDevice, trainingDevices, type DeviceName } from "../devices/device";
import { formatNumber } from "../marks/kit/numbers";
import { Table } from "../text/table";
import { DeviceError } from "../errors";
import type { Module } from "../nn/module";
import { notebook } from "../notebook";
import { DISPLAY } from "../protocol";
import type { Tensor } from "../tensor/tensor";
import { descriptions, onDevice, snapshot } from "./onDevice";

/**
 * The name of the faster device for training a network: a forward and a backward pass of `net` on `input` are measured
 * on cpu and on gpu, and a notebook shows both times. Without arguments nothing is measured: "gpu" if there is a graphics
 * card that GPU.js can use, "cpu" if not. The network is as before afterwards.
 * @example
 * const device = await pickDevice(net, images);
 * net.to(device);
 */
export async function pickDevice(net?: Module, input?: Tensor): Promise<DeviceName> {
  if (net === undefined) return graphicsCard();
  if (input === undefined)
    throw new DeviceError(`pickDevice: a network without an input cannot be measured. Call pickDevice(net, input).`);
  const state = await snapshot("pickDevice", net, input);
  const timed: { device: DeviceName; ms: number }[] = [];
  for (const device of trainingDevices) {
    const ms = await onDevice(device, net, input, state, async (x) => {
      await step(net, x); // to compile kernels
      return Math.min(await step(net, x), await step(net, x), await step(net, x));
    });
    timed.push({ device, ms });
  }
  const { device: chosen } = timed.reduce((best, each) => (each.ms < best.ms ? each : best));
  const rows = timed.map(({ device, ms }) => [device, formatNumber(ms), device === chosen ? "chosen" : ""]);
  const notes = await descriptions();
  const table = new Table("Forward and backward, best of three", ["device", "ms", ""], rows, notes);
  notebook()?.display(table[DISPLAY]());
  return chosen;
}

/** The device on which a graphics card computes, else the default. */
async function graphicsCard(): Promise<DeviceName> {
  for (const name of trainingDevices) if ((await getDevice(name).describe?.())?.hardware) return name;
  return defaultDevice;
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
