/** Gradients of the convolution for graphics cards, four neighbours a thread as in `fourPixels.ts`. */

/**
 * dx for stride and dilation 1, four pixels of one row: dy at v + padW - s for the first, one further for the next, so
 * that one new dy a tap serves all four. Threads: x is the group of four (h*W+v)/4, y the channel, z the image.
 */
export function conv2dBackwardInputRow(this: any, dy: number[][][], w: number[][][]): number[] {
  const channel = this.thread.y;
  const h = ((4 * this.thread.x + 0.5) / this.constants.W) | 0;
  const left = 4 * this.thread.x - h * this.constants.W + this.constants.padW;
  const group = ((channel + 0.5) / this.constants.Cg) | 0;
  const c = channel - group * this.constants.Cg;
  const firstFilter = group * this.constants.Kg;
  let sum0 = 0.0;
  let sum1 = 0.0;
  let sum2 = 0.0;
  let sum3 = 0.0;
  for (let i = 0; i < this.constants.Kg; i++) {
    const k = firstFilter + i;
    const plane = this.thread.z * this.constants.K + k;
    for (let r = 0; r < this.constants.R; r++) {
      const p = h + this.constants.padH - r;
      if (p >= 0 && p < this.constants.P) {
        // From left to right: of the four, the first needs q = left - s. Taps run from the last, so that q grows.
        const first = left - this.constants.S + 1;
        let up0 = 0.0;
        let up1 = 0.0;
        let up2 = 0.0;
        let up3 = 0.0;
        if (first >= 0 && first < this.constants.Q) {
          up1 = dy[plane][p][first];
        }
        if (first + 1 >= 0 && first + 1 < this.constants.Q) {
          up2 = dy[plane][p][first + 1];
        }
        if (first + 2 >= 0 && first + 2 < this.constants.Q) {
          up3 = dy[plane][p][first + 2];
        }
        for (let t = 0; t < this.constants.S; t++) {
          up0 = up1;
          up1 = up2;
          up2 = up3;
          up3 = 0.0;
          const q = first + t + 3;
          if (q >= 0 && q < this.constants.Q) {
            up3 = dy[plane][p][q];
          }
          const weight = w[k * this.constants.Cg + c][r][this.constants.S - 1 - t];
          sum0 += weight * up0;
          sum1 += weight * up1;
          sum2 += weight * up2;
          sum3 += weight * up3;
        }
      }
    }
  }
  return [sum0, sum1, sum2, sum3];
}

/**
 * A part of dw: four channels at the same place of the filter, which share dy and all bounds. Threads: x is the place
 * and the group of channels, (r*S+s)*(Cg/4) + c/4, y the filter, z the part. The result is ordered [k][r][s][c].
 */
export function conv2dBackwardWeightChannels(this: any, dy: number[][][], x: number[][][]): number[] {
  const k = this.thread.y;
  const place = ((4 * this.thread.x + 0.5) / this.constants.Cg) | 0;
  const c = 4 * this.thread.x - place * this.constants.Cg;
  const r = ((place + 0.5) / this.constants.S) | 0;
  const s = place - r * this.constants.S;
  const group = ((k + 0.5) / this.constants.Kg) | 0;
  const channel = group * this.constants.Cg + c;
  let sum0 = 0.0;
  let sum1 = 0.0;
  let sum2 = 0.0;
  let sum3 = 0.0;
  for (let i = 0; i < this.constants.most; i++) {
    const row = i * this.constants.parts + this.thread.z;
    const n = ((row + 0.5) / this.constants.P) | 0;
    const p = row - n * this.constants.P;
    const h = p * this.constants.strideH + r * this.constants.dilationH - this.constants.padH;
    if (row < this.constants.rows && h >= 0 && h < this.constants.H) {
      const plane = n * this.constants.C + channel;
      for (let q = 0; q < this.constants.Q; q++) {
        const v = q * this.constants.strideW + s * this.constants.dilationW - this.constants.padW;
        if (v >= 0 && v < this.constants.W) {
          const upstream = dy[n * this.constants.K + k][p][q];
          sum0 += upstream * x[plane][h][v];
          sum1 += upstream * x[plane + 1][h][v];
          sum2 += upstream * x[plane + 2][h][v];
          sum3 += upstream * x[plane + 3][h][v];
        }
      }
    }
  }
  return [sum0, sum1, sum2, sum3];
}
