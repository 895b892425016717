/** Slices of volumes as channels of images on the GPU. Threads: x is the pixel, y the slice of the result. */
import { launch, shaped } from "../../devices/gpu/launch";
import { conv2dGpu } from "../conv2d/gpu";
import type { DepthGeometry } from "./geometry";
import { byImages, type DepthKernels } from "./kernels";

function conv3dUnfold(this: any, x: number[][]): number {
  const taps = ((this.thread.y + 0.5) / this.constants.T) | 0;
  const t = this.thread.y - taps * this.constants.T;
  const image = ((taps + 0.5) / this.constants.C) | 0;
  const c = taps - image * this.constants.C;
  const n = ((image + 0.5) / this.constants.O) | 0;
  const o = image - n * this.constants.O;
  const d = o * this.constants.stride + t * this.constants.dilation - this.constants.pad;
  let value = 0.0;
  if (d >= 0 && d < this.constants.D) {
    const slice = ((n * this.constants.C + c) * this.constants.D + d) | 0;
    value = x[slice][this.thread.x];
  }
  return value;
}

function conv3dFold(this: any, x: number[][]): number {
  const volume = ((this.thread.y + 0.5) / this.constants.D) | 0;
  const d = this.thread.y - volume * this.constants.D;
  const n = ((volume + 0.5) / this.constants.C) | 0;
  const c = volume - n * this.constants.C;
  let sum = 0.0;
  for (let t = 0; t < this.constants.T; t++) {
    const place = d + this.constants.pad - t * this.constants.dilation;
    if (place >= 0) {
      const o = ((place + 0.5) / this.constants.stride) | 0;
      if (o * this.constants.stride === place && o < this.constants.O) {
        const slice = (((n * this.constants.O + o) * this.constants.C + c) * this.constants.T + t) | 0;
        sum += x[slice][this.thread.x];
      }
    }
  }
  return sum;
}

const constantsOf = ({ C, D, T, O, stride, dilation, pad }: DepthGeometry): Record<string, number> => ({
  C,
  D,
  T,
  O,
  stride,
  dilation,
  pad,
});

export const depthGpu: DepthKernels = {
  unfold(x, g) {
    const options = { output: [g.plane, g.N * g.O * g.C * g.T], constants: constantsOf(g) };
    return launch(conv3dUnfold, options, shaped(x, g.plane, g.N * g.C * g.D));
  },
  fold(y, g) {
    const options = { output: [g.plane, g.N * g.C * g.D], constants: constantsOf(g) };
    return launch(conv3dFold, options, shaped(y, g.plane, g.N * g.O * g.C * g.T));
  },
};

export const conv3dGpu = byImages(depthGpu, conv2dGpu);
