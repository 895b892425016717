/** Wrong saliency maps. */
import { instead, question } from "../../support/question";

/** The map, whose parts are right unless said otherwise. */
const saliencyOf = ({
  scored = "scores.select(1, target).sum()",
  marked = ".abs().max(1, { keepdim: true })",
  leaf = "x.detach()",
}): string =>
  `function saliency(net: nn.Module, x: Tensor, target: number): Tensor {
  const leaf = ${leaf};
  leaf.requiresGrad = true;
  const scores = net(leaf);
  ${scored}.backward();
  return leaf.grad!${marked};
}`;

export const saliencies = question(
  {
    test: "q5a",
    shapes: instead(["compare([2, 3, 7, 6], 1)", "compare([3, 2, 5, 8], 0)", "compare([2, 4, 6, 6], 3)"]),
  },
  [
    {
      mistake: "the sign is kept",
      hint: /sign is still there/,
      code: saliencyOf({ marked: ".max(1, { keepdim: true })" }),
    },
    {
      mistake: "the channels are averaged",
      hint: /channels were averaged/,
      code: saliencyOf({ marked: ".abs().mean(1, { keepdim: true })" }),
    },
    {
      mistake: "the gradient is that of the probability",
      hint: /behind softmax/,
      code: saliencyOf({ scored: "F.softmax(scores, 1).select(1, target).sum()" }),
    },
    { mistake: "the gradients of two calls are added", hint: /second call added/, code: saliencyOf({ leaf: "x" }) },
  ],
);
