/** How layers draw their first weights: PyTorch's defaults, and how these are drawn again. */
import { ambient } from "../ambient";
import { checkFunction } from "../arguments";
import { allocate, getDevice, type TypedArray } from "../devices/device";
import { fromArray, full } from "../tensor/create";
import { defaultRandom } from "../tensor/random";
import { sizeOf, type Shape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { Buffer } from "./buffer";
import { Parameter } from "./parameter";

const skipping = ambient("skipInit", false);

/** What fills a parameter or a buffer with its first numbers; of one that was given its numbers there is none. */
const initialisers = new WeakMap<Tensor, (data: TypedArray) => void>();

/** Notes how the first numbers of a tensor were made; undefined forgets it, because they come from elsewhere. */
export function noteFirst(tensor: Tensor, make: ((data: TypedArray) => void) | undefined): void {
  if (make) initialisers.set(tensor, make);
  else initialisers.delete(tensor);
}

export const canDrawAgain = (tensor: Tensor): boolean => initialisers.has(tensor);

/** Gives a tensor first numbers again, in place, as its layer or `nn.init` did last. False if it was given its numbers. */
export function drawAgain(tensor: Tensor): boolean {
  const make = initialisers.get(tensor);
  if (!make) return false;
  fillWith(tensor, make);
  return true;
}

function fillWith(tensor: Tensor, make: (data: TypedArray) => void): void {
  const data = allocate(tensor.dtype, tensor.numel());
  make(data);
  tensor.storage.replace(getDevice(tensor.device).upload(data));
}

const allNormal =
  (std: number) =>
  (data: TypedArray): void => {
    const random = defaultRandom();
    for (let i = 0; i < data.length; i++) data[i] = random.normal() * std;
  };
const allUniform =
  (bound: number) =>
  (data: TypedArray): void => {
    const random = defaultRandom();
    for (let i = 0; i < data.length; i++) data[i] = (2 * random.next() - 1) * bound;
  };
const all =
  (value: number) =>
  (data: TypedArray): void =>
    void data.fill(value);

/** A parameter that begins as `value` everywhere. */
export const constantParameter = (shape: Shape, value: number): Parameter =>
  noted(new Parameter(full(shape, value)), all(value));

/** A buffer that begins as `value` everywhere. */
export const constantBuffer = (shape: Shape, value: number, dtype: "float32" | "int32" = "float32"): Buffer =>
  noted(new Buffer(full(shape, value, { dtype })), all(value));

function noted<T extends Tensor>(tensor: T, make: (data: TypedArray) => void): T {
  noteFirst(tensor, make);
  return tensor;
}

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
  noteFirst(parameter, allNormal(std));
  if (!skipping.current) fillWith(parameter, allNormal(std));
}

/** One number everywhere in a parameter, in place. @see torch.nn.init.constant_ */
export function fill(parameter: Parameter, value: number): void {
  noteFirst(parameter, all(value));
  fillWith(parameter, all(value));
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
  if (!skipping.current) allUniform(bound)(data);
  return noted(new Parameter(fromArray(data, shape)), allUniform(bound));
}
