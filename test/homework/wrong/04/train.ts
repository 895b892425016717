/** Wrong trainings within a budget of images. */
import { instead, question } from "../../support/question";

const epoch = `for await (const [x, y] of loader) {
      run.steps.push(await trainStep(net, optimizer, x, y));
      if (budget.left < batchSize) break;
    }
    await ended();`;
const shuffled = "const loader = budget.loader(data, { batchSize, shuffle: true });";
/** Epoch after epoch, until the budget is spent. */
const epochs = (body = epoch, loader = shuffled): string => `${loader}
  while (budget.left >= batchSize) {
    ${body}
  }`;
/** A training, whose parts are right unless said otherwise. */
const train = ({
  loop = epochs(),
  made = "new optim.Adam(net.parameters(), { lr, weightDecay })",
  number = "run.epochs.length",
  loss = "losses.reduce((sum, each) => sum + each, 0) / losses.length",
}): string =>
  `async function train(net: nn.Module, data: Data, validation: Batches, budget: Budget, settings: Settings): Promise<Run> {
  const { lr, batchSize, weightDecay } = settings;
  const run: Run = { steps: [], epochs: [] };
  const optimizer = ${made};
  const ended = async () => {
    const validationAccuracy = await accuracy(net, validation);
    const losses = run.steps.slice((run.epochs.at(-1)?.step ?? -1) + 1);
    const loss = ${loss};
    run.epochs.push({ epoch: ${number}, step: run.steps.length - 1, loss, validationAccuracy });
  };
  ${loop}
  return run;
}`;

export const trainings = question(
  {
    test: "q6",
    needs: ["q4-answer", "q5-answer"],
    shapes: instead(["[80, 200, 32]", "[100, 250, 30]", "[60, 150, 20]"]),
  },
  [
    {
      mistake: "no shuffling of data that lie sorted by class",
      code: train({ loop: epochs(epoch, "const loader = budget.loader(data, { batchSize });") }),
      hint: /one class after the other: write shuffle: true/,
    },
    {
      mistake: "one epoch alone",
      code: train({
        loop: `${shuffled}\n    ${epoch}`,
      }),
      hint: /one epoch alone/,
    },
    {
      mistake: "the budget is looked at between epochs only",
      code: train({ loop: epochs(epoch.replace("if (budget.left < batchSize) break;", "")) }),
      hint: /Budget: a batch of \d+ images is refused.*End the training/,
    },
    {
      mistake: "the learning rate of the settings is not used",
      code: train({ made: "new optim.Adam(net.parameters(), { lr: lr * 0 + 0.001, weightDecay })" }),
      hint: /is lr of the settings used/,
    },
    {
      mistake: "break before the step",
      code: train({
        loop: epochs(`for await (const [x, y] of loader) {
      if (budget.left < batchSize) break;
      run.steps.push(await trainStep(net, optimizer, x, y));
    }
    await ended();`),
      }),
      hint: /taken \(and counted\) but not trained/,
    },
    {
      mistake: "a new loader for every epoch",
      code: train({
        loop: `while (budget.left >= batchSize) {
    ${shuffled}
    ${epoch}
  }`,
      }),
      hint: /loaders made: one for all epochs/,
    },
    {
      mistake: "weight decay is not used",
      code: train({ made: "new optim.Adam(net.parameters(), { lr })" }),
      hint: /is weightDecay of the settings used/,
    },
    {
      mistake: "the last loss in the place of the mean",
      code: train({ loss: "losses.at(-1)!" }),
      hint: /loss of run\.epochs\[0\]: the mean of its losses/,
    },
    {
      mistake: "epochs are counted from 1",
      code: train({ number: "run.epochs.length + 1" }),
      hint: /epoch of run\.epochs\[0\], counted from 0/,
    },
  ],
);
