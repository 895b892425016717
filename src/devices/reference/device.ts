import { allocate, dtypeOf, type Device, type FloatArray, type TypedArray } from "../device";

/** Plain TypeScript loops in float64 or float32: slow, readable, and the truth that the other devices are held to. */
export const referenceDevice: Device = {
  name: "reference",
  dtypes: ["float64", "float32", "int32", "bool"],
  upload: (data) => data,
  read: (memory) => memory as TypedArray,
  adapt: (_, kernels) => kernels,
  add(a: FloatArray, b: FloatArray) {
    const sum = allocate(dtypeOf(a), a.length);
    for (let i = 0; i < sum.length; i++) sum[i] = a[i] + b[i];
    return sum;
  },
};
