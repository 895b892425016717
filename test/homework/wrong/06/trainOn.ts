/** Wrong loops of training. */
import { instead, question } from "../../support/question";

/** The loop, whose parts are right unless said otherwise. */
const loop = ({
  zero = "optimizer.zeroGrad();",
  step = "optimizer.step();",
  to = "Math.min(from + batchSize, x.shape[0], from + images - seen)",
  count = "seen += to - from;",
  more = "seen < images",
  next = "to === x.shape[0] ? 0 : to",
}): string => `async function trainOn(
  net: nn.Module,
  { x, y }: { x: Tensor; y: Tensor },
  { images, batchSize, lr }: { images: number; batchSize: number; lr: number },
): Promise<{ seen: number; loss: number }[]> {
  const optimizer = new optim.SGD(net.parameters(), { lr });
  const rows: { seen: number; loss: number }[] = [];
  let [seen, from] = [0, 0];
  while (${more}) {
    const to = ${to};
    ${zero}
    const loss = F.crossEntropy(net(x.slice(0, from, to)), y.slice(0, from, to));
    loss.backward();
    ${step}
    ${count}
    rows.push({ seen, loss: await loss.item() });
    from = ${next};
  }
  return rows;
}`;
export const loops = question(
  { test: "q4", shapes: instead(["[40, 60, 16, 0.1]", "[30, 52, 8, 0.05]", "[50, 75, 20, 0.2]"]) },
  [
    {
      mistake: "the last batch is not cut",
      hint: /last batch is not cut/,
      code: loop({ to: "Math.min(from + batchSize, x.shape[0])" }),
    },
    {
      mistake: "never again at image 0",
      hint: /A batch is empty, so training never ends/,
      code: loop({ next: "to" }),
    },
    {
      mistake: "seen is not added up",
      hint: /Training does not end/,
      code: loop({ count: "void seen;" }),
    },
    {
      mistake: "a batch goes on at the front, and the last is not cut",
      hint: /and the last one is not cut/,
      code: loop({ to: "Math.min(from + batchSize, x.shape[0])", count: "seen += batchSize;" }),
    },
    { mistake: "gradients are added up", hint: /zeroGrad\(\) is missing/, code: loop({ zero: "" }) },
    { mistake: "no step", hint: /step\(\) is missing/, code: loop({ step: "" }) },
    {
      mistake: "steps are counted for images",
      hint: /counts one for each step/,
      code: loop({ count: "seen += 1;", to: "Math.min(from + batchSize, x.shape[0])" }),
    },
    {
      mistake: "the last batch is left out",
      hint: /ends before the last, smaller batch/,
      code: loop({
        to: "Math.min(from + batchSize, x.shape[0])",
        more: "seen + Math.min(batchSize, x.shape[0] - from) <= images",
      }),
    },
  ],
);
