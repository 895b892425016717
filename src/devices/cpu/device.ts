import type { Device } from "../device";
import { asCpuArray, CpuArray, newestSerial } from "./buffer";
import { wasm } from "./wasm";

/** WebAssembly with SIMD and threads, float32. The default device. */
export const cpuDevice: Device = {
  name: "cpu",
  dtypes: ["float32", "int32", "bool"],
  upload: (data) => CpuArray.of(data),
  read: (memory) => asCpuArray(memory).read(),
  add: (a, b) =>
    wasm((k, s) => {
      const out = s.room(a.length);
      k.binary_f32(0, s.put(a), s.put(b), out, a.length, 1, 1);
      return s.take(out, a.length);
    }),
  keep: (memory) => asCpuArray(memory).keep(),
  mark: newestSerial,
  release(memory, mark) {
    const array = asCpuArray(memory);
    if (array.serial > mark) array.release();
  },
};
