/** How layers draw their first weights: PyTorch's defaults. */
import { ambient } from "../ambient";
import { checkFunction } from "../arguments";
import { allocate, getDevice } from "../devices/device";
import { fromArray } from "../tensor/create";
import { defaultRandom } from "../tensor/random";
import { sizeOf, type Shape } from "../tensor/shape";
import { Parameter } from "./parameter";

const skipping = ambient("skipInit", false);

/**
 * What `make` returns, with the layers in it made fast: their weights are zero instead of random. For weights that are
 * loaded next, or networks whose shapes alone are wanted.
 * @see torch.nn.utils.skip_init
 * @example
 * const vgg = nn.skipInit(() => new models.VGG16()); // 138 million zeros take no time
 * summary(vgg, [1, 3, 224, 224]);
 */
export function skipInit<T>(make: () => T): T {
  checkFunction("skipInit", "make", make, "Write nn.skipInit(() => new Net()).");
  return skipping.during(true, make);
}

/** Normal numbers with mean 0 and standard deviation `std` into a parameter, in place. @see torch.nn.init.normal_ */
export function drawNormal(parameter: Parameter, std: number): void {
  if (skipping.current) return;
  const data = allocate(parameter.dtype, parameter.numel());
  const random = defaultRandom();
  for (let i = 0; i < data.length; i++) data[i] = random.normal() * std;
  parameter.storage.replace(getDevice(parameter.device).upload(data));
}

/** One number everywhere in a parameter, in place. @see torch.nn.init.constant_ */
export function fill(parameter: Parameter, value: number): void {
  const data = allocate(parameter.dtype, parameter.numel()).fill(value);
  parameter.storage.replace(getDevice(parameter.device).upload(data));
}

/**
 * A parameter with uniform numbers in [-bound, bound), bound = 1 / sqrt(fanIn). For weights this is He's uniform
 * initialisation with a = sqrt(5), which PyTorch uses for convolutions and linear layers; biases use the same bound.
 * @param fanIn how many inputs one output sums over
 * @see He et al. 2015, arXiv:1502.01852; torch.nn.init.kaiming_uniform_
 */
export function uniformParameter(shape: Shape, fanIn: number): Parameter {
  const bound = fanIn > 0 ? 1 / Math.sqrt(fanIn) : 0;
  const data = allocate("float32", sizeOf(shape));
  const random = defaultRandom();
  if (skipping.current) return new Parameter(fromArray(data, shape));
  for (let i = 0; i < data.length; i++) data[i] = (2 * random.next() - 1) * bound;
  return new Parameter(fromArray(data, shape));
}
