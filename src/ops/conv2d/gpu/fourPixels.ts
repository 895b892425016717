/**
 * Convolution for graphics cards: each thread computes four neighbouring pixels and returns them as one vector. It reads
 * a weight once for the four. See `direct.ts` on how to read these; x[..][..][..] as there, the pixel is 4 * thread.x.
 */

/**
 * Stride 1, four pixels of one row: the windows overlap, so that one new pixel a tap serves all four.
 * Threads: x is the group of four (p*Q+q)/4, y the filter, z the image.
 */
export function conv2dForwardRow(this: any, x: number[][][], w: number[][][], b: number[]): number[] {
  const k = this.thread.y;
  const p = ((4 * this.thread.x + 0.5) / this.constants.Q) | 0;
  const left = 4 * this.thread.x - p * this.constants.Q - this.constants.padW;
  const group = ((k + 0.5) / this.constants.Kg) | 0;
  const firstChannel = this.thread.z * this.constants.C + group * this.constants.Cg;
  let sum0 = b[k];
  let sum1 = b[k];
  let sum2 = b[k];
  let sum3 = b[k];
  for (let c = 0; c < this.constants.Cg; c++) {
    for (let r = 0; r < this.constants.R; r++) {
      const h = p + r * this.constants.dilationH - this.constants.padH;
      if (h >= 0 && h < this.constants.H) {
        let pixel0 = 0.0;
        let pixel1 = 0.0;
        let pixel2 = 0.0;
        let pixel3 = 0.0;
        if (left >= 0) {
          pixel1 = x[firstChannel + c][h][left];
        }
        if (left + 1 >= 0 && left + 1 < this.constants.W) {
          pixel2 = x[firstChannel + c][h][left + 1];
        }
        if (left + 2 >= 0 && left + 2 < this.constants.W) {
          pixel3 = x[firstChannel + c][h][left + 2];
        }
        for (let s = 0; s < this.constants.S; s++) {
          pixel0 = pixel1;
          pixel1 = pixel2;
          pixel2 = pixel3;
          pixel3 = 0.0;
          const v = left + s + 3;
          if (v >= 0 && v < this.constants.W) {
            pixel3 = x[firstChannel + c][h][v];
          }
          const weight = w[k * this.constants.Cg + c][r][s];
          sum0 += weight * pixel0;
          sum1 += weight * pixel1;
          sum2 += weight * pixel2;
          sum3 += weight * pixel3;
        }
      }
    }
  }
  return [sum0, sum1, sum2, sum3];
}

/** One channel a filter (depthwise), stride 1: the same without the loop over channels. */
export function depthwiseForwardRow(this: any, x: number[][][], w: number[][][], b: number[]): number[] {
  const k = this.thread.y;
  const p = ((4 * this.thread.x + 0.5) / this.constants.Q) | 0;
  const left = 4 * this.thread.x - p * this.constants.Q - this.constants.padW;
  const channel = this.thread.z * this.constants.C + (((k + 0.5) / this.constants.Kg) | 0);
  let sum0 = b[k];
  let sum1 = b[k];
  let sum2 = b[k];
  let sum3 = b[k];
  for (let r = 0; r < this.constants.R; r++) {
    const h = p + r * this.constants.dilationH - this.constants.padH;
    if (h >= 0 && h < this.constants.H) {
      let pixel0 = 0.0;
      let pixel1 = left >= 0 ? x[channel][h][left] : 0.0;
      let pixel2 = left + 1 >= 0 && left + 1 < this.constants.W ? x[channel][h][left + 1] : 0.0;
      let pixel3 = left + 2 >= 0 && left + 2 < this.constants.W ? x[channel][h][left + 2] : 0.0;
      for (let s = 0; s < this.constants.S; s++) {
        const v = left + s + 3;
        pixel0 = pixel1;
        pixel1 = pixel2;
        pixel2 = pixel3;
        pixel3 = v >= 0 && v < this.constants.W ? x[channel][h][v] : 0.0;
        const weight = w[k][r][s];
        sum0 += weight * pixel0;
        sum1 += weight * pixel1;
        sum2 += weight * pixel2;
        sum3 += weight * pixel3;
      }
    }
  }
  return [sum0, sum1, sum2, sum3];
}

/** Any stride, few channels (colours): the channels inside, so that bounds are looked at once for all of them. */
export function conv2dForwardFewChannels(this: any, x: number[][][], w: number[][][], b: number[]): number[] {
  const k = this.thread.y;
  const p = ((4 * this.thread.x + 0.5) / this.constants.Q) | 0;
  const left = (4 * this.thread.x - p * this.constants.Q) * this.constants.strideW - this.constants.padW;
  const group = ((k + 0.5) / this.constants.Kg) | 0;
  const firstChannel = this.thread.z * this.constants.C + group * this.constants.Cg;
  let sum0 = b[k];
  let sum1 = b[k];
  let sum2 = b[k];
  let sum3 = b[k];
  for (let r = 0; r < this.constants.R; r++) {
    const h = p * this.constants.strideH + r * this.constants.dilationH - this.constants.padH;
    if (h >= 0 && h < this.constants.H) {
      for (let s = 0; s < this.constants.S; s++) {
        const v0 = left + s * this.constants.dilationW;
        const v1 = v0 + this.constants.strideW;
        const v2 = v1 + this.constants.strideW;
        const v3 = v2 + this.constants.strideW;
        for (let c = 0; c < this.constants.Cg; c++) {
          const weight = w[k * this.constants.Cg + c][r][s];
          if (v0 >= 0 && v0 < this.constants.W) {
            sum0 += weight * x[firstChannel + c][h][v0];
          }
          if (v1 >= 0 && v1 < this.constants.W) {
            sum1 += weight * x[firstChannel + c][h][v1];
          }
          if (v2 >= 0 && v2 < this.constants.W) {
            sum2 += weight * x[firstChannel + c][h][v2];
          }
          if (v3 >= 0 && v3 < this.constants.W) {
            sum3 += weight * x[firstChannel + c][h][v3];
          }
        }
      }
    }
  }
  return [sum0, sum1, sum2, sum3];
}
