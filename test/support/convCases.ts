/** Convolutions for each of device cpu's ways, of odd sizes that leave remainders wherever work is cut. */
import type { Conv2dOptions } from "../../src/ops";
import type { Shape } from "../../src/tensor/shape";

export type ConvCase = [x: Shape, w: Shape, options: Conv2dOptions];

// prettier-ignore
export const convCases: readonly ConvCase[] = [
  // One input channel, as of grey images, and one a group.
  [[64, 1, 12, 12], [8, 1, 3, 3], {}], [[3, 1, 28, 28], [6, 1, 5, 5], {}], [[2, 4, 9, 7], [8, 1, 3, 2], { groups: 4 }],
  [[9, 1, 5, 5], [3, 1, 2, 2], {}], [[1, 1, 30, 31], [2, 1, 3, 3], { stride: 2 }], [[2, 1, 1, 101], [3, 1, 1, 5], {}],
  // Two and three channels, many, and counts that are no multiple of a vector.
  [[5, 2, 11, 13], [7, 2, 3, 3], { padding: 1 }], [[2, 3, 17, 19], [5, 3, 5, 5], { padding: 2 }], [[1, 33, 9, 11], [9, 33, 3, 3], { padding: 1 }],
  [[3, 35, 7, 5], [13, 35, 1, 1], {}], [[2, 5, 13, 9], [11, 5, 3, 5], { stride: [2, 1], padding: [1, 2] }],
  [[2, 6, 12, 10], [9, 2, 3, 3], { groups: 3, padding: 1, dilation: 2 }], [[1, 3, 40, 40], [4, 3, 7, 7], { stride: 2, padding: 3 }],
  // More padding behind than before.
  [[1, 2, 8, 8], [1, 2, 2, 2], { padding: "same" }], [[2, 3, 9, 12], [5, 3, 4, 2], { padding: "same" }], [[9, 2, 10, 11], [3, 2, 2, 4], { padding: "same" }],
  [[17, 4, 3, 9], [2, 4, 2, 2], { padding: "same" }], [[8, 1, 6, 16], [4, 1, 4, 4], { padding: "same" }], [[1, 4, 9, 9], [4, 2, 2, 2], { padding: "same", groups: 2, dilation: 2 }],
  // Winograd's tiles, eight images at a time, filters as a matrix, one filter a channel.
  [[2, 9, 11, 13], [10, 9, 3, 3], { padding: 1 }], [[1, 16, 20, 20], [17, 16, 3, 3], {}], [[8, 3, 9, 9], [5, 3, 3, 3], {}],
  [[16, 4, 14, 15], [7, 4, 5, 5], { padding: 2 }], [[9, 6, 2, 2], [13, 6, 3, 3], { padding: 1 }], [[32, 20, 1, 1], [24, 20, 3, 3], { padding: 1 }],
  [[2, 7, 9, 10], [7, 1, 3, 3], { groups: 7, padding: 1 }], [[1, 5, 12, 11], [5, 1, 5, 3], { groups: 5, stride: 2, padding: 1 }],
  // No way but the general one: patches that are scattered back.
  [[2, 40, 9, 9], [41, 40, 3, 3], { stride: 2, padding: 1 }], [[1, 8, 6, 6], [48, 8, 2, 2], { padding: 3, dilation: 2 }], [[3, 12, 16, 5], [40, 12, 3, 1], { padding: [0, 2] }],
];
