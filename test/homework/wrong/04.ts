/** Wrong answers to homework 4, training within a budget of images and parameters. */
import type { WrongAnswer } from "../support/wrongAnswer";

const mlp = (forward: string, count = "n * units + units + units * k + k"): string => `class MLP extends nn.Module {
  readonly fc1: nn.Linear;
  readonly fc2: nn.Linear;
  constructor(inputs: number, hidden: number, classes: number) {
    super();
    this.fc1 = new nn.Linear(inputs, hidden);
    this.fc2 = new nn.Linear(hidden, classes);
  }
  forward(x: Tensor): Tensor {
    return ${forward};
  }
}
function mlpParameters(n: number, units: number, k: number): number {
  return ${count};
}`;
const mlpSettings: WrongAnswer["shapes"] = [
  [
    ["[12, 8, 5]", "[18, 4, 3]"],
    ["[4, 3, 2, 2]", "[2, 2, 3, 3]"],
  ],
  [
    ["[12, 8, 5]", "[20, 16, 7]"],
    ["[4, 3, 2, 2]", "[5, 5, 1, 4]"],
  ],
];

const block = (forward: string): string => `class Block extends nn.Module {
  readonly conv: nn.Conv2d;
  readonly norm: nn.BatchNorm2d;
  constructor(inputs: number, outputs: number) {
    super();
    this.conv = new nn.Conv2d(inputs, outputs, 3, { padding: 1 });
    this.norm = new nn.BatchNorm2d(outputs);
  }
  forward(x: Tensor): Tensor {
    return ${forward};
  }
}`;
const blockSettings: WrongAnswer["shapes"] = [
  [
    ["blockOf(3, 4)", "blockOf(2, 5)"],
    ["[2, 3, 8, 6]", "[3, 2, 6, 10]"],
  ],
  [
    ["blockOf(3, 4)", "blockOf(1, 3)"],
    ["[2, 3, 8, 6]", "[4, 1, 7, 5]"],
  ],
];

const net = (layers: string): string => `class Net extends nn.Module {
  readonly layers: nn.Module;
  constructor() {
    super();
    this.layers = new nn.Sequential(${layers});
  }
  forward(x: Tensor): Tensor {
    return this.layers(x);
  }
}`;
const netSettings: WrongAnswer["shapes"] = [
  [["const images = 4", "const images = 2"]],
  [
    ["const images = 4", "const images = 7"],
    ["maxParameters: MOST_PARAMETERS", "maxParameters: MOST_PARAMETERS - 1000"],
  ],
];

const step = (lines: string, loss = "F.crossEntropy(net(x), y)"): string => `interface Optimizer {
  zeroGrad(): void;
  step(): void;
}
async function trainStep(net: nn.Module, optimizer: Optimizer, x: Tensor, y: Tensor): Promise<number> {
  ${lines.replace("LOSS", `const loss = ${loss};`)}
  return loss.item();
}`;
const right = "optimizer.zeroGrad(); LOSS loss.backward(); optimizer.step();";
const stepSettings: WrongAnswer["shapes"] = [
  [["[6, 4, 8, 0.5]", "[9, 3, 5, 0.25]"]],
  [["[6, 4, 8, 0.5]", "[4, 7, 12, 0.1]"]],
];

const accuracySettings: WrongAnswer["shapes"] = [[["[70, 30]", "[50, 40]"]], [["[70, 30]", "[110, 50]"]]];

const share = (guess: string, result: string): string =>
  `async function accuracy(net: nn.Module, batches: Batches): Promise<number> {
  let [right, all] = [0, 0];
  net.eval();
  for await (const [x, y] of batches) {
    right += await noGrad(() => net(x)).${guess}.eq(y).sum().item();
    all += y.shape[0];
  }
  net.train();
  return ${result};
}`;

const train = (loop: string, made = "new optim.Adam(net.parameters(), { lr, weightDecay })"): string =>
  `async function train(net: nn.Module, data: Data, validation: Batches, budget: Budget, settings: Settings): Promise<Run> {
  const { lr, batchSize, weightDecay } = settings;
  const run: Run = { steps: [], epochs: [] };
  const optimizer = ${made};
  const ended = async () => {
    const validationAccuracy = await accuracy(net, validation);
    const losses = run.steps.slice((run.epochs.at(-1)?.step ?? -1) + 1);
    const loss = losses.reduce((sum, each) => sum + each, 0) / losses.length;
    run.epochs.push({ epoch: run.epochs.length, step: run.steps.length - 1, loss, validationAccuracy });
  };
  ${loop}
  return run;
}`;
const epoch = `for await (const [x, y] of loader) {
      run.steps.push(await trainStep(net, optimizer, x, y));
      if (budget.left < batchSize) break;
    }
    await ended();`;
