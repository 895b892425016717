import type { Taps } from "./kernels";

/** How one direction is resampled: `from` pixels become `to`; `factor` is the scale the caller gave, if any. */
export interface Direction {
  from: number;
  to: number;
  factor: number | null;
}

/**
 * Each output pixel shows one input pixel. As PyTorch decides it: in single precision, and with a factor that rounds
 * to the same or twice the size just as that.
 */
export function nearestTaps({ from, to, factor }: Direction): Taps {
  const step = Math.fround(factor === null ? Math.fround(from) / Math.fround(to) : 1 / factor);
  const low = Int32Array.from({ length: to }, (_, i) => {
    if (to === from) return i;
    if (to === 2 * from) return i >> 1;
    return Math.min(from - 1, Math.floor(Math.fround(i * step)));
  });
  return { low, high: low, weight: new Float64Array(to) };
}

/** Each output pixel lies between two input pixels. */
export function linearTaps({ from, to, factor }: Direction, alignCorners: boolean): Taps {
  const step = alignCorners ? (to > 1 ? (from - 1) / (to - 1) : 0) : factor === null ? from / to : 1 / factor;
  const taps = { low: new Int32Array(to), high: new Int32Array(to), weight: new Float64Array(to) };
  for (let i = 0; i < to; i++) {
    // Without alignCorners the pixels' outer edges meet, with it the centres of the corner pixels.
    const place = alignCorners ? i * step : Math.max(0, (i + 0.5) * step - 0.5);
    taps.low[i] = Math.min(from - 1, Math.floor(place));
    taps.high[i] = Math.min(from - 1, taps.low[i] + 1);
    taps.weight[i] = Math.min(1, place - taps.low[i]);
  }
  return taps;
}
