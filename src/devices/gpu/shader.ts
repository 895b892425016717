/** What GPU.js makes of a kernel's text, without a graphics card: WGSL, WebGPU's language. */
import type { GpuJs } from "./gpujs";
import { gpuJs, offeringWebGpu } from "./platform";
import { translate, type KernelText } from "./compile";

/** @throws Error with GPU.js's complaint if it cannot translate the kernel */
export function wgslOf(text: KernelText): string {
  return offeringWebGpu(() => {
    const gpu: GpuJs = new (gpuJs().GPU)({ mode: "webgpu" });
    const run = translate(gpu, text, "webgpu");
    const values = text.argumentTypes.map((type) => (type === "Float" ? 0 : new Float32Array(1)));
    const { Input } = gpuJs();
    const inputs = values.map((value, i) =>
      text.argumentTypes[i] === "Input" ? new Input(value as Float32Array, [1, 1, 1]) : value,
    );
    // The text is ready at once; what comes after needs a device, and is not wanted.
    (run.build(...inputs) as Promise<void>).catch(() => {});
    return run.kernel.compiledSource ?? "";
  });
}
