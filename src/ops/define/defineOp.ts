/**
 * The one way to make an op. A definition says everything about it once: what it checks, how it computes, how it
 * differentiates, which kernels it has on each device, and the samples on which all of this is tested.
 */
import { checkTensor, isTensor, wrongKind } from "../../arguments";
import { isGradEnabled } from "../../autograd/noGrad";
import { record, type Saved } from "../../autograd/tape";
import "../../devices";
import {
  allocate,
  deviceNames,
  getDevice,
  isFloat,
  type DeviceName,
  type DType,
  type Memory,
} from "../../devices/device";
import { Storage } from "../../devices/storage";
import { DeviceError, DTypeError } from "../../errors";
import { checkpoint } from "../../notebook";
import { showShape, type Shape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { dryRunWatcher } from "./dryRun";
import { opListener } from "./trace";

/** What a shape rule works out: sizes that every device's kernel receives, the output's shape among them. */
export interface Geometry {
  outShape: Shape;
  /** Default: the dtype of the first input. */
  outDType?: DType;
}

/**
 * How a test fills one input: standard normal, |normal| + 0.5, the same without a gradient, all different (no ties for
 * maxima), from 0.05 to 0.95, bools, or class indices.
 */
export type Fill = "normal" | "positive" | "constant" | "distinct" | "probability" | "bools" | { classes: number };

/** One set of inputs and options. Drives gradient checks, device comparisons, PyTorch goldens and benchmarks. */
export interface Sample<O> {
  inputs: Shape[];
  /** One a input; default all "normal". */
  fill?: Fill[];
  options: O;
}

export interface Forward {
  output: Memory;
  extra: Memory[];
}

export interface OpDefinition<K extends object, O, G extends Geometry> {
  name: string;
  /** What the user called, for error messages; default the name. */
  calledAs?: string;
  /** Names of the inputs for error messages, in order; "tensor 3" for one without a name. */
  inputNames: readonly string[];
  /** All checks, before anything runs; pure. @throws ShapeError, DTypeError */
  shape(inputs: readonly Tensor[], options: O): G;
  forward(kernels: K, inputs: Memory[], geometry: G): Memory | Forward;
  /** Gradients for the inputs, null where none exists or `saved.need` does not ask; null for an op without derivative. */
  backward: ((kernels: K, dy: Memory, saved: Saved<G>) => (Memory | null)[]) | null;
  /** Devices may share reference's kernels, which get plain arrays; kernels of their own get the device's memory. */
  kernels: Record<DeviceName, K>;
  samples: Sample<O>[];
  /** Nobody but `backward` sees what `forward` returns as `extra`, so it can be freed with the graph. */
  ownsExtra?: boolean;
  /** The output is another view of the first input's storage (reshape). */
  sharesStorage?: boolean;
}

/** A defined op: call it with tensors, or read its definition. */
export interface Op<K extends object, O, G extends Geometry> {
  (inputs: readonly Tensor[], options: O): Tensor;
  readonly definition: OpDefinition<K, O, G>;
}

/** Any op, as code sees it that walks the list of all of them. */
export interface AnyOp {
  (inputs: readonly Tensor[], options: never): Tensor;
  readonly definition: {
    name: string;
    inputNames: readonly string[];
    backward: unknown;
    kernels: Record<DeviceName, unknown>;
    samples: Sample<unknown>[];
  };
}

/**
 * An op of your own: a function that takes an array of tensors and an options object, checks them, computes on the device
 * of its inputs, and takes part in `backward()`. Kernels that a device
 * shares with reference are written for plain numbers; `onHost` makes kernels for gpu from others that are.
 * @see torch.autograd.Function
 * @example
 * interface SwishKernels {
 *   forward(x: Memory): Memory;
 *   backward(dy: Memory, x: Memory): Memory;
 * }
 * const loops: SwishKernels = {
 *   forward: (x: FloatArray) => x.map((v) => v / (1 + Math.exp(-v))),
 *   backward: (dy: FloatArray, x: FloatArray) =>
 *     dy.map((d, i) => {
 *       const s = 1 / (1 + Math.exp(-x[i]));
 *       return d * (s + x[i] * s * (1 - s));
 *     }),
 * };
 * const swish = defineOp({
 *   name: "swish",
 *   inputNames: ["input"],
 *   shape: ([x]) => ({ outShape: x.shape }),
 *   forward: (kernels: SwishKernels, [x]) => kernels.forward(x),
 *   backward: (kernels, dy, { inputs: [x] }) => [kernels.backward(dy, x)],
 *   kernels: { reference: loops, cpu: loops, gpu: onHost("swish", loops) },
 *   samples: [{ inputs: [[2, 3]], options: {} }],
 * });
 * const x = tensor([-1, 0, 1], { dtype: "float64", device: "reference", requiresGrad: true });
 * console.log((await gradCheck((x) => swish([x], {}), [x])).relError); // below 1e-8
 */
export function defineOp<K extends object, O, G extends Geometry>(given: OpDefinition<K, O, G>): Op<K, O, G> {
  if (typeof (given as Partial<typeof given> | null | undefined)?.kernels !== "object" || given.kernels === null)
    throw wrongKind("defineOp", "the definition", "an object with kernels", given, "Look at the example of defineOp.");
  const { reference } = given.kernels;
  const kernels = { ...given.kernels };
  // Kernels that a device shares with reference are written for plain arrays.
  for (const device of deviceNames)
    if (kernels[device] === reference) kernels[device] = getDevice(device).adapt(given.name, reference);
  const definition = { ...given, kernels };
  const { name, forward, backward } = definition;
  // Kernels need not know of tensors without numbers: reference's loops give what sums and products of nothing are.
  let ofNothing: Record<DeviceName, K> | null = null;
  const kernelsOfNothing = (): Record<DeviceName, K> =>
    (ofNothing ??= onEachDevice("tensors without numbers", reference));

  const apply = (given: readonly Tensor[], options: O): Tensor => {
    checkpoint();
    const inputs = [...given];
    const caller = definition.calledAs ?? name;
    for (let i = 0; i < inputs.length; i++)
      if (!isTensor(inputs[i])) checkTensor(caller, nameOf(definition.inputNames, i), inputs[i]);
    const { device } = checkTogether(caller, definition.inputNames, inputs);
    const geometry = definition.shape(inputs, options);
    let isEmpty = hasNothing(geometry.outShape);
    for (let i = 0; i < inputs.length && !isEmpty; i++) isEmpty = hasNothing(inputs[i].shape);
    const kernel = (isEmpty ? kernelsOfNothing() : kernels)[device];
    const memories = inputs.map((input) => input.storage.memory);
    const dtype = geometry.outDType ?? inputs[0].dtype;
    const watchDry = dryRunWatcher.current;
    const result = watchDry ? getDevice(device).upload(allocate(dtype, 0)) : forward(kernel, memories, geometry);
    const { output, extra } = "output" in result ? result : { output: result, extra: [] };
    getDevice(device).announce?.(output, geometry.outShape, dtype);

    const storage = definition.sharesStorage ? inputs[0].storage : new Storage(output, dtype, device);
    const tensor = inputs[0].over(storage, geometry.outShape);
    if (backward && isFloat(dtype) && isGradEnabled() && inputs.some((input) => input.requiresGrad)) {
      const need = inputs.map((input) => input.requiresGrad);
      const saved = { inputs: memories, output, extra, geometry, need };
      const end = definition.ownsExtra && extra.length > 0 ? () => release(device, extra) : null;
      record(name, inputs, tensor, (dy, need) => backward(kernel, dy, need ? { ...saved, need } : saved), end);
    }
    watchDry?.(name, inputs, tensor, geometry);
    const listen = opListener.current;
    if (listen) listen({ name, inputs, options: options as Record<string, unknown>, geometry, output: tensor });
    return tensor;
  };
  return Object.assign(apply, { definition });
}

/** Kernels written for plain arrays, for every device. */
const onEachDevice = <K extends object>(name: string, kernels: K): Record<DeviceName, K> =>
  Object.fromEntries(deviceNames.map((device) => [device, getDevice(device).adapt(name, kernels)])) as Record<
    DeviceName,
    K
  >;

/** Whether a length is 0: in each op, so without a closure. */
function hasNothing(shape: Shape): boolean {
  for (let d = 0; d < shape.length; d++) if (shape[d] === 0) return true;
  return false;
}

function release(device: DeviceName, memories: readonly Memory[]): void {
  for (const memory of memories) getDevice(device).release?.(memory, -1);
}

/** @throws DTypeError unless all inputs are floats */
export function checkFloats(name: string, names: readonly string[], inputs: readonly Tensor[]): void {
  for (let i = 0; i < inputs.length; i++)
    if (!isFloat(inputs[i].dtype))
      throw new DTypeError(
        `${name}: ${names[i]} must be float, got ${inputs[i].dtype} (${names[i]} ${showShape(inputs[i].shape)}). ` +
          `Convert it with .float().`,
      );
}

/** Inputs must lie on one device, and those that are floats must share one dtype. */
function checkTogether(name: string, names: readonly string[], inputs: Tensor[]): Tensor {
  const [first] = inputs;
  let firstFloat = -1;
  for (let i = 0; i < inputs.length; i++) {
    const { device, dtype } = inputs[i];
    if (device !== first.device)
      throw new DeviceError(
        `${name}: ${nameOf(names, 0)} is on ${first.device}, ${nameOf(names, i)} on ${device}. ` +
          `Move one with .to("${first.device}").`,
      );
    if (!isFloat(dtype)) continue;
    if (firstFloat < 0) firstFloat = i;
    if (dtype !== inputs[firstFloat].dtype)
      throw new DTypeError(
        `${name}: ${nameOf(names, firstFloat)} is ${inputs[firstFloat].dtype}, ${nameOf(names, i)} is ${dtype}. ` +
          `Create both with the same { dtype }.`,
      );
  }
  return first;
}

const nameOf = (names: readonly string[], i: number): string => names[i] ?? `tensor ${i}`;
