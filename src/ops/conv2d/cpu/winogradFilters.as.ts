// Filters on their way into a Winograd convolution: panels of 6 or 4, transformed.
import { scratch } from "../../../devices/cpu/fork.as";
import { panelRows } from "../../../devices/cpu/tiles.as";
import { at } from "./sizes.as";
import { transformFilters } from "./transforms.as";
import { Winograd, filterPoint } from "./winogradPlan.as";

/** Channels of a block: transposed filters of one channel lie together, those of the next in another page of memory. */
const CHANNELS_TOGETHER = 32;

/** Transforms filters k0 to k1 as panels. */
export function packFilters(v: Winograd, k0: i32, k1: i32, c: i32, channels: i32, out: usize): void {
  for (let i = 0; i < channels; i += CHANNELS_TOGETHER) {
    const count = min(CHANNELS_TOGETHER, channels - i);
    let panel = out;
    for (let k = k0; k < k1; ) {
      const rows = panelRows(k1 - k);
      packFilterPanel(v, k, rows, c + i, count, at(panel, i * rows), filterPoint(v));
      panel = at(panel, rows * channels);
      k += rows;
    }
  }
}

/** A panel of 6 or 4 transformed filters, for each point and channel one number a filter. */
function packFilterPanel(v: Winograd, k: i32, rows: i32, c: i32, channels: i32, out: usize, step: usize): void {
  const temp = scratch();
  const next = <usize>v.channelStep << 2;
  const transposed = v.transposed != 0;
  const apart = <usize>rows << 2;
  // The last 4 of 6 lie over the first 4.
  for (let r = 0; r < rows; r += 4) {
    if (r) r = 2;
    let p0 = filterAt(v, k + r, c), p1 = filterAt(v, k + r + 1, c), p2 = filterAt(v, k + r + 2, c), p3 = filterAt(v, k + r + 3, c);
    let to = at(out, r);
    for (let i = 0; i < channels; i++, to += apart) {
      transformFilters(p0, p1, p2, p3, transposed, temp, to, step);
      p0 += next;
      p1 += next;
      p2 += next;
      p3 += next;
    }
  }
}

/** Where a filter's taps of channel c lie; of the last filter, where there is none to fill a panel. */
@inline
function filterAt(v: Winograd, k: i32, c: i32): usize {
  return at(v.w, min(k, v.K - 1) * v.filterStep + c * v.channelStep);
}
