/** Several channels of an attribution as one. */

/**
 * `sum`: what the colours of a pixel add together, with its sign, as in Captum's `visualize_image_attr`. `largest`: the channel that
 * matters most, for numbers that have no sign, as in Simonyan et al. 2013.
 */
export type Combination = "sum" | "largest";

/** The numbers [N,1,P,Q] of an attribution [N,C,P,Q], and what has been done to them. */
export function inOneChannel(
  values: ArrayLike<number>,
  [N, channels, rows, columns]: readonly number[],
  how: Combination,
): { values: Float32Array; words: string } {
  const size = rows * columns;
  const combined = new Float32Array(N * size);
  for (let image = 0; image < N; image++)
    for (let i = 0; i < size; i++) {
      let result = values[image * channels * size + i];
      for (let channel = 1; channel < channels; channel++) {
        const value = values[(image * channels + channel) * size + i];
        // NaN wins in both.
        result = how === "sum" ? result + value : Math.max(result, value);
      }
      combined[image * size + i] = result;
    }
  return {
    values: combined,
    words: how === "sum" ? `summed over ${channels} channels` : `the largest of ${channels} channels`,
  };
}

/** Luminance [N,1,H,W] of images [N,3,H,W], after ITU-R BT.601 as in torchvision's Grayscale. @param size pixels of an image */
export function inGrey(values: ArrayLike<number>, size: number): Float64Array {
  const grey = new Float64Array(values.length / 3);
  for (let i = 0; i < grey.length; i++) {
    const at = 3 * size * Math.floor(i / size) + (i % size);
    grey[i] = 0.2989 * values[at] + 0.587 * values[at + size] + 0.114 * values[at + 2 * size];
  }
  return grey;
}
