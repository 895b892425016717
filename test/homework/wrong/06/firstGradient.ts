/** Wrong measures of the gradient of the first layer. */
import { question } from "../../support/question";

const gradient = (body: string): string =>
  `async function firstGradient(net: DeepNet, x: Tensor, y: Tensor): Promise<number> {
  ${body}
}`;
const clear =
  "for (const parameter of net.parameters()) parameter.grad = null;\n  F.crossEntropy(net(x), y).backward();";
export const gradients = question(
  {
    test: "q3",
    shapes: [
      [
        ["0, 20)", "0, 12)"],
        ["new DeepNet(2, 1, false)", "new DeepNet(1, 1)"],
      ],
      [["new DeepNet(2, 1, false)", "new DeepNet(3, 0)"]],
    ],
  },
  [
    {
      mistake: "gradients of the first call stay",
      hint: /added its gradients to those of the first/,
      code: gradient("F.crossEntropy(net(x), y).backward();\n  return net.stem.weight.grad!.norm().item();"),
    },
    {
      mistake: "a step is made",
      hint: /there is no optimizer\.step\(\)/,
      code: gradient(`const optimizer = new optim.SGD(net.parameters(), { lr: 0.1 });
  optimizer.zeroGrad();
  F.crossEntropy(net(x), y).backward();
  const found = await net.stem.weight.grad!.norm().item();
  optimizer.step();
  return found;`),
    },
    {
      mistake: "no square root",
      hint: /square root is missing/,
      code: gradient(`${clear}\n  return net.stem.weight.grad!.square().sum().item();`),
    },
    {
      mistake: "the gradient of all layers",
      hint: /gradient of all layers/,
      code: gradient(`${clear}
  let sum = 0;
  for (const parameter of net.parameters()) sum += await parameter.grad!.square().sum().item();
  return Math.sqrt(sum);`),
    },
  ],
);
