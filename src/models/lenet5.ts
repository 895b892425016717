import * as nn from "../nn";
import * as F from "../nn/functional";
import { checkOptions } from "../options";
import type { Tensor } from "../tensor/tensor";
import { modelOptions, type ModelOptions } from "./options";

/**
 * LeNet-5 for digits: 6@28x28, pooled to 14x14, 16@10x10, pooled to 5x5, then 120, 84 and 10 numbers. As it is taught
 * today: every filter sees all channels, pooling averages, tanh follows each layer, and the last layer is linear.
 * Shapes: [N,1,32,32] -> [N,numClasses]. Defaults: 10 classes, 1 channel.
 * @see LeCun, Bottou, Bengio & Haffner 1998, "Gradient-based learning applied to document recognition", figure 2
 * @example
 * const net = new models.LeNet5();
 * net(zeros([2, 1, 32, 32])).shape; // [2, 10]
 */
export class LeNet5 extends nn.Module {
  conv1: nn.Conv2d;
  pool1 = new nn.AvgPool2d(2, 2);
  conv2 = new nn.Conv2d(6, 16, 5);
  pool2 = new nn.AvgPool2d(2, 2);
  fc1 = new nn.Linear(16 * 5 * 5, 120);
  fc2 = new nn.Linear(120, 84);
  fc3: nn.Linear;

  constructor(options: ModelOptions = {}) {
    super();
    const { numClasses = 10, inChannels = 1 } = checkOptions(new.target.name, options, modelOptions, arguments, 0);
    this.conv1 = new nn.Conv2d(inChannels, 6, 5);
    this.fc3 = new nn.Linear(84, numClasses);
  }

  forward(x: Tensor): Tensor {
    x = this.pool1(F.tanh(this.conv1(x)));
    x = this.pool2(F.tanh(this.conv2(x)));
    x = F.tanh(this.fc1(x.flatten(1)));
    return this.fc3(F.tanh(this.fc2(x)));
  }
}
