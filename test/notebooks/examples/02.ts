/** The worked examples of lecture 02, from its deck. */
import type { Example } from "./example";

export const examples: readonly Example[] = [
  { cell: "alexnet-parameters", says: "all 61100840" },
  // (32 · 32 · 3) · 128 = 393,216 weights, and 128 biases.
  { cell: "mlp-weights", says: "3072*128+128 = 393,344" },
  {
    cell: "image-and-filter",
    says:
      "[0., 1., 2., 2., 2., 0., 1.], [1., 0., 2., 1., 2., 0., 2.], [2., 1., 0., 2., 0., 0., 1.], [1., 0., 2., 1., 2., 0., 2.], " +
      "[0., 1., 2., 2., 2., 0., 1.], [1., 0., 2., 1., 2., 0., 2.], [2., 1., 0., 2., 0., 0., 1.]",
  },
  {
    cell: "first-response",
    says: "0 × 1 + 1 × 0 + 2 × (−1) + 1 × 0 + 0 × (−1) + 2 × 1 + 2 × (−1) + 1 × 1 + 0 × 0 = −1",
  },
  { cell: "term-by-term", says: "0×(1) + 1×(0) + 2×(-1) + 1×(0) + 0×(-1) + 2×(1) + 2×(-1) + 1×(1) + 0×(0) = -1" },
  {
    cell: "by-loops",
    says:
      "[-1., -3., 3., -2., 3.], [-3., 3., -3., 2., -1.], [ 5., -1., 1., 0., -1.], [-1., 1., -1., 0., -1.], " +
      "[-1., -3., 3., -2., 3.]",
  },
  { cell: "conv2d", says: "Output, row 2, column 0: 5" },
  { cell: "no-padding", says: "(7 − 3 + 2·0) / 1 + 1 = 5" },
  { cell: "sizes", says: "7 3 1 0 (7 - 3)/1 + 1 = 5 5×5" },
  { cell: "sizes", says: "7 3 2 0 (7 - 3)/2 + 1 = 3 3×3" },
  { cell: "sizes", says: "7 3 2 1 (7 + 2*1 - 3)/2 + 1 = 4 4×4" },
  { cell: "pool-224", says: "gives 64×112×112" },
  { cell: "weight-gradient", says: "[ 5., 5., -17.], [ 21., -25., 25.], [-33., 23., -13.]" },
  { cell: "one-weight", says: "by differences 5, by hand 5" },
  { cell: "max-pool", says: "max(2, 2, 0, 3) = 3" },
  { cell: "pooling-gradient", says: "[0., 0., 0., 0.], [1., 0., 0., 2.], [3., 0., 0., 0.], [0., 0., 0., 4.]" },
];
