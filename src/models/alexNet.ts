import * as nn from "../nn";
import { checkOptions, type OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";
import type { ModelOptions } from "./options";

export interface AlexNetOptions extends ModelOptions {
  /** Probability with which a number before a fully connected layer is dropped in training; default 0.5. */
  dropout?: number;
}
const alexNetOptions: OptionNames<AlexNetOptions> = { numClasses: true, inChannels: true, dropout: true };

/**
 * AlexNet as torchvision has it: one column of five convolutions (64, 192, 384, 256, 256 filters), three poolings and
 * three fully connected layers; 61,100,840 parameters. Shapes: [N,3,H,W], H and W from 63 on (made for 224) ->
 * [N,numClasses].
 * @see Krizhevsky, Sutskever & Hinton 2012; Krizhevsky 2014, arXiv:1404.5997; torchvision.models.alexnet
 * @example
 * const net = nn.skipInit(() => new models.AlexNet()); // without it, 61 million random numbers are drawn
 * summary(net, [1, 3, 224, 224]);
 */
export class AlexNet extends nn.Module {
  features: nn.Sequential;
  avgpool = new nn.AdaptiveAvgPool2d(6);
  classifier: nn.Sequential;

  constructor(options: AlexNetOptions = {}) {
    super();
    const {
      numClasses = 1000,
      inChannels = 3,
      dropout = 0.5,
    } = checkOptions(new.target.name, options, alexNetOptions, arguments, 0);
    this.features = new nn.Sequential(
      new nn.Conv2d(inChannels, 64, 11, { stride: 4, padding: 2 }),
      new nn.ReLU(),
      new nn.MaxPool2d(3, 2),
      new nn.Conv2d(64, 192, 5, { padding: 2 }),
      new nn.ReLU(),
      new nn.MaxPool2d(3, 2),
      new nn.Conv2d(192, 384, 3, { padding: 1 }),
      new nn.ReLU(),
      new nn.Conv2d(384, 256, 3, { padding: 1 }),
      new nn.ReLU(),
      new nn.Conv2d(256, 256, 3, { padding: 1 }),
      new nn.ReLU(),
      new nn.MaxPool2d(3, 2),
    );
    this.classifier = new nn.Sequential(
      new nn.Dropout(dropout),
      new nn.Linear(256 * 6 * 6, 4096),
      new nn.ReLU(),
      new nn.Dropout(dropout),
      new nn.Linear(4096, 4096),
      new nn.ReLU(),
      new nn.Linear(4096, numClasses),
    );
  }

  forward(x: Tensor): Tensor {
    return this.classifier(this.avgpool(this.features(x)).flatten(1));
  }
}
