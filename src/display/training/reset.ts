/** A network as it was before it was trained. */
import { getDevice, type TypedArray } from "../../devices/device";
import { canDrawAgain, drawAgain } from "../../nn/firstWeights";
import type { Module } from "../../nn/module";
import type { Tensor } from "../../tensor/tensor";

/**
 * Gives first numbers again to all parameters and buffers that a layer or `nn.init` has drawn. Those that were given their numbers
 * - a pretrained network's, a `new Parameter(tensor)` of one's own - go back to what they were when the run began.
 */
export class Beginning {
  private readonly given = new Map<Tensor, TypedArray | Promise<TypedArray>>();

  constructor(private readonly net: Module) {
    for (const tensor of stateOf(net)) if (!canDrawAgain(tensor)) this.given.set(tensor, copyOf(tensor));
  }

  restore(): void {
    for (const tensor of stateOf(this.net)) {
      if (drawAgain(tensor)) continue;
      const numbers = this.given.get(tensor);
      const put = (read: TypedArray): void => tensor.storage.replace(getDevice(tensor.device).upload(read.slice()));
      if (numbers instanceof Promise) void numbers.then(put);
      else if (numbers) put(numbers);
    }
  }
}

const stateOf = (net: Module): Tensor[] => [...net.parameters(), ...net.buffers()];

function copyOf(tensor: Tensor): TypedArray | Promise<TypedArray> {
  const read = getDevice(tensor.device).read(tensor.storage.memory);
  return read instanceof Promise ? read.then((numbers) => numbers.slice()) : read.slice();
}
