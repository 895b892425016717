import { checkModule } from "../arguments";
import { allocate, getDevice } from "../devices/device";
import * as nn from "../nn";
import { copyOf } from "../nn/copy";
import { checkNoOptions } from "../options";
import { defaultRandom } from "../tensor/random";
import { sizeOf } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";

/**
 * A copy of a network that has learned nothing: all weights are drawn anew, as PyTorch's layers do it, and norms begin
 * with scale 1, no shift and no running statistics. A method whose picture hardly changes with it does not explain the
 * network. The weights come from the engine's random numbers (`manualSeed`); device, modes and `requiresGrad` are the
 * network's, which itself stays as it is; hooks are not copied.
 * @throws DataError if a field of a module is a function that uses the network's own "this"
 * @see Adebayo et al. 2018, arXiv:1810.03292, "Sanity checks for saliency maps"
 * @example
 * const learned = interpret.saliency(net, images, { target: labels });
 * const chance = interpret.saliency(interpret.randomized(net), images, { target: labels }); // should look different
 */
export function randomized<M extends nn.Module>(net: M): M {
  checkNoOptions("randomized", arguments, 1);
  checkModule("randomized", "net", net);
  const copy = copyOf("randomized", net);
  for (const [, module] of copy.namedModules()) {
    if (module instanceof nn.PReLU) fill(module.weight, 0.25);
    else if (isNorm(module)) beginAnew(module);
    else drawAnew(module);
  }
  return copy;
}

const norms = [
  nn.BatchNorm1d,
  nn.BatchNorm2d,
  nn.BatchNorm3d,
  nn.InstanceNorm1d,
  nn.InstanceNorm2d,
  nn.InstanceNorm3d,
  nn.GroupNorm,
  nn.LayerNorm,
];
const isNorm = (module: nn.Module): boolean => norms.some((kind) => module instanceof kind);

function beginAnew(norm: nn.Module): void {
  const own = norm as unknown as Record<string, Tensor | null | undefined>;
  for (const name of ["weight", "running_var"]) if (own[name]) fill(own[name], 1);
  for (const name of ["bias", "running_mean", "num_batches_tracked"]) if (own[name]) fill(own[name], 0);
}

/** Uniform numbers within 1 / sqrt(fanIn): of a weight its own, of a bias that of the weight beside it. */
function drawAnew(module: nn.Module): void {
  const parameters = Object.values(module).filter((field) => field instanceof nn.Parameter);
  const fanIn = ({ shape }: Tensor): number => sizeOf(shape.slice(1));
  const weight = parameters.find(({ shape }) => shape.length > 1);
  for (const parameter of parameters) {
    const inputs = parameter.shape.length > 1 ? fanIn(parameter) : weight ? fanIn(weight) : parameter.numel();
    const bound = inputs > 0 ? 1 / Math.sqrt(inputs) : 0;
    const random = defaultRandom();
    replace(parameter, () => (2 * random.next() - 1) * bound);
  }
}

const fill = (tensor: Tensor, value: number): void => replace(tensor, () => value);

function replace(tensor: Tensor, next: () => number): void {
  const numbers = allocate(tensor.dtype, tensor.numel());
  for (let i = 0; i < numbers.length; i++) numbers[i] = next();
  tensor.storage.replace(getDevice(tensor.device).upload(numbers));
}
