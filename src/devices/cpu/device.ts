import type { Device } from "../device";
import { asCpuArray, CpuArray } from "./buffer";
import { plain } from "./plain";
import { wasm } from "./wasm";

/** WebAssembly with SIMD and threads, float32. The default device. */
export const cpuDevice: Device = {
  name: "cpu",
  dtypes: ["float32", "int32", "bool"],
  upload: (data) => CpuArray.of(data),
  read: (memory) => asCpuArray(memory).read(),
  add: (a, b) =>
    wasm((k, s) => {
      const out = s.block(a.length);
      k.binary_f32(0, s.put(a), s.put(b), out, a.length, 1, 1);
      return s.take(out, a.length);
    }),
  adapt: (_, kernels) => plain(kernels),
  keep: (memory) => asCpuArray(memory).keep(),
  mark: CpuArray.newestSerial,
  release(memory, mark) {
    const array = asCpuArray(memory);
    if (array.serial > mark) array.release();
  },
};
