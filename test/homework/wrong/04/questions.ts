/** The questions of homework 4: other settings of their tests, and answers of which one part is wrong. */
import type { WrongAnswer } from "../../support/wrongAnswer";

export const mlp = (
  forward: string,
  count = "n * units + units + units * k + k",
): string => `class MLP extends nn.Module {
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
export const mlpSettings: WrongAnswer["shapes"] = [
  [
    ["[12, 8, 5]", "[18, 4, 3]"],
    ["[4, 3, 2, 2]", "[2, 2, 3, 3]"],
  ],
  [
    ["[12, 8, 5]", "[20, 16, 7]"],
    ["[4, 3, 2, 2]", "[5, 5, 1, 4]"],
  ],
];

export const block = (forward: string): string => `class Block extends nn.Module {
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
export const blockSettings: WrongAnswer["shapes"] = [
  [
    ["blockOf(3, 4)", "blockOf(2, 5)"],
    ["[2, 3, 8, 6]", "[3, 2, 6, 10]"],
  ],
  [
    ["blockOf(3, 4)", "blockOf(1, 3)"],
    ["[2, 3, 8, 6]", "[4, 1, 7, 5]"],
  ],
];

export const net = (layers: string): string => `class Net extends nn.Module {
  readonly layers: nn.Module;
  constructor() {
    super();
    this.layers = new nn.Sequential(${layers});
  }
  forward(x: Tensor): Tensor {
    return this.layers(x);
  }
}`;
export const netSettings: WrongAnswer["shapes"] = [
  [["const images = 4", "const images = 2"]],
  [
    ["const images = 4", "const images = 7"],
    ["maxParameters: MOST_PARAMETERS", "maxParameters: MOST_PARAMETERS - 1000"],
  ],
];

export const step = (lines: string, loss = "F.crossEntropy(net(x), y)"): string => `interface Optimizer {
  zeroGrad(): void;
  step(): void;
}
async function trainStep(net: nn.Module, optimizer: Optimizer, x: Tensor, y: Tensor): Promise<number> {
  ${lines.replace("LOSS", `const loss = ${loss};`)}
  return loss.item();
}`;
export const right = "optimizer.zeroGrad(); LOSS loss.backward(); optimizer.step();";
export const stepSettings: WrongAnswer["shapes"] = [
  [["[6, 4, 8, 0.5]", "[9, 3, 5, 0.25]"]],
  [["[6, 4, 8, 0.5]", "[4, 7, 12, 0.1]"]],
];

export const accuracySettings: WrongAnswer["shapes"] = [[["[70, 30]", "[50, 40]"]], [["[70, 30]", "[110, 50]"]]];

export const share = (guess: string, result: string): string =>
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

export const train = (loop: string, made = "new optim.Adam(net.parameters(), { lr, weightDecay })"): string =>
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
export const epoch = `for await (const [x, y] of loader) {
      run.steps.push(await trainStep(net, optimizer, x, y));
      if (budget.left < batchSize) break;
    }
    await ended();`;
export const shuffled = "const loader = budget.loader(data, { batchSize, shuffle: true });";
export const trainSettings: WrongAnswer["shapes"] = [
  [["[80, 200, 32]", "[100, 250, 30]"]],
  [["[80, 200, 32]", "[60, 150, 20]"]],
];

export const confusion = (add: string, before = "net.eval();"): string =>
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
export const counted = confusion("matrix[labels[n]][guesses[n]]++");
export const pair = (
  from: string,
  count: string,
): string => `function mostConfused(table: number[][]): [number, number] {
  let [best, most]: [[number, number], number] = [[0, 1], -1];
  for (let i = 0; i < table.length; i++)
    for (let j = ${from}; j < table.length; j++) {
      const count = ${count};
      if (count > most) [best, most] = [[Math.min(i, j), Math.max(i, j)], count];
    }
  return best;
}`;
export const rightPair = pair("i + 1", "table[i][j] + table[j][i]");
export const matrixSettings: WrongAnswer["shapes"] = [
  [["[60, 5, 4, 25]", "[45, 6, 3, 20]"]],
  [["[60, 5, 4, 25]", "[100, 4, 5, 40]"]],
];
export const given = ["[20, 6, 0, 4],", "[0, 21, 4, 5],", "[1, 4, 25, 0],", "[3, 0, 2, 25],"].join("\n      ");
export const pairSettings: WrongAnswer["shapes"] = [
  [[given, "[9, 0, 5], [1, 8, 3], [0, 4, 7]"]],
  [[given, "[30, 2, 2, 0], [1, 28, 7, 1], [4, 0, 22, 5], [0, 1, 5, 24]"]],
];
