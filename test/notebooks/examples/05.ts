/** The worked examples of lecture 05, from its deck. */
import type { Example } from "./example";

export const examples: readonly Example[] = [
  { cell: "vgg-first-layer", says: "483385147392" },
  { cell: "convolution-worked", says: /1\.1[45]\d*, 4\.5.*0\.25, 0 / },
  { cell: "convolution-loops", says: "1*1 + 0.5*0.2 + 0.25*0.2 + 0*0 = 1.15" },
  { cell: "convolution-steps", says: "0.5 × 1 + 20 × 0.2 + 0 × 0.2 + 0 × 0 = 4.5" },
  { cell: "channels-worked", says: "[ [ 56, 72 ], [ 104, 120 ] ]" },
  { cell: "channels-steps", says: "43 + 77 = 120" },
  { cell: "parameter-formula", says: /2·2·2·3 \+ 3 27 .*11·11·3·64 \+ 64 23296/ },
  { cell: "output-shape", says: "7 3 2 1 2 3" },
  { cell: "shape-sandbox", says: "(7 − 2·(3 − 1) − 1 + 2·1) / 2 + 1 = 3" },
  { cell: "lenet-graph", says: "input [1,1,32,32], 61,706 parameters" },
  {
    cell: "lenet-graph",
    says: /gives 6×28×28.*gives 6×14×14.*gives 16×10×10.*gives 16×5×5.*gives 400.*gives 120.*gives 84.*gives 10;/,
  },
  { cell: "alexnet-counts", says: "8 layers, 60,965,224 parameters, 659,272 neurons" },
  {
    cell: "large-networks",
    says: /AlexNet 8 61100840 .*VGG16 16 138357544 .*GoogLeNet \d+ 13004888 .*ResNet50 \d+ 25557032/,
  },
  {
    cell: "dropout-published",
    says: /15\.60 43\.48 .*15\.13 42\.51 .*14\.98 .*14\.32 41\.26 .*12\.61 37\.20 .*11\.68 38\.57/,
  },
  { cell: "dropout-expectation", says: /as in the paper 2\.[34]\d* 2\.4/ },
  { cell: "subnetworks", says: "mean of 1024 sub-networks" },
  { cell: "imagenet-table", says: /VGG.* 8\.43 .*ResNet-152 19\.38 4\.49/ },
];
