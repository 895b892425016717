/** Buffers on the graphics card, made and taken over without GPU.js keeping a hand on them. */
import type { GpuJsBackendKernel, GpuJsContext, GpuJsKernel, GpuJsResult } from "./gpujs";
import { bufferResult } from "./platform";

export interface WebGpuMemory {
  /** The numbers in a buffer of their own. */
  upload(numbers: Float32Array): GpuJsResult;
  /** Runs a built kernel; its result, whose numbers are computed in their own time, belongs to the caller alone. */
  run(kernel: GpuJsKernel, length: number, inputs: readonly unknown[]): GpuJsResult;
}

/** WebGPU's flags: storage, copy from, copy to. */
const usage = 0x80 | 0x04 | 0x08;

/** @param reader a kernel that outlives all others: results are read back through it */
export function webGpuMemory(context: GpuJsContext, reader: GpuJsBackendKernel): WebGpuMemory {
  const Result = bufferResult();
  const { device } = context;
  return {
    upload(numbers) {
      const buffer = device.createBuffer({ size: numbers.byteLength, usage, mappedAtCreation: true });
      new Float32Array(buffer.getMappedRange()).set(numbers);
      buffer.unmap();
      return new Result({ buffer, output: [numbers.length], componentCount: 1, context, kernel: reader });
    },
    run(kernel, length, inputs) {
      const inner = kernel.kernel;
      // GPU.js submits before it returns, and throws what is wrong; its promise only wraps the buffer that we take here.
      void inner.run(...inputs);
      const buffer = inner.outputBuffer!;
      inner.outputBuffer = null; // else the kernel keeps its last result alive
      inner.bindGroupDirty = true;
      buffer._refs = 0;
      // Four numbers a thread or one: the buffer is the same, and the next kernel sees a plain row of numbers.
      return new Result({ buffer, output: [length], componentCount: 1, context, kernel: reader });
    },
  };
}
