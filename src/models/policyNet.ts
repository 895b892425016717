import * as nn from "../nn";
import * as F from "../nn/functional";
import { checkOptions, type OptionNames } from "../options";
import { zeros } from "../tensor/create";
import type { Tensor } from "../tensor/tensor";

export interface PolicyNetOptions {
  /** Planes that describe the position; default 48. */
  inChannels?: number;
  /** Filters of each hidden layer; default 192. */
  filters?: number;
  /** Hidden layers with 3x3 filters behind the first, which has 5x5; default 11. */
  hiddenLayers?: number;
}
const policyNetOptions: OptionNames<PolicyNetOptions> = {
  inChannels: true,
  filters: true,
  hiddenLayers: true,
};

const BOARD = 19;

/**
 * AlphaGo's policy network: from a position on the 19x19 board to one logit for each of its 361 points. A 5x5
 * convolution, eleven 3x3 convolutions and a 1x1 convolution with one filter, all padded so that the board keeps its
 * size; no pooling, because a board with every second line missing is another position. Shapes: [N,48,19,19] -> [N,361];
 * point (row, column) is number 19*row + column. Its softmax is the probability of each move.
 * @see Silver et al. 2016, "Mastering the game of Go with deep neural networks and tree search", Nature 529, methods
 * @example
 * const net = new models.PolicyNet({ filters: 8, hiddenLayers: 2 });
 * net(zeros([1, 48, 19, 19])).softmax(1).shape; // [1, 361]
 */
export class PolicyNet extends nn.Module {
  conv1: nn.Conv2d;
  hidden: nn.Sequential;
  last: nn.Conv2d;
  /** A number for each point of the board, in place of the last filter's one. */
  bias = new nn.Parameter(zeros([BOARD * BOARD]));

  constructor(options: PolicyNetOptions = {}) {
    super();
    const {
      inChannels = 48,
      filters = 192,
      hiddenLayers = 11,
    } = checkOptions(new.target.name, options, policyNetOptions, arguments, 0);
    this.conv1 = new nn.Conv2d(inChannels, filters, 5, { padding: 2 });
    this.hidden = new nn.Sequential(
      ...Array.from({ length: hiddenLayers }, () => [
        new nn.Conv2d(filters, filters, 3, { padding: 1 }),
        new nn.ReLU(),
      ]).flat(),
    );
    this.last = new nn.Conv2d(filters, 1, 1, { bias: false });
  }

  forward(x: Tensor): Tensor {
    return this.last(this.hidden(F.relu(this.conv1(x))))
      .flatten(1)
      .add(this.bias);
  }
}
