/** Functions that make tensors. */
import { checkNumber, nextStep, show } from "../arguments";
import {
  defaultDevice,
  allocate,
  checkDType,
  dtypeOf,
  getDevice,
  isFloat,
  isTypedArray,
  type DeviceName,
  type DType,
  type TypedArray,
} from "../devices/device";
import { asBools, asDType } from "../devices/convert";
import { Storage } from "../devices/storage";
import { DTypeError, ShapeError } from "../errors";
import { checkOptions, type OptionNames } from "../options";
import { defaultRandom } from "./random";
import { checkShape, showShape, sizeOf, type Shape } from "./shape";
import { Tensor } from "./tensor";

/** Numbers, or arrays of numbers nested to any depth; the innermost may be typed arrays. */
export type NestedNumbers = number | boolean | TypedArray | readonly NestedNumbers[];

export interface CreateOptions {
  /** Default float32. */
  dtype?: DType;
  /** Default cpu. */
  device?: DeviceName;
  /** Whether backward() shall leave a gradient here; default false. */
  requiresGrad?: boolean;
}
/** @internal What every function that creates a tensor takes. */
export const createOptions: OptionNames<CreateOptions> = { dtype: true, device: true, requiresGrad: true };

/**
 * A tensor of `shape` over the numbers of `array`, whose type gives the dtype; bytes are bools, true unless 0. The array is
 * used as it is, not copied: do not write to it afterwards. Default device: cpu (float64: reference).
 * @throws ShapeError if the array's length is not the product of the shape
 * @throws DTypeError if it is no typed array
 */
export function fromArray(array: TypedArray, shape: Shape, options: Omit<CreateOptions, "dtype"> = {}): Tensor {
  checkOptions("fromArray", options, { device: true, requiresGrad: true }, arguments, 2);
  if (!isTypedArray(array))
    throw new DTypeError(
      `fromArray: takes a Float32Array, Float64Array, Int32Array or Uint8Array, got ${describe(array)}. ` +
        `Use tensor([...]) for plain arrays.`,
    );
  return build("fromArray", array instanceof Uint8Array ? asBools(array) : array, shape, options);
}

/**
 * A tensor of the given numbers: `tensor([[1, 2], [3, 4]])` has shape [2,2]. The numbers are copied, those of typed arrays
 * too; an Int32Array gives int32 unless another dtype is asked for.
 * @throws ShapeError if the rows have different lengths
 * @see torch.tensor
 */
export function tensor(data: NestedNumbers, options: CreateOptions = {}): Tensor {
  checkOptions("tensor", options, createOptions, arguments, 1);
  if (typeof data !== "number" && typeof data !== "boolean" && !isRow(data)) {
    const next = nextStep(data, "Write tensor([1, 2]).");
    throw new ShapeError(`tensor: takes numbers, or arrays of them, got ${show(data)}. ${next}`);
  }
  const shape: number[] = [];
  for (let level = data; isRow(level); level = level[0]) {
    shape.push(level.length);
    if (level.length === 0) break;
  }
  const { dtype = data instanceof Int32Array ? "int32" : "float32" } = options;
  const out = allocate(dtype, sizeOf(shape));
  let filled = 0;
  const fill = (level: NestedNumbers, depth: number): void => {
    if (typeof level === "number" || typeof level === "boolean") {
      if (depth !== shape.length) throw ragged(shape, depth);
      out[filled++] = asDType("tensor", Number(level), dtype);
    } else if (isRow(level) && level.length === shape[depth])
      for (let i = 0; i < level.length; i++) fill(level[i], depth + 1);
    else throw ragged(shape, depth);
  };
  fill(data, 0);
  return build("tensor", out, shape, options);
}

const isRow = (level: NestedNumbers): level is TypedArray | readonly NestedNumbers[] =>
  Array.isArray(level) || (ArrayBuffer.isView(level) && "length" in level);

function ragged(shape: Shape, depth: number): ShapeError {
  return new ShapeError(
    `tensor: the nested arrays differ in length or hold something that is no number, at depth ${depth} ` +
      `(expected ${showShape(shape)}). Give every row the same length.`,
  );
}

/** All zeros. Shape: as given. @see torch.zeros */
export function zeros(shape: Shape, options: CreateOptions = {}): Tensor {
  checkShape("zeros", shape);
  return filled("zeros", shape, 0, checkOptions("zeros", options, createOptions, arguments, 1));
}
/** All ones. Shape: as given. @see torch.ones */
export function ones(shape: Shape, options: CreateOptions = {}): Tensor {
  checkShape("ones", shape);
  return filled("ones", shape, 1, checkOptions("ones", options, createOptions, arguments, 1));
}

/** `value` everywhere. Shape: as given. @see torch.full */
export function full(shape: Shape, value: number, options: CreateOptions = {}): Tensor {
  return filled("full", shape, value, checkOptions("full", options, createOptions, arguments, 2));
}

