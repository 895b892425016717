/** The worked examples of lecture 01, from its deck. */
import type { Example } from "./example";

export const examples: readonly Example[] = [
  // -ln 0.7 and -log2 0.7: a cat that the network gives 0.7.
  { cell: "cross-entropy-numbers", says: "cat 0.3567 0.5146" },
  { cell: "softmax-view", says: "gradient = p − y = 0.7 − 1 = −0.3" },
  // The divergence one way and the other.
  { cell: "kl-numbers", says: "sum 1 1 0.2343 0.2085" },
  { cell: "fully-connected-graph", says: "weights of the first layer: 30,000,000" },
  { cell: "spatial-sizes", says: "input 7×7, filter 3×3: output 5×5" },
  { cell: "both-maps", says: "[ 3., -1., -3., -1.], [-3., 1., 0., -3.], [-3., -3., 0., 1.], [ 3., -2., -2., -1.]" },
  { cell: "both-maps", says: "[-1., -1., -1., -1.], [-1., -1., -2., 1.], [-1., -1., -2., 1.], [-1., 0., -4., 3.]" },
  { cell: "pooled-maps", says: "[[[[ 3., 0.], [ 3., 1.]], [[-1., 1.], [ 0., 3.]]]]" },
  { cell: "stacking", says: 'six 5×5 filters: a new "image" of 28×28×6' },
  { cell: "neuron-version", says: "32 neurons, 18 weights, largest difference: 0" },
  { cell: "learned-parameters", says: "5*5*3*6+6" },
  // 48 channels and 19x19 classes.
  { cell: "go-policy", says: "input [1,48,19,19]" },
  { cell: "net", says: /5\*5\*3\*6\+6 = 456 .* 5\*5\*6\*16\+16 = 2,416 .* 48,120 .* 10,164 .* 850/ },
  { cell: "training", says: /epoch 2: running loss \d\.\d{3}/ },
  { cell: "accuracy", says: /accuracy on 2000 test images: \d+\.\d %/ },
];
