/** How layers draw their first weights: PyTorch's defaults. */
import { allocate } from "../devices/device";
import { fromArray } from "../tensor/create";
import { defaultRandom } from "../tensor/random";
import { sizeOf, type Shape } from "../tensor/shape";
import { Parameter } from "./parameter";

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
  for (let i = 0; i < data.length; i++) data[i] = (2 * random.next() - 1) * bound;
  return new Parameter(fromArray(data, shape));
}
