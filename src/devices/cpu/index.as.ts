// Entry of the AssemblyScript build: everything exported here is an export of kernels.wasm.
/** Where free memory begins: behind the module's own constants. */
export function heapBase(): usize {
  return __heap_base;
}

export { gemm_f32_4x8, gemm_f32_dot } from "../../ops/matmul/kernel.as";
export {
  patches_f32_columns,
  patches_f32_scatter,
  bias_f32_fill,
  bias_f32_sum,
} from "../../ops/conv2d/kernel.as";
export { pool2d_max_f32, pool2d_max_f32_backward } from "../../ops/maxPool2d/kernel.as";
export { binary_f32, add_f32_row, sum_f32_rows } from "../../ops/binary/kernel.as";
export { relu_f32, relu_f32_backward } from "../../ops/unary/kernel.as";
