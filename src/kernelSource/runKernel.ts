/** A GPU.js function of one's own on tensors: one call for each number of the result. */
import { checkFunction, checkTensors, show } from "../arguments";
import { asGpuArray } from "../devices/gpu/buffer";
import type { KernelFunction } from "../devices/gpu/compile";
import { launch, shaped } from "../devices/gpu/launch";
import { startedGpu } from "../devices/gpu/setup";
import { Storage } from "../devices/storage";
import { DeviceError, ShapeError } from "../errors";
import { checkOptions, type OptionNames } from "../options";
import { showShape, sizeOf, type Shape } from "../tensor/shape";
import { Tensor } from "../tensor/tensor";
import { readFunction, type FunctionOptions } from "./userFunction";

export interface RunKernelOptions extends FunctionOptions {
  /** The result's shape, of at most four dimensions; default that of the first input. */
  shape?: Shape;
}
const optionNames: OptionNames<RunKernelOptions> = { shape: true, constants: true, functions: true };

/**
 * Computes a tensor with a GPU.js function of your own, on device gpu wherever the inputs are: the function runs once for each
 * number of the result and returns it. `this.thread` says which number: x counts columns, y rows, z planes; a result
 * [N,K,P,Q] has x = p * Q + q, y = k and z = n, as the kernels of `F.conv2d` have. GPU.js indexes an input [L] as `x[i]`, [H,W] as
 * `x[h][w]`, [C,H,W] as `x[c][h][w]`, and in at most three dimensions: [N,C,H,W] is `x[n * C + c][h][w]`. Numbers from other
 * cells become constants by themselves. Nothing is differentiated.
 * @param fn     a function with its own text: `function mine(x) { ... this.thread.x ... }`
 * @param inputs what the function takes, in order
 * @param options `shape` of the result (default: that of the first input), `constants` that the function reads as
 *               `this.constants.NAME`, and `functions` that it calls
 * @throws DeviceError if it captures what is no number, or GPU.js cannot translate it; ShapeError if the shape is none
 * @example
 * const x = tensor([[1, 2], [3, 4]]);
 * const y = await runKernel(function twice(this: any, x: number[][]) {
 *   return this.constants.factor * x[this.thread.y][this.thread.x];
 * }, [x], { constants: { factor: 2 } });
 * console.log(await y.tolist()); // [[2, 4], [6, 8]]
 */
export async function runKernel(
  fn: KernelFunction,
  inputs: readonly Tensor[],
  options: RunKernelOptions = {},
): Promise<Tensor> {
  checkOptions("runKernel", options, optionNames, arguments, 2);
  checkFunction("runKernel", "fn", fn, "Write function mine(x) { ... }.");
  checkTensors("runKernel", "inputs", inputs, "Write runKernel(mine, [x]).");
  if (fn.length !== inputs.length)
    throw new DeviceError(
      `runKernel: "${fn.name}" takes ${fn.length} ${fn.length === 1 ? "argument" : "arguments"}, got ${inputs.length} ` +
        `${inputs.length === 1 ? "input" : "inputs"}. Give a tensor for each argument, and numbers as constants.`,
    );
  const { constants, functions } = options;
  const text = readFunction("runKernel", fn, { constants, functions });
  const shape = options.shape ?? inputs[0]?.shape ?? [];
  const output = threadsOf(shape);
  startedGpu()?.kernelFallbacks.delete(text.name); // of a former function with this name
  const memory = asGpuArray(
    attempt(() =>
      launch(fn, { output, constants: text.constants, functions: text.functions, text }, ...inputs.map(memoryOf)),
    ),
  );
  try {
    await memory.computed();
  } catch (error) {
    throw refused(error);
  }
  return new Tensor(new Storage(memory, "float32", "gpu"), [...shape]);
}

function attempt<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw refused(error);
  }
}

/** What GPU.js says of a function that it cannot read or run, without advice for built-in kernels. */
const refused = (error: unknown): DeviceError =>
  new DeviceError(`runKernel: ${String((error as Error).message).replace(/^gpu: | Use smaller batches.*$/g, "")}`);

/** Threads along x, y and z. */
function threadsOf(shape: Shape): readonly number[] {
  const lengths: readonly unknown[] = Array.isArray(shape) ? shape : [];
  if (
    lengths.length < 1 ||
    lengths.length > 4 ||
    !lengths.every((length) => Number.isInteger(length) && Number(length) > 0)
  )
    throw new ShapeError(
      `runKernel: the result has shape ${Array.isArray(shape) ? showShape(shape) : show(shape)}. ` +
        `Give one to four whole numbers above 0, such as { shape: [2, 3] }.`,
    );
  const [N, K, P, Q] = shape;
  return shape.length === 4 ? [P * Q, K, N] : [...shape].reverse();
}

/** The input as a kernel indexes it; planes of all images in a row. */
function memoryOf(input: Tensor) {
  const { shape } = input;
  const { memory } = input.to("gpu").storage;
  if (shape.length < 2) return memory;
  const [rows, columns] = shape.slice(-2);
  return shape.length === 2 ? shaped(memory, columns, rows) : shaped(memory, columns, rows, sizeOf(shape.slice(0, -2)));
}
