/**
 * The contract of a device: where numbers lie and what computes with them.
 * Everything an op needs beyond this is in the op's own folder (`src/ops/<op>/{reference,cpu,gpu}.ts`).
 */
import { show } from "../arguments";
import { DeviceError, DTypeError } from "../errors";

export type DeviceName = "reference" | "cpu" | "gpu";
export const deviceNames: readonly DeviceName[] = ["reference", "cpu", "gpu"];
/** Where tensors are made unless something else is asked for. */
export const defaultDevice: DeviceName = "cpu";
/** The devices that networks are trained on, the default first; reference is the slow truth that they are held to. */
export const trainingDevices: readonly DeviceName[] = ["cpu", "gpu"];

/** `bool` is 0 or 1 in a byte; `int32` holds class indices. Gradients flow through the float dtypes alone. */
export type DType = "float64" | "float32" | "int32" | "bool";
export type FloatArray = Float32Array | Float64Array;
export type TypedArray = FloatArray | Int32Array | Uint8Array;

/** A handle on numbers that lie where the device put them: on gpu they may not even have been computed yet. */
export interface DeviceBuffer {
  readonly length: number;
  readonly dtype: DType;
}

/** What kernels take and return: plain numbers on reference, handles on cpu and gpu. Always contiguous, row-major. */
export type Memory = TypedArray | DeviceBuffer;

/** What a device is on this machine. */
export interface DeviceDescription {
  /** Whether a graphics card computes. */
  hardware: boolean;
  /** In a sentence, with what computes and why nothing better does. */
  text: string;
  /** What to do where the device is slow; null where there is nothing to say. */
  advice: string | null;
}

export interface Device {
  readonly name: DeviceName;
  readonly dtypes: readonly DType[];
  /** The numbers on the device. Takes ownership of `data`: the caller must not write to it afterwards. */
  upload(data: TypedArray): Memory;
  /** The numbers back on the host; a promise only where the device computes on its own time. Only read them. */
  read(memory: Memory): TypedArray | Promise<TypedArray>;
  /** Elementwise sum of two equally long float buffers, as autograd needs it where paths meet. */
  add(a: Memory, b: Memory): Memory;
  /** Kernels of this device that run `kernels`, which are written for plain arrays; `name` is for the device's reports. */
  adapt<K extends object>(name: string, kernels: K): K;
  /** What the device is, where machines differ. @throws DeviceError if it was asked to be what this machine lacks */
  describe?(): Promise<DeviceDescription>;
  /** What a result that has not been computed yet will be, where the device does not know. */
  announce?(memory: Memory, shape: readonly number[], dtype: DType): void;
  /** Numbers that will be in use for long, such as a parameter's, where the device treats these apart. */
  keep?(memory: Memory): void;
  /** A mark for `release`: what is made from now on is newer. */
  mark?(): number;
  /** Frees numbers that the engine alone has seen, if they are newer than the mark. */
  release?(memory: Memory, mark: number): void;
}

const devices = new Map<DeviceName, Device>();

/** Makes a device known; each device's folder does this once from `devices/index.ts`. */
export function registerDevice(device: Device): void {
  devices.set(device.name, device);
}

export function getDevice(name: DeviceName): Device {
  const device = devices.get(name);
  if (!device) throw new DeviceError(`device: there is no device ${show(name)}. Use "cpu", "gpu" or "reference".`);
  return device;
}

export const arrayOf = { float64: Float64Array, float32: Float32Array, int32: Int32Array, bool: Uint8Array };

/** A zeroed array for `length` numbers of `dtype`. @throws DTypeError if there is no such dtype */
export function allocate(dtype: DType, length: number): TypedArray {
  checkDTypeName(dtype);
  return new arrayOf[dtype](length);
}

/** @throws DTypeError if there is no such dtype */
export function checkDTypeName(dtype: string): asserts dtype is DType {
  if (!Object.hasOwn(arrayOf, dtype))
    throw new DTypeError(`dtype: there is no dtype ${show(dtype)}. Use ${Object.keys(arrayOf).join(", ")}.`);
}

export function dtypeOf(data: TypedArray): DType {
  if (data instanceof Float32Array) return "float32";
  if (data instanceof Float64Array) return "float64";
  return data instanceof Int32Array ? "int32" : "bool";
}

/** Whether `value` is an array that a tensor can be made of; users of plain JavaScript pass other things. */
export const isTypedArray = (value: unknown): value is TypedArray =>
  Object.values(arrayOf).some((kind) => value instanceof kind);

export const isFloat = (dtype: DType): boolean => dtype === "float32" || dtype === "float64";

/** @throws DTypeError if the device cannot hold `dtype`; `caller` begins the message. */
export function checkDType(caller: string, device: Device, dtype: DType): void {
  if (!device.dtypes.includes(dtype))
    throw new DTypeError(
      `${caller}: device "${device.name}" holds ${device.dtypes.join(", ")}, not ${dtype}. ` +
        (dtype === "float64" ? `Use { device: "reference" } for float64.` : `Convert it first.`),
    );
}
