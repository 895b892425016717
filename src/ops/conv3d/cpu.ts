import { wasm } from "../../devices/cpu/wasm";
import { conv2dCpu } from "../conv2d/cpu";
import { byImages, type DepthKernels } from "./kernels";

/** Whole slices are copied and added. */
export const depthCpu: DepthKernels = {
  unfold: (x, { N, C, D, T, O, stride, dilation, pad, plane }) =>
    wasm((k, s) => {
      const size = N * O * C * T * plane;
      const out = s.block(size);
      k.depth_f32_unfold(s.put(x), out, N, C, D, T, O, stride, dilation, pad, plane);
      return s.take(out, size);
    }),
  fold: (y, { N, C, D, T, O, stride, dilation, pad, plane }) =>
    wasm((k, s) => {
      const size = N * C * D * plane;
      const out = s.block(size);
      k.depth_f32_fold(s.put(y), out, N, C, D, T, O, stride, dilation, pad, plane);
      return s.take(out, size);
    }),
};

export const conv3dCpu = byImages(depthCpu, conv2dCpu);