/** @internal `caller` begins an error's words. */
export function filled(caller: string, shape: Shape, value: number, options: CreateOptions): Tensor {
  checkShape(caller, shape);
  if (typeof value !== "boolean") checkNumber(caller, "value", value);
  const dtype = options.dtype ?? "float32";
  const data = allocate(dtype, sizeOf(shape));
  // Memory that nobody touches is not taken.
  return build(caller, Object.is(value, 0) ? data : data.fill(asDType(caller, value, dtype)), shape, options);
}

/** start, start + step, ... below `end`; `arange(5)` counts 0 to 4. Shape: [ceil((end-start)/step)]. @see torch.arange */
export function arange(start: number, end?: number, step = 1, options: CreateOptions = {}): Tensor {
  checkOptions("arange", options, createOptions, arguments, 3);
  for (const [name, value] of Object.entries({ start, end: end ?? 0, step })) checkNumber("arange", name, value);
  const [from, to] = end === undefined ? [0, start] : [start, end];
  const length = Math.max(0, Math.ceil((to - from) / step));
  if (!Number.isFinite(length))
    throw new ShapeError(`arange: the step ${step} never reaches ${to} from ${from}. Use a step other than 0.`);
  checkShape("arange", [length]);
  const dtype = options.dtype ?? "float32";
  const data = allocate(dtype, length);
  for (let i = 0; i < length; i++) data[i] = asDType("arange", from + i * step, dtype);
  return build("arange", data, [length], options);
}

/** `steps` numbers from start to end, both included, equally far apart. Shape: [steps]. @see torch.linspace */
export function linspace(start: number, end: number, steps: number, options: CreateOptions = {}): Tensor {
  checkOptions("linspace", options, createOptions, arguments, 3);
  for (const [name, value] of Object.entries({ start, end })) checkNumber("linspace", name, value);
  if (!Number.isInteger(steps) || steps < 0)
    throw new ShapeError(
      `linspace: steps must be a whole number >= 0, got ${show(steps)}. Give how many numbers you want.`,
    );
  checkShape("linspace", [steps]);
  const dtype = options.dtype ?? "float32";
  const data = allocate(dtype, steps);
  const step = steps > 1 ? (end - start) / (steps - 1) : 0;
  // From the nearer end, so that both ends come out exactly.
  const at = (i: number): number => (2 * i < steps ? start + step * i : end - step * (steps - 1 - i));
  for (let i = 0; i < steps; i++) data[i] = asDType("linspace", at(i), dtype);
  return build("linspace", data, [steps], options);
}

/** Ones on the diagonal, zeros elsewhere. Shape: [n,m]; m defaults to n. @see torch.eye */
export function eye(n: number, m = n, options: CreateOptions = {}): Tensor {
  checkOptions("eye", options, createOptions, arguments, 2);
  checkShape("eye", [n, m]);
  const data = allocate(options.dtype ?? "float32", n * m);
  for (let i = 0; i < Math.min(n, m); i++) data[i * m + i] = 1;
  return build("eye", data, [n, m], options);
}

/** Uniform numbers in [0, 1). @see torch.rand */
export function rand(shape: Shape, options: CreateOptions = {}): Tensor {
  checkShape("rand", shape);
  checkOptions("rand", options, createOptions, arguments, 1);
  return drawn("rand", shape, options, () => defaultRandom().next());
}

/** Standard normal numbers. @see torch.randn */
export function randn(shape: Shape, options: CreateOptions = {}): Tensor {
  checkShape("randn", shape);
  checkOptions("randn", options, createOptions, arguments, 1);
  return drawn("randn", shape, options, () => defaultRandom().normal());
}

function drawn(caller: string, shape: Shape, options: CreateOptions, draw: () => number): Tensor {
  checkShape(caller, shape);
  const dtype = options.dtype ?? "float32";
  if (!isFloat(dtype))
    throw new DTypeError(`${caller}: draws fractions, which ${dtype} does not hold. Use randint(), or a float dtype.`);
  const data = allocate(dtype, sizeOf(shape));
  for (let i = 0; i < data.length; i++) data[i] = draw();
  return build(caller, data, shape, options);
}

const describe = (value: unknown): string =>
  typeof value === "object" && value !== null ? (value.constructor?.name ?? "an object") : String(value);

/** @internal A tensor over an array of the right length. */
export function build(caller: string, data: TypedArray, shape: Shape, options: CreateOptions): Tensor {
  checkShape(caller, shape);
  if (sizeOf(shape) !== data.length)
    throw new ShapeError(
      `${caller}: ${data.length} numbers do not fill shape ${showShape(shape)}, which holds ${sizeOf(shape)}. ` +
        `Check the order and count of the dimensions.`,
    );
  const dtype = dtypeOf(data);
  const device = getDevice(options.device ?? (dtype === "float64" && !options.dtype ? "reference" : defaultDevice));
  checkDType(caller, device, dtype);
  const made = new Tensor(new Storage(device.upload(data), dtype, device.name), shape);
  made.requiresGrad = options.requiresGrad ?? false;
  return made;
}
