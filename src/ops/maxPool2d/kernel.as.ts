// Max pooling over planes [h,w] -> [p,q] with the flat position of each maximum in its plane.

export function pool2d_max_f32(
  x: usize,
  y: usize,
  positions: usize,
  planes: i32,
  h: i32,
  w: i32,
  r: i32,
  s: i32,
  p: i32,
  q: i32,
  strideH: i32,
  strideW: i32,
  padH: i32,
  padW: i32,
  dilationH: i32,
  dilationW: i32,
): void {
  const planeBytes = (<usize>(h * w)) << 2;
  for (let plane = 0; plane < planes; plane++, x += planeBytes)
    for (let ip = 0; ip < p; ip++)
      for (let iq = 0; iq < q; iq++) {
        let best: f32 = -Infinity;
        let where = -1;
        for (let ir = 0; ir < r; ir++) {
          const ih = ip * strideH + ir * dilationH - padH;
          if (ih < 0 || ih >= h) continue;
          for (let is = 0; is < s; is++) {
            const iw = iq * strideW + is * dilationW - padW;
            if (iw < 0 || iw >= w) continue;
            const at = ih * w + iw;
            const value = load<f32>(x + ((<usize>at) << 2));
            // NaN wins, as in PyTorch: a network that went wrong must show it.
            if (where < 0 || value > best || value != value) {
              best = value;
              where = at;
            }
          }
        }
        store<f32>(y, best);
        store<i32>(positions, where);
        y += 4;
        positions += 4;
      }
}

/** dx (zeroed before) [planes, plane] += dy [planes, outPlane] at the positions. */
export function pool2d_max_f32_backward(
  dy: usize,
  positions: usize,
  dx: usize,
  planes: i32,
  plane: i32,
  outPlane: i32,
): void {
  const planeBytes = (<usize>plane) << 2;
  for (let i = 0; i < planes; i++, dx += planeBytes)
    for (let e = 0; e < outPlane; e++, dy += 4, positions += 4) {
      const place = dx + ((<usize>load<i32>(positions)) << 2);
      store<f32>(place, load<f32>(place) + load<f32>(dy));
    }
}
