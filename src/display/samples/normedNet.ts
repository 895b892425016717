/** A small network with batch norm and dropout, for the samples of views: the same weights each time. */
import { BatchNorm2d, Conv2d, Dropout, Dropout2d, Linear, Module } from "../../nn";
import { relu } from "../../nn/functional";
import { fromArray } from "../../tensor/create";
import { Random, withRandom } from "../../tensor/random";
import type { Tensor } from "../../tensor/tensor";

/** Images of 12x12. */
class NormedNet extends Module {
  conv1: Conv2d;
  bn1 = new BatchNorm2d(6);
  drop1 = new Dropout2d(0.25);
  fc1 = new Linear(600, 20);
  drop2 = new Dropout(0.5);
  fc2: Linear;

  constructor(channels: number, classes: number) {
    super();
    this.conv1 = new Conv2d(channels, 6, 3);
    this.fc2 = new Linear(20, classes);
    const statistic = (values: number[]): Tensor => fromArray(Float32Array.from(values), [6]);
    this.bn1.loadStateDict({
      ...this.bn1.stateDict(),
      running_mean: statistic([0.1, 0, 0.2, 0.3, -0.1, 0.2]),
      running_var: statistic([0.2, 0.1, 0.05, 0.1, 0.2, 0.1]),
      num_batches_tracked: fromArray(Int32Array.of(40), []),
    });
  }
  forward(x: Tensor): Tensor {
    x = this.drop1(relu(this.bn1(this.conv1(x))));
    return this.fc2(this.drop2(relu(this.fc1(x.flatten(1)))));
  }
}

export const normedNet = (channels: number, classes: number): Module =>
  withRandom(new Random(1), () => new NormedNet(channels, classes));
