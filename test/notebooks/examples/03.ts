/** The worked examples of lecture 03, from its deck. */
import type { Example } from "./example";

export const examples: readonly Example[] = [
  // A small two-layer network for an image of 426x426.
  { cell: "two-layer-426", says: "2,903,802" },
  // One dimension.
  { cell: "conv-1d", says: "tensor([[[ 1., -1., 1., 0.]]])" },
  {
    cell: "conv-1d-by-hand",
    says: "(0 · -1) + (1 · 1) = 1 (1 · -1) + (0 · 1) = -1 (0 · -1) + (1 · 1) = 1 (1 · -1) + (1 · 1) = 0",
  },
  { cell: "template-matching", says: "tensor([[[ 1., -2., 2., 0.]]])" },
  { cell: "conv-1d-zero-one", says: "tensor([[[1., 0., 1., 1.]]])" },
  { cell: "padding-1d", says: "tensor([[[ 0., 1., -1., 1., 0., -1.]]])" },
  { cell: "stride-1d", says: "tensor([[[ 0., -1., 0.]]])" },
  { cell: "sharing-identity", says: "1 0 0 0 0 0 1 0 0 0 0 0 1 0 0 0 0 0 1 0 0 0 0 0 1" },
  { cell: "sharing-matrix", says: "-1 1 0 0 0 0 -1 1 0 0 0 0 -1 1 0 0 0 0 -1 1" },
  // Two dimensions.
  { cell: "conv-2d", says: "tensor([[[[12., 12., 17.], [10., 17., 19.], [ 9., 6., 14.]]]])" },
  { cell: "conv-2d-stride", says: "tensor([[[[12., 17.], [ 9., 14.]]]])" },
  { cell: "conv-2d-stride-padding", says: "tensor([[[[ 6., 17., 3.], [ 8., 17., 13.], [ 6., 4., 4.]]]])" },
  { cell: "pool-2d", says: "tensor([[[[3., 3., 3.], [3., 3., 3.], [3., 2., 3.]]]])" },
  // Networks of the case studies, counted by torchvision.
  { cell: "alexnet-parameters", says: "37752832" },
  { cell: "depths", says: /AlexNet 8 61100840 .*VGG16 16 138357544 .*ResNet152 152 60192808 / },
];
