/** Wrong answers about trainings and what they give: questions 6 to 9. */
import type { WrongAnswer } from "../../support/wrongAnswer";
import {
  train,
  epoch,
  shuffled,
  trainSettings,
  confusion,
  counted,
  pair,
  rightPair,
  matrixSettings,
  pairSettings,
} from "./questions";

export const trainings: readonly WrongAnswer[] = [
  {
    mistake: "no shuffling of data that lie sorted by class",
    answer: "q6-answer",
    code: train(`const loader = budget.loader(data, { batchSize });
  while (budget.left >= batchSize) {
    ${epoch}
  }`),
    test: "q6",
    hint: /one class after the other: write shuffle: true/,
    needs: ["q4-answer", "q5-answer"],
    shapes: trainSettings,
  },
  {
    mistake: "one epoch alone",
    answer: "q6-answer",
    code: train(`${shuffled}
    ${epoch}`),
    test: "q6",
    hint: /one epoch alone/,
    needs: ["q4-answer", "q5-answer"],
    shapes: trainSettings,
  },
  {
    mistake: "the budget is looked at between epochs only",
    answer: "q6-answer",
    code: train(`${shuffled}
  while (budget.left >= batchSize) {
    ${epoch.replace("if (budget.left < batchSize) break;", "")}
  }`),
    test: "q6",
    hint: /Budget: a batch of \d+ images is refused.*End the training/,
    needs: ["q4-answer", "q5-answer"],
    shapes: trainSettings,
  },
  {
    mistake: "the learning rate of the settings is not used",
    answer: "q6-answer",
    code: train(
      `${shuffled}
  while (budget.left >= batchSize) {
    ${epoch}
  }`,
      "new optim.Adam(net.parameters(), { lr: lr * 0 + 0.001, weightDecay })",
    ),
    test: "q6",
    hint: /is lr of the settings used/,
    needs: ["q4-answer", "q5-answer"],
    shapes: trainSettings,
  },
  {
    mistake: "break before the step",
    answer: "q6-answer",
    code: train(`${shuffled}
  while (budget.left >= batchSize) {
    for await (const [x, y] of loader) {
      if (budget.left < batchSize) break;
      run.steps.push(await trainStep(net, optimizer, x, y));
    }
    await ended();
  }`),
    test: "q6",
    hint: /taken \(and counted\) but not trained/,
    needs: ["q4-answer", "q5-answer"],
    shapes: trainSettings,
  },
  {
    mistake: "a new loader for every epoch",
    answer: "q6-answer",
    code: train(`while (budget.left >= batchSize) {
    ${shuffled}
    ${epoch}
  }`),
    test: "q6",
    hint: /loaders made: one for all epochs/,
    needs: ["q4-answer", "q5-answer"],
    shapes: trainSettings,
  },
  {
    mistake: "weight decay is not used",
    answer: "q6-answer",
    code: train(
      `${shuffled}
  while (budget.left >= batchSize) {
    ${epoch}
  }`,
      "new optim.Adam(net.parameters(), { lr })",
    ),
    test: "q6",
    hint: /is weightDecay of the settings used/,
    needs: ["q4-answer", "q5-answer"],
    shapes: trainSettings,
  },
  {
    mistake: "the last loss in the place of the mean",
    answer: "q6-answer",
    code: train(`${shuffled}
  while (budget.left >= batchSize) {
    ${epoch}
  }`).replace(
      "const loss = losses.reduce((sum, each) => sum + each, 0) / losses.length",
      "const loss = losses.at(-1)!",
    ),
    test: "q6",
    hint: /loss of run\.epochs\[0\]: the mean of its losses/,
    needs: ["q4-answer", "q5-answer"],
    shapes: trainSettings,
  },
  {
    mistake: "epochs are counted from 1",
    answer: "q6-answer",
    code: train(`${shuffled}
  while (budget.left >= batchSize) {
    ${epoch}
  }`).replace("epoch: run.epochs.length", "epoch: run.epochs.length + 1"),
    test: "q6",
    hint: /epoch of run\.epochs\[0\], counted from 0/,
    needs: ["q4-answer", "q5-answer"],
    shapes: trainSettings,
  },
  {
    mistake: "the rates are compared on the test images",
    answer: "q7-answer",
    code: `async function experiment(rates: number[], fixed: Settings, images: number): Promise<number[]> {
  const accuracies: number[] = [];
  for (const lr of rates) {
    manualSeed(fixed.seed);
    const net = new Net();
    await train(net, trainingData(fixed.flip), validation, new Budget(images), { ...fixed, lr });
    accuracies.push(await accuracy(net, testImages()));
  }
  return accuracies;
}
function mySettings(): Settings {
  return { seed: 0, lr: 0.005, batchSize: 32, weightDecay: 0, flip: true };
}`,
    test: "q7",
    hint: /accuracy on the test images: choose by validation/,
    needs: ["q2-answer", "q3-answer", "q4-answer", "q5-answer", "q6-answer"],
    shapes: [
      [["const images = 160", "const images = 640"]],
      [
        ["0.002, 0.002", "0.01, 0.01"],
        ["lr: 0.002", "lr: 0.01"],
      ],
    ],
  },
  {
    mistake: "one network goes through all learning rates",
    answer: "q7-answer",
    code: `async function experiment(rates: number[], fixed: Settings, images: number): Promise<number[]> {
  const accuracies: number[] = [];
  const net = new Net();
  for (const lr of rates) {
    manualSeed(fixed.seed);
    await train(net, trainingData(fixed.flip), validation, new Budget(images), { ...fixed, lr });
    accuracies.push(await accuracy(net, validation));
  }
  return accuracies;
}
function mySettings(): Settings {
  return { seed: 0, lr: 0.005, batchSize: 32, weightDecay: 0, flip: true };
}`,
    test: "q7",
    hint: /did not begin like the first \(manualSeed, new Net, new Budget\)/,
    needs: ["q2-answer", "q3-answer", "q4-answer", "q5-answer", "q6-answer"],
    shapes: [
      [
        ["const images = 160", "const images = 640"],
        ["MOST_IMAGES / 20", "320"],
      ],
      [
        ["0.002, 0.002", "0.01, 0.01"],
        ["lr: 0.002", "lr: 0.01"],
        ["MOST_IMAGES / 20", "640"],
      ],
    ],
  },
  {
    mistake: "rows and columns of the confusion matrix are swapped",
    answer: "q9-answer",
    code: `${confusion("matrix[guesses[n]][labels[n]]++")}\n${rightPair}`,
    test: "q9",
    hint: /rows and columns are swapped/,
    shapes: matrixSettings,
  },
  {
    mistake: "the confusion matrix of a network in training mode",
    answer: "q9-answer",
    code: `${confusion("matrix[labels[n]][guesses[n]]++", "")}\n${rightPair}`,
    test: "q9",
    hint: /evaluated in training mode/,
    shapes: matrixSettings,
  },
  {
    mistake: "the diagonal counts as confusion",
    answer: "q9-answer",
    code: `${counted}\n${pair("0", "table[i][j]")}`,
    test: "q9",
    hint: /the diagonal is counted/,
    shapes: pairSettings,
  },
  {
    mistake: "one direction of confusion alone",
    answer: "q9-answer",
    code: `${counted}\n${pair("0", "i === j ? -1 : table[i][j]")}`,
    test: "q9",
    hint: /one direction alone/,
    shapes: pairSettings,
  },
  {
    mistake: "the last of equal pairs",
    answer: "q9-answer",
    code: `${counted}\n${rightPair.replace("count > most", "count >= most")}`,
    test: "q9",
    hint: /of equal pairs the last was taken/,
    shapes: pairSettings,
  },
];
