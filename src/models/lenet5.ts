import * as nn from "../nn";
import * as F from "../nn/functional";
import { checkTensor, show } from "../arguments";
import { checkOptions, type OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";
import { checkImageSize, type ModelOptions } from "./options";

export interface LeNet5Options extends ModelOptions {
  /** Rows and columns of the images: 32 (default), or 28 for MNIST's, around which the first layer then puts 2 zeros. */
  inputSize?: 28 | 32;
}
const optionNames: OptionNames<LeNet5Options> = { numClasses: true, inChannels: true, inputSize: true };

/**
 * LeNet-5 for digits: 6@28x28, pooled to 14x14, 16@10x10, pooled to 5x5, then 120, 84 and 10 numbers. As it is taught
 * today: every filter sees all channels, pooling averages, tanh follows each layer, and the last layer is linear.
 * Shapes: [N,1,32,32] -> [N,numClasses]; with `inputSize: 28` [N,1,28,28], as MNIST and `datasets.digits` give them. Defaults:
 * 10 classes, 1 channel.
 * @throws RangeError for another size; when called, ShapeError if the images have another
 * @see LeCun, Bottou, Bengio & Haffner 1998, "Gradient-based learning applied to document recognition", figure 2
 * @example
 * const net = new models.LeNet5({ inputSize: 28 });
 * const [digits] = await datasets.digits({ count: 2 }).batch([0, 1]);
 * console.log(net(digits).shape); // [2, 10]
 */
export class LeNet5 extends nn.Module {
  conv1: nn.Conv2d;
  pool1 = new nn.AvgPool2d(2, 2);
  conv2 = new nn.Conv2d(6, 16, 5);
  pool2 = new nn.AvgPool2d(2, 2);
  fc1 = new nn.Linear(16 * 5 * 5, 120);
  fc2 = new nn.Linear(120, 84);
  fc3: nn.Linear;

  private readonly inputSize: number;

  constructor(options: LeNet5Options = {}) {
    super();
    const {
      numClasses = 10,
      inChannels = 1,
      inputSize = 32,
    } = checkOptions("LeNet5", options, optionNames, arguments, 0);
    if (inputSize !== 28 && inputSize !== 32)
      throw new RangeError(
        `LeNet5: inputSize must be 28 or 32, got ${show(inputSize)}. Bring the images to one of them with transforms.Resize.`,
      );
    this.inputSize = inputSize;
    this.conv1 = new nn.Conv2d(inChannels, 6, 5, { padding: (32 - inputSize) / 2 });
    this.fc3 = new nn.Linear(84, numClasses);
  }

  forward(x: Tensor): Tensor {
    checkTensor("LeNet5", "input", x);
    const other = 60 - this.inputSize;
    const option =
      x.shape[2] === other && x.shape[3] === other
        ? `Make it with new models.LeNet5({ inputSize: ${other} }), or `
        : "";
    checkImageSize("LeNet5", x, this.inputSize, option);
    x = this.pool1(F.tanh(this.conv1(x)));
    x = this.pool2(F.tanh(this.conv2(x)));
    x = F.tanh(this.fc1(x.flatten(1)));
    return this.fc3(F.tanh(this.fc2(x)));
  }
}
