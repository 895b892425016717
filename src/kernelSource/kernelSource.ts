/** The text of an op's kernels, to be read: GPU.js's function and the shader it becomes, or the reference's loops. */
import { show } from "../arguments";
import type { DeviceName, DType, Memory } from "../devices/device";
import { GpuArray } from "../devices/gpu/buffer";
import type { KernelText } from "../devices/gpu/compile";
import { recordLaunches } from "../devices/gpu/launch";
import { shaderOf } from "../devices/gpu/shader";
import { allocate, getDevice } from "../devices/device";
import { DeviceError } from "../errors";
import { DISPLAY, type Displayable, type MimeBundle } from "../protocol";
import { sizeOf } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import type { AnyOp, Geometry, OpDefinition, Sample } from "../ops/define/defineOp";
import { highlighted } from "./highlighted";

type Kernels = Record<string, (...args: unknown[]) => unknown>;
type LooseDefinition = OpDefinition<Kernels, unknown, Geometry>;

/** Tensors of a sample without numbers: all that shape rules look at. */
export const sampleTensors = ({ inputs, fill }: Sample<unknown>): Tensor[] =>
  inputs.map((shape, i) => {
    const dtype: DType = typeof fill?.[i] === "object" ? "int32" : fill?.[i] === "bools" ? "bool" : "float32";
    return { shape, dtype, numel: () => sizeOf(shape), device: "gpu", storage: {} } as unknown as Tensor;
  });

/**
 * Runs an op's kernels forward and backward on memories; `around` sees every call of a kernel and makes it.
 */
export function runKernels(
  op: AnyOp,
  kernels: unknown,
  sample: Sample<unknown>,
  [inputs, dyOf]: [inputs: Memory[], dyOf: (size: number) => Memory],
  around: (method: string, call: () => unknown, args: unknown[]) => unknown,
): void {
  const definition = op.definition as unknown as LooseDefinition;
  const watched = Object.fromEntries(
    Object.entries(kernels as Kernels).map(([method, run]) => [
      method,
      (...args: unknown[]) => around(method, () => run(...args), args),
    ]),
  );
  const geometry = definition.shape(sampleTensors(sample), sample.options);
  const result = definition.forward(watched, inputs, geometry);
  const { output, extra } = "output" in result ? result : { output: result, extra: [] };
  const need = inputs.map(() => true);
  definition.backward?.(watched, dyOf(sizeOf(geometry.outShape)), { inputs, output, extra, geometry, need });
}

/** The kernels that an op launches on gpu for its first sample, by the name of the method: "forward", "backward". */
export function launchesOf(op: AnyOp): Map<string, KernelText[]> {
  const [sample] = op.definition.samples;
  const found = new Map<string, KernelText[]>();
  const fake = (size: number, dtype: DType = "float32"): Memory =>
    new GpuArray(allocate(dtype, size), { length: size, dtype });
  const inputs = sampleTensors(sample).map((t) => fake(t.numel(), t.dtype));
  runKernels(op, op.definition.kernels.gpu, sample, [inputs, (size) => fake(size)], (method, call) => {
    const texts: KernelText[] = [];
    const result = recordLaunches((text) => texts.push(text), call);
    if (!found.has(method)) found.set(method, texts);
    return result;
  });
  return found;
}

/** Text of kernels. Prints as it is; in a notebook its words are coloured. */
export class KernelSource implements Displayable {
  constructor(
    readonly title: string,
    readonly parts: readonly { readonly heading: string; readonly text: string }[],
  ) {}

  toString(): string {
    return [this.title, ...this.parts.map(({ heading, text }) => `// ${heading}\n${text}`)].join("\n\n");
  }
  /** @internal */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
  [DISPLAY](): MimeBundle {
    const html = [
      `<b>${this.title}</b>`,
      ...this.parts.map(({ heading, text }) => `<p style="margin:4px 0">${heading}</p>${highlighted(text)}`),
    ];
    return { "text/html": html.join("\n"), "text/plain": this.toString() };
  }
}

/** One kernel as GPU.js's function and as a shader, with the sizes of the op's first sample compiled in. */
function partsOf(method: string, text: KernelText): { heading: string; text: string }[] {
  const constants = Object.entries(text.constants).map(([name, value]) => `${name}=${value}`);
  const sizes = `threads ${text.output.join(" x ")}${constants.length ? `, constants ${constants.join(" ")}` : ""}`;
  const functions = text.functions.length ? `\n\n${text.functions.join("\n\n")}` : "";
  const shader = shaderOf(text);
  return [
    { heading: `${method}: ${text.name}, GPU.js (${sizes})`, text: text.source + functions },
    { heading: `${method}: ${text.name}, ${shader.language} that GPU.js makes of it`, text: shader.text },
  ];
}

/**
 * The text of an op's kernels on a device: on gpu the function that GPU.js reads and the WGSL it becomes (GLSL where it
 * computes in OpenGL), for the first of the op's samples; on reference the plain loops, which is also what a kernel on gpu
 * is that runs on the host. A notebook colours it.
 * @param op     "conv2d", "softmax", ...
 * @param kernel one of the op's kernels, such as "forward"; default: all
 * @throws DeviceError if the op or the kernel does not exist, or the device is "cpu", whose kernels are WebAssembly
 */
export function kernelSourceOf(op: AnyOp, device: DeviceName = "gpu", kernel?: string): KernelSource {
  const { name, kernels } = op.definition;
  if (device === "cpu")
    throw new DeviceError(
      `kernelSource: the kernels of ${name} on cpu are WebAssembly. Look at "gpu" or "reference", or at src/ops/${name}.`,
    );
  getDevice(device);
  const title = `${name} on ${device}`;
  const methods = Object.keys(kernels[device] as Kernels);
  if (kernel !== undefined && !methods.includes(kernel))
    throw new DeviceError(
      `kernelSource: ${name} has no kernel ${show(kernel)}. Its kernels are ${methods.join(", ")}.`,
    );
  const wanted = (method: string): boolean => kernel === undefined || method === kernel;
  if (device === "reference") {
    const loops = Object.entries(kernels.reference as Kernels).filter(([method]) => wanted(method));
    return new KernelSource(
      title,
      loops.map(([heading, run]) => ({ heading, text: run.toString() })),
    );
  }
  const launches = [...launchesOf(op)].filter(([method]) => wanted(method));
  const loops = kernels.reference as Kernels;
  return new KernelSource(
    title,
    launches.flatMap(([method, texts]) =>
      texts.length > 0
        ? texts.flatMap((text) => partsOf(method, text))
        : [{ heading: `${method}: plain loops on the host`, text: loops[method].toString() }],
    ),
  );
}