const shuffled = "const loader = budget.loader(data, { batchSize, shuffle: true });";
const trainSettings: WrongAnswer["shapes"] = [
  [["[80, 200, 32]", "[100, 250, 30]"]],
  [["[80, 200, 32]", "[60, 150, 20]"]],
];

const confusion = (add: string, before = "net.eval();"): string =>
  `async function confusion(net: nn.Module, batches: Batches, classes: number): Promise<number[][]> {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  ${before}
  for await (const [x, y] of batches) {
    const guesses = await noGrad(() => net(x)).argmax(1).data();
    const labels = await y.data();
    for (let n = 0; n < labels.length; n++) ${add};
  }
  net.train();
  return matrix;
}`;
const counted = confusion("matrix[labels[n]][guesses[n]]++");
const pair = (from: string, count: string): string => `function mostConfused(table: number[][]): [number, number] {
  let [best, most]: [[number, number], number] = [[0, 1], -1];
  for (let i = 0; i < table.length; i++)
    for (let j = ${from}; j < table.length; j++) {
      const count = ${count};
      if (count > most) [best, most] = [[Math.min(i, j), Math.max(i, j)], count];
    }
  return best;
}`;
const rightPair = pair("i + 1", "table[i][j] + table[j][i]");
const matrixSettings: WrongAnswer["shapes"] = [
  [["[60, 5, 4, 25]", "[45, 6, 3, 20]"]],
  [["[60, 5, 4, 25]", "[100, 4, 5, 40]"]],
];
const given = ["[20, 6, 0, 4],", "[0, 21, 4, 5],", "[1, 4, 25, 0],", "[3, 0, 2, 25],"].join("\n      ");
const pairSettings: WrongAnswer["shapes"] = [
  [[given, "[9, 0, 5], [1, 8, 3], [0, 4, 7]"]],
  [[given, "[30, 2, 2, 0], [1, 28, 7, 1], [4, 0, 22, 5], [0, 1, 5, 24]"]],
];

