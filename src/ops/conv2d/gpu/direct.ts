/**
 * Convolution, one thread for each number of the result. These kernels take every geometry, and are the text that is
 * shown first (`F.conv2d.kernelSource("gpu")`); `fourPixels.ts` and its neighbours do the same with less reading.
 *
 * How to read a GPU.js kernel: `this.thread` says which number this thread computes; `this.constants` are the sizes of
 * `Conv2dGeometry`, and Cg and Kg the channels and filters of a group. Tensors are indexed as [plane][row][column]: x as
 * [n*C + c][h][v], w as [k*Cg + c][r][s], dy as [n*K + k][p][q]. Shaders divide inexactly, so positions are split with
 * `((i + 0.5) / n) | 0`: the half keeps rounding errors away from the next whole number, and `| 0` makes an integer.
 */

/** y[n,k,p,q]: the filter k laid over the window at p, q. Threads: x is the pixel p*Q+q, y the filter, z the image. */
export function conv2dForward(this: any, x: number[][][], w: number[][][], b: number[]): number {
  const k = this.thread.y;
  const p = ((this.thread.x + 0.5) / this.constants.Q) | 0;
  const q = this.thread.x - p * this.constants.Q;
  const group = ((k + 0.5) / this.constants.Kg) | 0;
  const firstChannel = this.thread.z * this.constants.C + group * this.constants.Cg;
  let sum = b[k];
  for (let r = 0; r < this.constants.R; r++) {
    const h = p * this.constants.strideH + r * this.constants.dilationH - this.constants.padH;
    if (h >= 0 && h < this.constants.H) {
      for (let s = 0; s < this.constants.S; s++) {
        const v = q * this.constants.strideW + s * this.constants.dilationW - this.constants.padW;
        if (v >= 0 && v < this.constants.W) {
          for (let c = 0; c < this.constants.Cg; c++) {
            sum += x[firstChannel + c][h][v] * w[k * this.constants.Cg + c][r][s];
          }
        }
      }
    }
  }
  return sum;
}

/** dx[n,c,h,v]: every window that saw this pixel sends back dy times the weight it saw it with. Threads: h*W+v, c, n. */
export function conv2dBackwardInput(this: any, dy: number[][][], w: number[][][]): number {
  const channel = this.thread.y;
  const h = ((this.thread.x + 0.5) / this.constants.W) | 0;
  const v = this.thread.x - h * this.constants.W;
  const group = ((channel + 0.5) / this.constants.Cg) | 0;
  const c = channel - group * this.constants.Cg;
  const firstFilter = group * this.constants.Kg;
  let sum = 0.0;
  for (let r = 0; r < this.constants.R; r++) {
    // The window whose row r lies on h starts at `top`; only starts that the stride reaches exist.
    const top = h + this.constants.padH - r * this.constants.dilationH;
    const p = ((top + 0.5) / this.constants.strideH) | 0;
    if (top >= 0 && p < this.constants.P && p * this.constants.strideH === top) {
      for (let s = 0; s < this.constants.S; s++) {
        const left = v + this.constants.padW - s * this.constants.dilationW;
        const q = ((left + 0.5) / this.constants.strideW) | 0;
        if (left >= 0 && q < this.constants.Q && q * this.constants.strideW === left) {
          for (let i = 0; i < this.constants.Kg; i++) {
            const k = firstFilter + i;
            sum += dy[this.thread.z * this.constants.K + k][p][q] * w[k * this.constants.Cg + c][r][s];
          }
        }
      }
    }
  }
  return sum;
}

/**
 * A part of dw[k,c,r,s]: dy of every window times the pixel that this weight met there. Part i has every parts-th row of
 * all images, from the i-th. Threads: x is the weight (c*R+r)*S+s, y the filter, z the part.
 */
export function conv2dBackwardWeight(this: any, dy: number[][][], x: number[][][]): number {
  const k = this.thread.y;
  const line = ((this.thread.x + 0.5) / this.constants.S) | 0;
  const s = this.thread.x - line * this.constants.S;
  const c = ((line + 0.5) / this.constants.R) | 0;
  const r = line - c * this.constants.R;
  const group = ((k + 0.5) / this.constants.Kg) | 0;
  const channel = group * this.constants.Cg + c;
  let sum = 0.0;
  for (let i = 0; i < this.constants.most; i++) {
    const row = i * this.constants.parts + this.thread.z;
    const n = ((row + 0.5) / this.constants.P) | 0;
    const p = row - n * this.constants.P;
    const h = p * this.constants.strideH + r * this.constants.dilationH - this.constants.padH;
    if (row < this.constants.rows && h >= 0 && h < this.constants.H) {
      let ofRow = 0.0; // summed apart, so that long sums lose no precision
      for (let q = 0; q < this.constants.Q; q++) {
        const v = q * this.constants.strideW + s * this.constants.dilationW - this.constants.padW;
        if (v >= 0 && v < this.constants.W) {
          ofRow += dy[n * this.constants.K + k][p][q] * x[n * this.constants.C + channel][h][v];
        }
      }
      sum += ofRow;
    }
  }
  return sum;
}
