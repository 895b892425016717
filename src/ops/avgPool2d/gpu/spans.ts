/** Spans as the GPU's kernels read them. */
import { gpuDevice } from "../../../devices/gpu/device";
import type { DeviceBuffer } from "../../../devices/device";
import type { Spans } from "../kernels";

/** From `start` to `end`, which is not included. */
type Ranges = Pick<Spans, "start" | "end">;

/** The most pixels that any of the spans has. */
export const widest = ({ start, end }: Ranges): number =>
  start.reduce((most, first, i) => Math.max(most, end[i] - first), 0);

/**
 * The other way round: for each of `length` lines of pixels the windows that cover it. They are neighbours, because
 * starts and ends only grow.
 */
export function covering({ start, end }: Ranges, length: number): Ranges {
  const pixels = Array.from({ length }, (_, pixel) => pixel);
  return {
    start: pixels.map((pixel) => end.filter((last) => last <= pixel).length),
    end: pixels.map((pixel) => start.filter((first) => first <= pixel).length),
  };
}

const upload = (numbers: readonly number[]): DeviceBuffer =>
  gpuDevice.upload(Float32Array.from(numbers)) as DeviceBuffer;

/** start, end, start, end, ... */
export const packedPairs = ({ start, end }: Ranges): DeviceBuffer =>
  upload(start.flatMap((first, i) => [first, end[i]]));

export const divisors = ({ divisor }: Spans): DeviceBuffer => upload(divisor);