export const answers: readonly WrongAnswer[] = [
  {
    mistake: "the MLP has no ReLU",
    answer: "q1-answer",
    code: mlp("this.fc2(this.fc1(x.flatten(1)))"),
    test: "q1",
    hint: /the ReLU between the layers is missing/,
    shapes: mlpSettings,
  },
  {
    mistake: "a softmax at the end of the MLP",
    answer: "q1-answer",
    code: mlp("F.softmax(this.fc2(F.relu(this.fc1(x.flatten(1)))), 1)"),
    test: "q1",
    hint: /a softmax stands at the end/,
    shapes: mlpSettings,
  },
  {
    mistake: "weights are counted, biases are not",
    answer: "q1-answer",
    code: mlp("this.fc2(F.relu(this.fc1(x.flatten(1))))", "n * units + units * k"),
    test: "q1",
    hint: /the biases are missing/,
    shapes: mlpSettings,
  },
  {
    mistake: "the block has no ReLU",
    answer: "q2-answer",
    code: block("F.maxPool2d(this.norm(this.conv(x)), 2)"),
    test: "q2",
    hint: /the ReLU is missing/,
    shapes: blockSettings,
  },
  {
    mistake: "the block does not pool",
    answer: "q2-answer",
    code: block("F.relu(this.norm(this.conv(x)))"),
    test: "q2",
    hint: /the pooling is missing/,
    shapes: blockSettings,
  },
  {
    mistake: "the ReLU stands before the normalisation",
    answer: "q2-answer",
    code: block("F.maxPool2d(this.norm(F.relu(this.conv(x))), 2)"),
    test: "q2",
    hint: /the ReLU stands before the normalisation/,
    shapes: blockSettings,
  },
  {
    mistake: "the last layer has the inputs of maps that were not halved",
    answer: "q3-answer",
    code: net("new Block(3, 16), new Block(16, 16), new nn.Flatten(), new nn.Linear(16 * 12 * 12, 10)"),
    test: "q3",
    hint: /does not go through.*(\n.*)*576.*2304|does not go through.*(\n.*)*2304.*576/,
    needs: ["q2-answer"],
    shapes: netSettings,
  },
  {
    mistake: "too many parameters",
    answer: "q3-answer",
    code: net("new Block(3, 32), new Block(32, 64), new nn.Flatten(), new nn.Linear(64 * 6 * 6, 10)"),
    test: "q3",
    hint: /✗ [\d,]+ parameters, at most/,
    needs: ["q2-answer"],
    shapes: netSettings,
  },
  {
    mistake: "convolutions with strides and no ReLU",
    answer: "q3-answer",
    code: net(
      "new nn.Conv2d(3, 16, 3, { stride: 2 }), new nn.Conv2d(16, 16, 3, { stride: 2 }), new nn.Flatten(), new nn.Linear(16 * 5 * 5, 10)",
    ),
    test: "q3",
    hint: /the ReLU is missing: all layers together are one linear map/,
    needs: ["q2-answer"],
    shapes: netSettings,
  },
  {
    mistake: "a softmax at the end of the network",
    answer: "q3-answer",
    code: net("new Block(3, 16), new nn.Flatten(), new nn.Linear(16 * 12 * 12, 10), new nn.Softmax(1)").replace(
      "16 * 12 * 12, 10",
      "16 * 12 * 12, 8), new nn.Linear(8, 10",
    ),
    test: "q3",
    hint: /a softmax stands at the end/,
    needs: ["q2-answer"],
    shapes: netSettings.map((setting) => setting.slice(0, 1)),
  },
  {
    mistake: "zeroGrad is forgotten",
    answer: "q4-answer",
    code: step("LOSS loss.backward(); optimizer.step();"),
    test: "q4",
    hint: /zeroGrad is missing/,
    shapes: stepSettings,
  },
  {
    mistake: "step before backward",
    answer: "q4-answer",
    code: step("optimizer.zeroGrad(); LOSS optimizer.step(); loss.backward();"),
    test: "q4",
    hint: /step stands before backward/,
    shapes: stepSettings,
  },
  {
    mistake: "the loss is summed over the batch",
    answer: "q4-answer",
    code: step(right, 'F.crossEntropy(net(x), y, { reduction: "sum" })'),
    test: "q4",
    hint: /the loss is the sum over the batch/,
    shapes: stepSettings,
  },
  {
    mistake: "softmax before crossEntropy",
    answer: "q4-answer",
    code: step(right, "F.crossEntropy(F.softmax(net(x), 1), y)"),
    test: "q4",
    hint: /softmax before crossEntropy/,
    shapes: stepSettings,
  },
  {
    mistake: "the loss is computed again after the step",
    answer: "q4-answer",
    code: step(right).replace("return loss.item()", "return F.crossEntropy(net(x), y).item()"),
    test: "q4",
    hint: /the loss after the step/,
    shapes: stepSettings,
  },
  {
    mistake: "nllLoss of scores",
    answer: "q4-answer",
    code: step(right, "F.nllLoss(net(x), y)"),
    test: "q4",
    hint: /F\.nllLoss takes logarithms/,
    shapes: stepSettings,
  },
  {
    mistake: "the accuracy in percent",
    answer: "q5-answer",
    code: share("argmax(1)", "(100 * right) / all"),
    test: "q5",
    hint: /this is in percent/,
    shapes: accuracySettings,
  },
  {
    mistake: "argmax over the whole batch",
    answer: "q5-answer",
    code: share("argmax()", "right / all"),
    test: "q5",
    hint: /is it argmax\(1\)/,
    shapes: accuracySettings,
  },
  {
    mistake: "the mean of the batches' accuracies",
    answer: "q5-answer",
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
    test: "q5",
    hint: /the mean over batches, not over images/,
    shapes: accuracySettings,
  },
  {
    mistake: "evaluation in training mode",
    answer: "q5-answer",
    code: `async function accuracy(net: nn.Module, batches: Batches): Promise<number> {
  let [right, all] = [0, 0];
  for await (const [x, y] of batches) {
    right += await noGrad(() => net(x)).argmax(1).eq(y).sum().item();
    all += y.shape[0];
  }
  return right / all;
}`,
    test: "q5",
    hint: /evaluated in training mode/,
    shapes: accuracySettings,
  },
  {
    mistake: "the network stays in evaluation mode",
    answer: "q5-answer",
    code: `async function accuracy(net: nn.Module, batches: Batches): Promise<number> {
  let [right, all] = [0, 0];
  net.eval();
  for await (const [x, y] of batches) {
    right += await noGrad(() => net(x)).argmax(1).eq(y).sum().item();
    all += y.shape[0];
  }
  return right / all;
}`,
    test: "q5",
    hint: /call net\.train\(\) at the end/,
    shapes: accuracySettings,
  },
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
