// Entry of the AssemblyScript build: everything exported here is an export of the kernels' WebAssembly module.
/** Where the heap begins: behind the module's own constants. */
export function heapBase(): usize {
  return __heap_base;
}

export { setup, work, stop, abandon } from "./fork.as";
// The tiles are exports only so that the compiler does not dissolve them in their callers.
export { tile6x8, tile4x8, dot4x3, dot3x4, dot1x4 } from "./tiles.as";
export { offset6x8, offset4x8 } from "./offsetTiles.as";
export { gemm_f32, gemm_f32_dot, row1x32 } from "../../ops/matmul/kernel.as";
export { conv_sizes } from "../../ops/conv2d/cpu/sizes.as";
export { conv_packed_rows, conv_f32_pack, conv_f32_pack_transposed } from "../../ops/conv2d/cpu/panels.as";
export { conv_f32_patches } from "../../ops/conv2d/cpu/patches.as";
export { conv_scatter_size, conv_f32_pack_scatter, conv_f32_backward_scatter } from "../../ops/conv2d/cpu/scatter.as";
export { conv_f32_backward_bias } from "../../ops/conv2d/cpu/bias.as";
export { conv_f32_direct } from "../../ops/conv2d/cpu/direct.as";
export { conv_weight_workspace, conv_f32_backward_weight } from "../../ops/conv2d/cpu/weights.as";
export { conv_f32_pack_batch_lanes, conv_f32_batch_lanes } from "../../ops/conv2d/cpu/batchLanes.as";
export { conv_winograd_workspace, conv_winograd_filters_size, conv_f32_winograd_filters, conv_f32_winograd } from "../../ops/conv2d/cpu/winograd.as";
export { conv_f32_dense, conv_f32_dense_bias, conv_f32_dense_weight } from "../../ops/conv2d/cpu/dense.as";
export { conv_f32_depthwise, conv_f32_depthwise_transposed, conv_f32_depthwise_weight } from "../../ops/conv2d/cpu/depthwise.as";
export { pool2d_max_f32, pool2d_max_f32_backward } from "../../ops/maxPool2d/kernel.as";
export { pool2d_avg_f32, pool2d_avg_f32_backward } from "../../ops/avgPool2d/kernel.as";
export { batch_norm_f32, batch_norm_f32_backward } from "../../ops/batchNorm/kernel.as";
export { depth_f32_unfold, depth_f32_fold } from "../../ops/conv3d/kernel.as";
export { prelu_f32, prelu_f32_backward } from "../../ops/prelu/kernel.as";
export { group_norm_f32, group_norm_f32_backward } from "../../ops/groupNorm/kernel.as";
export { response_norm_f32, response_norm_f32_backward } from "../../ops/localResponseNorm/kernel.as";
export { softmax_f32, softmax_f32_backward } from "../../ops/softmax/kernel.as";
export { binary_f32, binary_f32_rows } from "../../ops/binary/kernel.as";
export { compare_f32 } from "../../ops/binary/compare.as";
export { cast_f32 } from "../../ops/cast/kernel.as";
export { where_f32 } from "../../ops/where/kernel.as";
export { unary_f32, unary_f32_backward } from "../../ops/unary/kernel.as";
export {
  sum_pieces,
  sum_f32_each,
  sum_f32_rows,
  sum_f32_columns,
  sum_f32_channels,
  repeat_f32,
  extreme_f32,
  extreme_f32_backward,
} from "../../ops/reduce/kernel.as";
export { copy_f32, fill_f32 } from "../../ops/strided/kernel.as";
export { sgd_f32, adam_f32 } from "../../optim/kernel.as";
