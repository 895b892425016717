import { checkModule, isArray, show } from "../arguments";
import { enableGrad } from "../autograd/noGrad";
import { gradients } from "../autograd/tape";
import { yieldToEventLoop } from "../eventLoop";
import { allocate, defaultDevice, getDevice } from "../devices/device";
import { GradError, ShapeError } from "../errors";
import { inEvaluation, type Module } from "../nn/module";
import { conv2d, pad } from "../ops";
import { checkOptions, type OptionNames } from "../options";
import { fromArray } from "../tensor/create";
import { defaultRandom, Random } from "../tensor/random";
import { checkShape, showShape, sizeOf, type Shape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { deviceOf } from "./input";
import { layerOf, watchLayer, type Layer } from "./layer";

export interface FeatureVisualizationOptions {
  /** A module or its path; the network itself for a class. Its output is maps [N,K,P,Q] or features [N,K]. */
  layer: Layer;
  /** Which of the K units. */
  unit: number;
  /** Of the images: [N,C,H,W], from N different beginnings. */
  inputShape: Shape;
  /** Default 100. */
  steps?: number;
  /** How far a pixel moves in a step, as the root of the mean square, in the input's units; default 0.05. */
  lr?: number;
  /** The image is shifted by up to so many pixels before each step, and back after it; default a 16th of the shorter side. */
  jitter?: number;
  /** Standard deviation in pixels of a Gaussian blur after every 10th step; default 0.5, 0 for none. */
  blur?: number;
  /** The share by which all pixels shrink in each step, 0..1; default 0.01. */
  l2?: number;
}
const optionNames: OptionNames<FeatureVisualizationOptions> = {
  layer: true,
  unit: true,
  inputShape: true,
  steps: true,
  lr: true,
  jitter: true,
  blur: true,
  l2: true,
};

/** Steps from one blur to the next. */
const BLUR_EVERY = 10;
/** Standard deviation of the noise that the image begins as. */
const FIRST_NOISE = 0.1;

/**
 * Images that excite a unit: noise that follows the gradient of the unit's answer (its mean over a map) uphill. Each step
 * has the same length, the image shrinks a little each time, is shifted at random and blurred now and then, so that no
 * single pixels win. The beginning and the shifts come from the engine's random numbers (`manualSeed`). The network computes
 * in evaluation mode, and no `grad`, mode or running statistic changes. Shape of the result: inputShape, on the network's
 * device; 0 is the middle of its range, so show it with a scale of its own.
 * @param options.layer      a module or its path, "conv2"; `net` itself for a class
 * @param options.unit       which map, feature or class
 * @param options.inputShape [N,C,H,W], as `summary` takes it
 * @param options.steps      default 100
 * @param options.lr         default 0.05
 * @param options.jitter     pixels; default a 16th of the shorter side
 * @param options.blur       pixels; default 0.5
 * @param options.l2         default 0.01
 * @throws DataError if there is no such layer; ShapeError if inputShape is not [N,C,H,W]; RangeError for no such unit
 * @see Yosinski et al. 2015, arXiv:1506.06579, section 3; Olah, Mordvintsev & Schubert 2017, "Feature visualization", distill.pub
 * @example
 * const options = { layer: net.conv2, unit: 3, inputShape: [1, 3, 32, 32], steps: 20 };
 * show.images(await interpret.featureVisualization(net, options));
 */
export async function featureVisualization(net: Module, options: FeatureVisualizationOptions): Promise<Tensor> {
  const caller = "featureVisualization";
  const given = checkOptions(caller, options, optionNames, arguments, 1);
  checkModule(caller, "net", net);
  const { unit, inputShape, steps = 100, lr = 0.05, blur = 0.5, l2 = 0.01 } = given;
  const module = layerOf(caller, net, given.layer);
  if (!isArray(inputShape) || inputShape.length !== 4)
    throw new ShapeError(`${caller}: inputShape must be [N,C,H,W], got ${show(inputShape)}. Write [1, 3, 32, 32].`);
  checkShape(caller, inputShape);
  if (sizeOf(inputShape) === 0)
    throw new ShapeError(
      `${caller}: images have no pixels (inputShape ${showShape(inputShape)}). Write [1, 3, 32, 32].`,
    );
  const jitter = given.jitter ?? Math.floor(Math.min(inputShape[2], inputShape[3]) / 16);
  for (const [name, value] of Object.entries({ unit, steps, jitter }))
    if (!Number.isInteger(value) || value < 0)
      throw new RangeError(`${caller}: ${name} must be a whole number >= 0, got ${show(value)}. Write { ${name}: 2 }.`);
  for (const [name, value, most] of [
    ["lr", lr, Infinity],
    ["blur", blur, Infinity],
    ["l2", l2, 1],
  ] as const)
    if (typeof value !== "number" || !(value >= 0 && value <= most && value < Infinity))
      throw new RangeError(
        `${caller}: ${name} must be a number ${most === 1 ? "from 0 to 1" : ">= 0"}, got ${show(value)}. Leave it out.`,
      );
  const random = new Random(defaultRandom().int(2 ** 31));
  let image = noise(net, inputShape, random);
  for (let step = 0; step < steps; step++) {
    const shift = [0, 0].map(() => random.int(2 * jitter + 1) - jitter);
    const shifted = image.roll(shift, [2, 3]);
    const uphill = unitGradient(caller, net, shifted, module, unit);
    const length = uphill.square().mean([1, 2, 3], { keepdim: true }).sqrt();
    // A unit that does not answer has no gradient: the image stays.
    const moved = shifted.add(uphill.mul(lr).div(length.add(1e-20))).mul(1 - l2);
    image = moved.roll([-shift[0], -shift[1]], [2, 3]);
    if (blur > 0 && (step + 1) % BLUR_EVERY === 0) image = blurred(image, blur);
    await yieldToEventLoop();
  }
  return image;
}

function noise(net: Module, shape: Shape, random: Random): Tensor {
  const numbers = allocate(net.parameters().at(0)?.dtype ?? "float32", sizeOf(shape));
  for (let i = 0; i < numbers.length; i++) numbers[i] = FIRST_NOISE * random.normal();
  return fromArray(numbers, shape, { device: deviceOf(net) ?? defaultDevice });
}

/** The gradient of a unit's answer with respect to the image. */
function unitGradient(caller: string, net: Module, image: Tensor, layer: Module, unit: number): Tensor {
  return inEvaluation(() =>
    enableGrad(() => {
      const leaf = image.detach();
      leaf.requiresGrad = true;
      const { map } = watchLayer(caller, net, leaf, layer);
      const [gradient] = gradients(map, seedOf(caller, map, unit), [leaf]);
      if (gradient) return gradient;
      throw new GradError(
        `${caller}: the layer's output does not depend on the input by operations that have gradients. ` +
          `Does forward use detach(), noGrad() or argmax()?`,
      );
    }),
  );
}

/** The mean over the unit's map, as what a backward pass starts with. */
function seedOf(caller: string, map: Tensor, unit: number): ReturnType<typeof allocate> | Tensor["storage"]["memory"] {
  const { shape, dtype, device } = map;
  if (shape.length !== 4 && shape.length !== 2)
    throw new ShapeError(
      `${caller}: the layer gives ${showShape(shape)}, needs maps [N,K,P,Q] or features [N,K]. ` +
        `Choose a convolution, a linear layer, or the network itself.`,
    );
  const [N, K, P = 1, Q = 1] = shape;
  if (unit >= K)
    throw new RangeError(
      `${caller}: unit must be a whole number from 0 to ${K - 1}, got ${show(unit)} (output ${showShape(shape)}). ` +
        `Count from 0.`,
    );
  const seed = allocate(dtype, N * K * P * Q);
  for (let n = 0; n < N; n++) seed.fill(1 / (P * Q), (n * K + unit) * P * Q, (n * K + unit + 1) * P * Q);
  return getDevice(device).upload(seed);
}

/** Each channel blurred on its own, by one row of weights along both sides; the border goes on outside. */
function blurred(image: Tensor, deviation: number): Tensor {
  const radius = Math.ceil(3 * deviation);
  const weights = Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * deviation ** 2)),
  );
  const sum = weights.reduce((a, b) => a + b);
  const { dtype, device, shape } = image;
  const [, C] = shape;
  const row = allocate(dtype, C * weights.length);
  row.forEach((_, i) => (row[i] = weights[i % weights.length] / sum));
  const framed = pad(image, [radius, radius, radius, radius], { mode: "replicate" });
  const along = conv2d(framed, fromArray(row, [C, 1, 1, weights.length], { device }), null, { groups: C });
  return conv2d(along, fromArray(row.slice(), [C, 1, weights.length, 1], { device }), null, { groups: C });
}
