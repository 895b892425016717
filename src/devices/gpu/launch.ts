import { ambient } from "../../ambient";
import type { DType, DeviceBuffer, Memory } from "../device";
import { DeviceError } from "../../errors";
import { asGpuArray, floatsOf, GpuArray, isOnHost, type Value } from "./buffer";
import { compiled, rowsOfRows, withMemory, type CompiledKernel, type KernelFunction, type KernelText } from "./compile";
import { flatten } from "./gpujs";
import { glMode, gpuJs } from "./platform";
import { replacementOf } from "./replaced";
import { trackResident } from "./residents";
import { gpuSetup, type GpuSetup } from "./setup";

export interface LaunchOptions {
  /** How many threads along x, y and z, x fastest: each computes one number, or four neighbours along x. */
  output: readonly number[];
  /** Numbers that are compiled into the kernel: sizes, strides. Whole ones become integers. */
  constants?: Readonly<Record<string, number>>;
  /** Names of constants that are fractions even if their value is whole. */
  floats?: readonly string[];
  /** Source of functions that the kernel calls. */
  functions?: readonly string[];
  /** What the numbers are; on the GPU they are floats all the same. Default float32. */
  dtype?: DType;
  /** The kernel returns four neighbouring numbers. */
  quads?: boolean;
  /** In place of the kernel's own name and text. */
  text?: { readonly name: string; readonly source: string };
}

/** Memory that the kernel indexes as `x[z][y][x]` or `x[y][x]`; `lengths` x first. */
export interface Shaped {
  readonly memory: Memory;
  readonly lengths: readonly number[];
}
/**
 * `memory` for a kernel that indexes it in two or three dimensions, x first. GPU.js keeps variables as floats, which
 * are exact only up to 2^24; positions in large tensors stay exact because GPU.js joins the indices as integers.
 */
export const shaped = (memory: Memory, ...lengths: number[]): Shaped => ({ memory, lengths });

export type KernelInput = Memory | Shaped | number;

type Recorder = (text: KernelText, kernel: KernelFunction) => void;
const recorder = ambient<Recorder | null>("recordLaunches", null);

/** What `body` returns; its launches compute nothing and give zeros, but `seen` gets their kernels. */
export const recordLaunches = <T>(seen: Recorder, body: () => T): T => recorder.during(seen, body);

const product = (numbers: readonly number[]): number => numbers.reduce((a, b) => a * b, 1);

/**
 * The kernel's output, at once: computed already in the synchronous modes, a promise in webgpu. Numbers among the
 * inputs become float arguments; they can change from call to call without a new translation.
 */
export function launch(kernel: KernelFunction, options: LaunchOptions, ...inputs: KernelInput[]): DeviceBuffer {
  const length = product(options.output) * (options.quads ? 4 : 1);
  const dtype = options.dtype ?? "float32";
  if (length === 0) return new GpuArray(new Float32Array(0), { length, dtype });
  const seen = recorder.current;
  if (seen) {
    seen(textFor(kernel, options, inputs), kernel);
    return new GpuArray(new Float32Array(length), { length, dtype });
  }
  const setup = gpuSetup();
  if (!(setup instanceof Promise) && inputs.every(isComputed)) {
    const text = textFor(kernel, options, inputs);
    try {
      const values = inputs.map((input) => valueOf(setup, input));
      const entry = compiled(setup, text, values);
      if (!entry.building) return finished(setup, entry, length, dtype, values);
    } catch (error) {
      throw kernelError(setup, text.name, error);
    }
  }
  const array: GpuArray = new GpuArray(
    launchLater(setup, kernel, options, inputs, length).then((result) => {
      if (!isOnHost(result)) trackResident(array, result);
      return result;
    }),
    { length, dtype },
  );
  return array;
}

function finished(
  setup: GpuSetup,
  entry: CompiledKernel,
  length: number,
  dtype: DType,
  values: readonly unknown[],
): GpuArray {
  const result = run(setup, entry, length, values);
  const array = new GpuArray(result, { length, dtype });
  if (!isOnHost(result)) trackResident(array, result);
  return array;
}

