/** What GPU.js makes of a kernel's text: WGSL, WebGPU's language, for which no graphics card is needed, or OpenGL's GLSL. */
import type { GpuJs, GpuJsKernel } from "./gpujs";
import { glMode, gpuJs, offeringWebGpu } from "./platform";
import { translate, type KernelText } from "./compile";
import { startedGpu, type GpuSetup } from "./setup";

export interface Shader {
  language: "WGSL" | "GLSL";
  text: string;
}

/** GLSL where device gpu computes in OpenGL, otherwise WGSL. @throws Error with GPU.js's complaint if it cannot translate */
export function shaderOf(text: KernelText): Shader {
  const setup = startedGpu();
  return setup?.mode === glMode
    ? { language: "GLSL", text: glslOf(setup, text) }
    : { language: "WGSL", text: wgslOf(text) };
}

function wgslOf(text: KernelText): string {
  return offeringWebGpu(() => {
    const gpu: GpuJs = new (gpuJs().GPU)({ mode: "webgpu" });
    const run = translate(gpu, text, "webgpu");
    // The text is ready at once; what comes after needs a device, and is not wanted.
    (build(run, text) as Promise<void>).catch(() => {});
    return run.kernel.compiledSource ?? "";
  });
}

function glslOf(setup: GpuSetup, text: KernelText): string {
  const run = translate(setup.gpu, text, setup.mode);
  build(run, text);
  const source = run.kernel.compiledFragmentShader ?? "";
  run.destroy();
  return source;
}

/** With a number for each input, of which only the kind matters. */
function build(run: GpuJsKernel, text: KernelText): unknown {
  const { Input } = gpuJs();
  return run.build(
    ...text.argumentTypes.map((type) => {
      if (type === "Float") return 0;
      const number = new Float32Array(1);
      return type === "Input" ? new Input(number, [1, 1, 1]) : number;
    }),
  );
}
