import type { Device, TypedArray } from "../device";
import { wasm } from "./wasm";

/** WebAssembly with SIMD, float32. The default device. */
export const cpuDevice: Device = {
  name: "cpu",
  dtypes: ["float32", "int32", "bool"],
  upload: (data) => data,
  read: (memory) => memory as TypedArray,
  add: (a: Float32Array, b: Float32Array) =>
    wasm((k, s) => {
      const out = s.room(a.length);
      k.binary_f32(0, s.put(a), s.put(b), out, a.length, 1, 1);
      return s.take(out, a.length);
    }),
};