function run(setup: GpuSetup, { kernel, plain }: CompiledKernel, length: number, values: readonly unknown[]): Value {
  if (setup.memory) return setup.memory.run(kernel, length, values);
  if (plain) return flatten(kernel(...rowsOfRows(values)), length);
  return flatten(
    withMemory(setup, () => kernel(...values)),
    length,
  );
}

async function launchLater(
  starting: GpuSetup | Promise<GpuSetup>,
  kernel: KernelFunction,
  options: LaunchOptions,
  inputs: readonly KernelInput[],
  length: number,
): Promise<Value> {
  const setup = await starting;
  for (const input of inputs) if (typeof input !== "number") await arrayOf(input).computed();
  const values = (): unknown[] => inputs.map((input) => valueOf(setup, input));
  const text = textFor(kernel, options, inputs);
  try {
    const entry = compiled(setup, text, values());
    if (entry.building) await entry.building;
    // From here to GPU.js's submission nothing waits, so no input can be spilled in between.
    return run(setup, entry, length, values());
  } catch (error) {
    throw kernelError(setup, text.name, error);
  }
}

/**
 * Whether a graphics card computes, which wants fewer threads that do more each; true while WebGPU is still being asked.
 * Kernels of both kinds run in every mode, so a wrong guess costs time alone.
 */
export function onCard(): boolean {
  const setup = gpuSetup();
  return setup instanceof Promise || ["webgpu", glMode].includes(setup.mode);
}

/** The kernel as GPU.js takes it. */
export function textFor(kernel: KernelFunction, options: LaunchOptions, inputs: readonly KernelInput[]): KernelText {
  const constants = options.constants ?? {};
  const own = replacementOf(kernel, constants);
  return {
    name: own?.name ?? options.text?.name ?? kernel.name,
    source: own?.source ?? options.text?.source ?? kernel.toString(),
    output: options.output,
    constants: { ...constants, ...own?.constants },
    floats: options.floats ?? [],
    functions: own?.functions ?? options.functions ?? [],
    quads: options.quads ?? false,
    argumentTypes: inputs.map((input) =>
      typeof input === "number" ? "Float" : "lengths" in input ? "Input" : "Array",
    ),
  };
}

/** GPU.js's complaint, such as a result too large for the graphics card, in our words. */
function kernelError({ mode }: GpuSetup, name: string, error: unknown): DeviceError {
  const reason = (error instanceof Error ? error.message : String(error)).split("\n")[0].replace(/\.$/, "");
  return new DeviceError(
    `gpu: kernel ${name} does not run in mode ${mode}: ${reason}. Use smaller batches, or device "cpu".`,
  );
}

const arrayOf = (input: Memory | Shaped): GpuArray => asGpuArray("lengths" in input ? input.memory : input);

const isComputed = (input: KernelInput): boolean => typeof input === "number" || arrayOf(input).now() !== null;

/** Fewer numbers than this travel with each launch; more are put on the GPU once. */
const leastToKeep = 64;

/** What GPU.js takes for an input that has been computed. */
function valueOf(setup: GpuSetup, input: KernelInput): unknown {
  if (typeof input === "number") return input;
  const array = arrayOf(input);
  const lengths = "lengths" in input ? input.lengths : [array.length];
  const value = array.onDevice() ?? array.now()!;
  if (!isOnHost(value)) {
    value.output = lengths;
    return value;
  }
  // WebGPU has no empty buffers. Nothing reads this one number.
  const floats = value.length === 0 ? new Float32Array(1) : floatsOf(value);
  if (setup.memory && floats.length >= leastToKeep) {
    const resident = setup.memory.upload(floats);
    array.keepOnDevice(resident);
    trackResident(array, resident);
    resident.output = lengths;
    return resident;
  }
  return "lengths" in input ? new (gpuJs().Input)(floats, value.length ? lengths : [1]) : floats;
}
