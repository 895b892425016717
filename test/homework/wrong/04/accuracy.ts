/** Wrong accuracies of a network. */
import { instead, question } from "../../support/question";

/** The share of right answers, whose parts are right unless said otherwise. */
const share = ({
  before = "\n  net.eval();",
  guess = "argmax(1)",
  after = "\n  net.train();",
  result = "right / all",
}): string =>
  `async function accuracy(net: nn.Module, batches: Batches): Promise<number> {
  let [right, all] = [0, 0];${before}
  for await (const [x, y] of batches) {
    right += await noGrad(() => net(x)).${guess}.eq(y).sum().item();
    all += y.shape[0];
  }${after}
  return ${result};
}`;
export const accuracies = question({ test: "q5", shapes: instead(["[70, 30]", "[50, 40]", "[110, 50]"]) }, [
  {
    mistake: "the accuracy in percent",
    code: share({ result: "(100 * right) / all" }),
    hint: /this is in percent/,
  },
  {
    mistake: "argmax over the whole batch",
    code: share({ guess: "argmax()" }),
    hint: /is it argmax\(1\)/,
  },
  {
    mistake: "the mean of the batches' accuracies",
    code: `async function accuracy(net: nn.Module, batches: Batches): Promise<number> {
  let [sum, count] = [0, 0];
  net.eval();
  for await (const [x, y] of batches) {
    sum += await metrics.accuracy(noGrad(() => net(x)), y);
    count++;
  }
  net.train();
  return sum / count;
}`,
    hint: /the mean over batches, not over images/,
  },
  {
    mistake: "evaluation in training mode",
    code: share({ before: "", after: "" }),
    hint: /evaluated in training mode/,
  },
  {
    mistake: "the network stays in evaluation mode",
    code: share({ after: "" }),
    hint: /call net\.train\(\) at the end/,
  },
]);
