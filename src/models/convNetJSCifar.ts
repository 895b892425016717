import * as nn from "../nn";
import * as F from "../nn/functional";
import { checkOptions } from "../options";
import type { Tensor } from "../tensor/tensor";
import { checkImageSize, modelOptions, type ModelOptions } from "./options";

/**
 * The network of ConvNetJS' CIFAR-10 demo: three times a 5x5 convolution with padding 2 (16, 20, 20 filters), ReLU and
 * 2x2 pooling, then one fully connected layer. Shapes: [N,3,32,32] -> [N,numClasses]. Default 10 classes.
 * @see https://cs.stanford.edu/people/karpathy/convnetjs/demo/cifar10.html
 * @example
 * const net = new models.ConvNetJSCifar();
 * net(zeros([4, 3, 32, 32])).shape; // [4, 10]
 */
export class ConvNetJSCifar extends nn.Module {
  conv1: nn.Conv2d;
  pool1 = new nn.MaxPool2d(2, 2);
  conv2 = new nn.Conv2d(16, 20, 5, { padding: 2 });
  pool2 = new nn.MaxPool2d(2, 2);
  conv3 = new nn.Conv2d(20, 20, 5, { padding: 2 });
  pool3 = new nn.MaxPool2d(2, 2);
  fc: nn.Linear;

  constructor(options: ModelOptions = {}) {
    super();
    const { numClasses = 10, inChannels = 3 } = checkOptions(new.target.name, options, modelOptions, arguments, 0);
    this.conv1 = new nn.Conv2d(inChannels, 16, 5, { padding: 2 });
    this.fc = new nn.Linear(20 * 4 * 4, numClasses);
  }

  /** @throws ShapeError if the images are not 32x32 */
  forward(x: Tensor): Tensor {
    checkImageSize("ConvNetJSCifar", x, 32, "");
    x = this.pool1(F.relu(this.conv1(x)));
    x = this.pool2(F.relu(this.conv2(x)));
    x = this.pool3(F.relu(this.conv3(x)));
    return this.fc(x.flatten(1));
  }
}
