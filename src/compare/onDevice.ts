/** A network as it is, for a while on another device. */
import { checkModule, checkTensor } from "../arguments";
import { deviceNames, dtypeOf, getDevice, type DeviceName, type TypedArray } from "../devices/device";
import { Storage } from "../devices/storage";
import type { Module } from "../nn/module";
import { fromArray } from "../tensor/create";
import type { Tensor } from "../tensor/tensor";

/** The numbers of a network's parameters and buffers, and of its input. */
export interface Snapshot {
  state: Map<Tensor, TypedArray>;
  input: TypedArray;
}

const stateOf = (net: Module): Tensor[] => [...new Set<Tensor>([...net.parameters(), ...net.buffers()])];

export async function snapshot(caller: string, net: Module, input: Tensor): Promise<Snapshot> {
  checkModule(caller, "net", net);
  checkTensor(caller, "input", input);
  const state = new Map<Tensor, TypedArray>();
  for (const tensor of stateOf(net)) state.set(tensor, await tensor.data());
  return { state, input: await input.data() };
}

/**
 * What `body` gives with copies of the network and the input on `device`. Afterwards parameters, buffers, gradients and
 * modes are as before. Dropout is off meanwhile, because chance would differ.
 */
export async function onDevice<T>(
  device: DeviceName,
  net: Module,
  input: Tensor,
  { state, input: numbers }: Snapshot,
  body: (x: Tensor) => Promise<T>,
): Promise<T> {
  const before = [...state.keys()].map((tensor) => ({ tensor, storage: tensor.storage, grad: tensor.grad }));
  const dropouts = net
    .namedModules()
    .filter(([, module]) => /^Dropout/.test(module.constructor.name) && module.training);
  try {
    for (const [, module] of dropouts) module.training = false;
    for (const [tensor, values] of state) {
      tensor.storage = new Storage(getDevice(device).upload(values.slice()), dtypeOf(values), device);
      tensor.grad = null;
    }
    return await body(fromArray(numbers.slice(), input.shape, { device }));
  } finally {
    for (const { tensor, storage, grad } of before) Object.assign(tensor, { storage, grad });
    for (const [, module] of dropouts) module.training = true;
  }
}

/** What the devices are on this machine, of those that describe themselves. */
export async function descriptions(): Promise<string[]> {
  const all = await Promise.all(deviceNames.map((name) => getDevice(name).describe?.()));
  return all.flatMap((description) => description?.text ?? []);
}
