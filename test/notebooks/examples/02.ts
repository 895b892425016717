/** The worked examples of lecture 02, from its deck. */
import type { Example } from "./example";

export const examples: readonly Example[] = [
  // (32 · 32 · 3) · 128 weights, and those of the other layers.
  { cell: "mlp-weights", says: "3072*128+128 = 393,344" },
  { cell: "term-by-term", says: "0×(1) + 1×(0) + 2×(-1) + 1×(0) + 0×(-1) + 2×(1) + 2×(-1) + 1×(1) + 0×(0) = -1" },
  {
    cell: "by-loops",
    says: "[-1., -3., 3., -2., 3.], [-3., 3., -3., 2., -1.], [ 5., -1., 1., 0., -1.], [-1., 1., -1., 0., -1.], [-1., -3., 3., -2., 3.]",
  },
  { cell: "no-padding", says: "(7 - 3 + 2*0)/1 + 1 = 5" },
  { cell: "sizes", says: /\(7 - 3\)\/1 \+ 1 = 5.*\(7 - 3\)\/2 \+ 1 = 3.*\(7 \+ 2\*1 - 3\)\/2 \+ 1 = 4/ },
  { cell: "pool-224", says: /64 maps of 112×112|1,64,112,112|64×112×112/ },
  { cell: "one-weight", says: /by differences (-?\d+), by hand \1/ },
  { cell: "max-pool", says: "Max pooling of the 4×4 map" },
];
