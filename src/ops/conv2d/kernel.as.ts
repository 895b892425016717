// Convolution as a matrix product over patches. The patches of a block of output pixels are laid out as the columns
// of a [c*r*s, block] matrix that stays in the cache; the whole image is never unrolled.

/** Columns `from` to `to` (flat output pixels) of the patch matrix of one image x [c,h,w]. */
export function patches_f32_columns(
  x: usize,
  out: usize,
  c: i32,
  h: i32,
  w: i32,
  r: i32,
  s: i32,
  q: i32,
  strideH: i32,
  strideW: i32,
  padH: i32,
  padW: i32,
  dilationH: i32,
  dilationW: i32,
  from: i32,
  to: i32,
): void {
  for (let ic = 0; ic < c; ic++)
    for (let ir = 0; ir < r; ir++)
      for (let is = 0; is < s; is++) {
        let ip = from / q;
        let iq = from - ip * q;
        let i = from;
        while (i < to) {
          // One output row at a time: the input row is the same, and usually contiguous.
          const end = min(to, (ip + 1) * q);
          const ih = ip * strideH + ir * dilationH - padH;
          const row = x + ((<usize>((ic * h + ih) * w)) << 2);
          if (ih < 0 || ih >= h) {
            for (; i < end; i++, out += 4) store<f32>(out, 0);
          } else {
            let iw = iq * strideW + is * dilationW - padW;
            if (strideW == 1 && iw >= 0 && iw + (end - i) <= w) {
              memory.copy(out, row + ((<usize>iw) << 2), (<usize>(end - i)) << 2);
              out += (<usize>(end - i)) << 2;
              i = end;
            } else
              for (; i < end; i++, out += 4, iw += strideW)
                store<f32>(out, iw >= 0 && iw < w ? load<f32>(row + ((<usize>iw) << 2)) : 0);
          }
          ip++;
          iq = 0;
        }
      }
}

/** The reverse: adds the columns back to where they came from, dx [c,h,w]. */
export function patches_f32_scatter(
  columns: usize,
  dx: usize,
  c: i32,
  h: i32,
  w: i32,
  r: i32,
  s: i32,
  q: i32,
  strideH: i32,
  strideW: i32,
  padH: i32,
  padW: i32,
  dilationH: i32,
  dilationW: i32,
  from: i32,
  to: i32,
): void {
  for (let ic = 0; ic < c; ic++)
    for (let ir = 0; ir < r; ir++)
      for (let is = 0; is < s; is++) {
        let ip = from / q;
        let iq = from - ip * q;
        let i = from;
        while (i < to) {
          const end = min(to, (ip + 1) * q);
          const ih = ip * strideH + ir * dilationH - padH;
          if (ih >= 0 && ih < h) {
            const row = dx + ((<usize>((ic * h + ih) * w)) << 2);
            let iw = iq * strideW + is * dilationW - padW;
            for (; i < end; i++, columns += 4, iw += strideW)
              if (iw >= 0 && iw < w) {
                const place = row + ((<usize>iw) << 2);
                store<f32>(place, load<f32>(place) + load<f32>(columns));
              }
          } else {
            columns += (<usize>(end - i)) << 2;
            i = end;
          }
          ip++;
          iq = 0;
        }
      }
}

/** y [n,k,plane] starts as the bias of each filter. */
export function bias_f32_fill(y: usize, b: usize, n: i32, k: i32, plane: i32): void {
  for (let i = 0; i < n; i++)
    for (let j = 0; j < k; j++) {
      const value = load<f32>(b + ((<usize>j) << 2));
      for (let e = 0; e < plane; e++, y += 4) store<f32>(y, value);
    }
}

/** db [k] = dy [n,k,plane] summed over images and pixels, in double precision. */
export function bias_f32_sum(dy: usize, db: usize, n: i32, k: i32, plane: i32): void {
  for (let j = 0; j < k; j++) {
    let sum: f64 = 0;
    for (let i = 0; i < n; i++) {
      const start = dy + ((<usize>((i * k + j) * plane)) << 2);
      for (let e = 0; e < plane; e++) sum += <f64>load<f32>(start + ((<usize>e) << 2));
    }
    store<f32>(db + ((<usize>j) << 2), <f32>sum);
  }
}
