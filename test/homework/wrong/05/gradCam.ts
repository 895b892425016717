/** Wrong Grad-CAM: the weights of the maps, and the map of heat. */
import { instead, question } from "../../support/question";

/** The weights, whose parts are right unless said otherwise. */
const weightsOf = ({
  scored = "scores.select(1, target).sum()",
  weighted = "gradient.mean([2, 3], { keepdim: true })",
}): string =>
  `function camWeights(net: nn.Module, layer: nn.Module, x: Tensor, target: number): { maps: Tensor; weights: Tensor } {
  const kept: Tensor[] = [];
  const hook = layer.registerForwardHook((module, inputs, output) => {
    output.retainGrad();
    kept.push(output);
  });
  const scores = net(x);
  hook.remove();
  ${scored}.backward();
  const [maps] = kept;
  const gradient = maps.grad!;
  return { maps: maps.detach(), weights: ${weighted} };
}`;
export const weights = question(
  {
    test: "q4a",
    shapes: instead(["compare([2, 1, 8, 7], 2)", "compare([3, 2, 6, 9], 1)", "compare([2, 3, 7, 5], 3)"]),
  },
  [
    {
      mistake: "the hook stays",
      hint: /A hook is still registered/,
      code: weightsOf({}).replace("  hook.remove();\n", ""),
    },
    {
      mistake: "the sum stands where the mean belongs",
      hint: /a sum stands where a mean belongs/,
      code: weightsOf({ weighted: "gradient.sum([2, 3], { keepdim: true })" }),
    },
    {
      mistake: "the largest gradient stands where the mean belongs",
      hint: /largest gradient/,
      code: weightsOf({ weighted: "gradient.flatten(2).max(2).reshape(...maps.shape.slice(0, 2), 1, 1)" }),
    },
    {
      mistake: "the gradient is that of the class with the largest score",
      hint: /wrong class|largest score/,
      code: weightsOf({ scored: "scores.max(1).sum()" }),
    },
    {
      mistake: "the gradient is that of the probability",
      hint: /behind softmax/,
      code: weightsOf({ scored: "F.softmax(scores, 1).select(1, target).sum()" }),
    },
    {
      mistake: "the gradient is that of the loss",
      hint: /gradient of a loss/,
      code: weightsOf({
        scored: "F.crossEntropy(scores, fromArray(new Int32Array(x.shape[0]).fill(target), [x.shape[0]]))",
      }),
    },
    { mistake: "all scores are added up", hint: /scores of all classes/, code: weightsOf({ scored: "scores.sum()" }) },
    {
      mistake: "the maps are averaged instead of their gradients",
      hint: /mean of the maps/,
      code: weightsOf({ weighted: "maps.mean([2, 3], { keepdim: true })" }),
    },
  ],
);

const scaled = "return sum.div(sum.flatten(1).max(1).reshape(N, 1, 1, 1));";
const camOf = (...lines: readonly string[]): string => `function cam(maps: Tensor, weights: Tensor): Tensor {
  const [N] = maps.shape;
  const weighted = maps.mul(weights);
  ${lines.join("\n  ")}
}`;

export const heatMaps = question(
  { test: "q4b", shapes: instead(["compare([3, 4, 5, 6])", "compare([2, 6, 4, 4])", "compare([5, 3, 7, 3])"]) },
  [
    {
      mistake: "the ReLU is missing",
      hint: /ReLU is missing/,
      code: camOf("const sum = weighted.sum(1, { keepdim: true });", scaled),
    },
    {
      mistake: "the ReLU comes before the sum",
      hint: /ReLU comes too early/,
      code: camOf("const sum = weighted.relu().sum(1, { keepdim: true });", scaled),
    },
    {
      mistake: "the map is not scaled",
      hint: /not scaled/,
      code: camOf("return weighted.sum(1, { keepdim: true }).relu();"),
    },
    {
      mistake: "the batch is scaled as one",
      hint: /largest number of the whole batch/,
      code: camOf("const sum = weighted.sum(1, { keepdim: true }).relu();", "return sum.div(sum.max());"),
    },
    {
      mistake: "the largest of the maps stands where their sum belongs",
      hint: /largest of the weighted maps/,
      code: camOf("const sum = weighted.max(1, { keepdim: true }).relu();", scaled),
    },
    {
      mistake: "an empty map is divided by 0",
      hint: /0 \/ 0 is NaN/,
      code: camOf("const sum = weighted.sum(1, { keepdim: true }).relu();", scaled),
    },
    {
      mistake: "the sum takes the dimension away",
      hint: /take their dimension away/,
      code: camOf(
        "const sum = weighted.sum(1).relu();",
        "return sum.div(sum.flatten(1).max(1).clamp(1e-12, Infinity).reshape(N, 1, 1));",
      ),
    },
  ],
);
