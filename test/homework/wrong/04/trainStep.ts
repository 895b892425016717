/** Wrong steps of training. */
import { instead, question } from "../../support/question";

/** A step, whose parts are right unless said otherwise; LOSS stands for the line that computes the loss. */
const step = ({
  lines = "optimizer.zeroGrad(); LOSS loss.backward(); optimizer.step();",
  loss = "F.crossEntropy(net(x), y)",
}): string => `interface Optimizer {
  zeroGrad(): void;
  step(): void;
}
async function trainStep(net: nn.Module, optimizer: Optimizer, x: Tensor, y: Tensor): Promise<number> {
  ${lines.replace("LOSS", `const loss = ${loss};`)}
  return loss.item();
}`;
export const steps = question(
  { test: "q4", shapes: instead(["[6, 4, 8, 0.5]", "[9, 3, 5, 0.25]", "[4, 7, 12, 0.1]"]) },
  [
    {
      mistake: "zeroGrad is forgotten",
      code: step({ lines: "LOSS loss.backward(); optimizer.step();" }),
      hint: /zeroGrad is missing/,
    },
    {
      mistake: "step before backward",
      code: step({ lines: "optimizer.zeroGrad(); LOSS optimizer.step(); loss.backward();" }),
      hint: /step stands before backward/,
    },
    {
      mistake: "the loss is summed over the batch",
      code: step({ loss: 'F.crossEntropy(net(x), y, { reduction: "sum" })' }),
      hint: /the loss is the sum over the batch/,
    },
    {
      mistake: "softmax before crossEntropy",
      code: step({ loss: "F.crossEntropy(F.softmax(net(x), 1), y)" }),
      hint: /softmax before crossEntropy/,
    },
    {
      mistake: "the loss is computed again after the step",
      code: step({}).replace("return loss.item()", "return F.crossEntropy(net(x), y).item()"),
      hint: /the loss after the step/,
    },
    {
      mistake: "nllLoss of scores",
      code: step({ loss: "F.nllLoss(net(x), y)" }),
      hint: /F\.nllLoss takes logarithms/,
    },
  ],
);
