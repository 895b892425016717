/** Wrong networks: an MLP, a block of layers, and a network within its parameters. */
import { instead, question } from "../../support/question";

/** The MLP and the count of its parameters, each right unless said otherwise. */
const mlp = ({
  forward = "this.fc2(F.relu(this.fc1(x.flatten(1))))",
  count = "n * units + units + units * k + k",
}): string => `class MLP extends nn.Module {
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
export const mlps = question(
  {
    test: "q1",
    shapes: instead(["[12, 8, 5]", "[18, 4, 3]", "[20, 16, 7]"], ["[4, 3, 2, 2]", "[2, 2, 3, 3]", "[5, 5, 1, 4]"]),
  },
  [
    {
      mistake: "the MLP has no ReLU",
      code: mlp({ forward: "this.fc2(this.fc1(x.flatten(1)))" }),
      hint: /the ReLU between the layers is missing/,
    },
    {
      mistake: "a softmax at the end of the MLP",
      code: mlp({ forward: "F.softmax(this.fc2(F.relu(this.fc1(x.flatten(1)))), 1)" }),
      hint: /a softmax stands at the end/,
    },
    {
      mistake: "weights are counted, biases are not",
      code: mlp({ count: "n * units + units * k" }),
      hint: /the biases are missing/,
    },
  ],
);

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
export const blocks = question(
  {
    test: "q2",
    shapes: instead(
      ["blockOf(3, 4)", "blockOf(2, 5)", "blockOf(1, 3)"],
      ["[2, 3, 8, 6]", "[3, 2, 6, 10]", "[4, 1, 7, 5]"],
    ),
  },
  [
    {
      mistake: "the block has no ReLU",
      code: block("F.maxPool2d(this.norm(this.conv(x)), 2)"),
      hint: /the ReLU is missing/,
    },
    {
      mistake: "the block does not pool",
      code: block("F.relu(this.norm(this.conv(x)))"),
      hint: /the pooling is missing/,
    },
    {
      mistake: "the ReLU stands before the normalisation",
      code: block("F.maxPool2d(this.norm(F.relu(this.conv(x))), 2)"),
      hint: /the ReLU stands before the normalisation/,
    },
  ],
);

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
export const nets = question(
  {
    test: "q3",
    needs: ["q2-answer"],
    shapes: [
      [["const images = 4", "const images = 2"]],
      [
        ["const images = 4", "const images = 7"],
        ["maxParameters: MOST_PARAMETERS", "maxParameters: MOST_PARAMETERS - 1000"],
      ],
    ],
  },
  [
    {
      mistake: "the last layer has the inputs of maps that were not halved",
      code: net("new Block(3, 16), new Block(16, 16), new nn.Flatten(), new nn.Linear(16 * 12 * 12, 10)"),
      hint: /does not go through.*(\n.*)*576.*2304|does not go through.*(\n.*)*2304.*576/,
    },
    {
      mistake: "too many parameters",
      code: net("new Block(3, 32), new Block(32, 64), new nn.Flatten(), new nn.Linear(64 * 6 * 6, 10)"),
      hint: /✗ [\d,]+ parameters, at most/,
    },
    {
      mistake: "convolutions with strides and no ReLU",
      code: net(
        "new nn.Conv2d(3, 16, 3, { stride: 2 }), new nn.Conv2d(16, 16, 3, { stride: 2 }), new nn.Flatten(), new nn.Linear(16 * 5 * 5, 10)",
      ),
      hint: /the ReLU is missing: all layers together are one linear map/,
    },
    {
      mistake: "a softmax at the end of the network",
      code: net(
        "new Block(3, 16), new nn.Flatten(), new nn.Linear(16 * 12 * 12, 8), new nn.Linear(8, 10), new nn.Softmax(1)",
      ),
      hint: /a softmax stands at the end/,
      shapes: instead(["const images = 4", "const images = 2", "const images = 7"]),
    },
  ],
);
