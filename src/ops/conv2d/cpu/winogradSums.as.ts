// Sums on their way out of a Winograd convolution: 4x4 outputs of four tiles at a time, one a lane.
import { scratch } from "../../../devices/cpu/fork.as";
import { at } from "./sizes.as";
import { transformSums } from "./transforms.as";
import { Winograd, sumPoint } from "./winogradPlan.as";

/** The outputs of 8 tiles for filters k0 to k1. */
export function storeGroup(v: Winograd, group: i32, k0: i32, k1: i32, sums: usize): void {
  storeTiles(v, group * 8, k0, k1, sums, sumPoint(v));
  storeTiles(v, group * 8 + 4, k0, k1, sums + 16, sumPoint(v));
}

/** The outputs of four tiles for filters k0 to k1. */
function storeTiles(v: Winograd, index: i32, k0: i32, k1: i32, sums: usize, step: usize): void {
  const temp = scratch();
  const places = temp + 24 * 16;
  const out = places + 4 * 16;
  const perImage = v.tilesH * v.tilesW;
  const plane = <usize>(v.P * v.Q) << 2;
  const row = <usize>v.Q << 2;
  let whole = true;
  let y0: usize = 0, y1: usize = 0, y2: usize = 0, y3: usize = 0;
  for (let lane = 0; lane < 4; lane++) {
    const t = index + lane;
    const n = t / perImage;
    const h = (t - n * perImage) / v.tilesW;
    const w = t - n * perImage - h * v.tilesW;
    const tall = t < v.count ? min(4, v.P - h * 4) : 0;
    const wide = min(4, v.Q - w * 4);
    store<i32>(places + (<usize>lane << 4), tall);
    store<i32>(places + (<usize>lane << 4), wide, 4);
    y0 = y1;
    y1 = y2;
    y2 = y3;
    y3 = v.y + <usize>(n * v.K + k0) * plane + (<usize>(h * 4 * v.Q + w * 4) << 2);
    if (tall < 4 || wide < 4) whole = false;
  }
  for (let k = k0; k < k1; k++, sums += 32) {
    const bias = v.bias ? v128.load32_splat(at(v.bias, k)) : f32x4.splat(0);
    transformSums(sums, step, bias, temp, out);
    if (whole) {
      let from = out;
      let line: usize = 0;
      for (let r = 0; r < 4; r++, from += 64, line += row) {
        v128.store(y0 + line, v128.load(from));
        v128.store(y1 + line, v128.load(from, 16));
        v128.store(y2 + line, v128.load(from, 32));
        v128.store(y3 + line, v128.load(from, 48));
      }
    } else {
      storePart(places, out, y0, row);
      storePart(places + 16, out + 16, y1, row);
      storePart(places + 32, out + 32, y2, row);
      storePart(places + 48, out + 48, y3, row);
    }
    y0 += plane;
    y1 += plane;
    y2 += plane;
    y3 += plane;
  }
}

/** One tile, as far as it lies within the image. */
@inline
function storePart(place: usize, from: usize, y: usize, row: usize): void {
  const wide = load<i32>(place, 4);
  for (let r = load<i32>(place); r > 0; r--, from += 64, y += row)
    if (wide == 4) v128.store(y, v128.load(from));
    else for (let s = 0; s < wide; s++) store<f32>(at(y, s), load<f32>(at(from, s)));
}
