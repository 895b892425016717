import * as nn from "../nn";
import { drawNormal, fill, skipInit } from "../nn/firstWeights";
import { checkOptions, type OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";
import { heNormal, type ModelOptions } from "./options";

export interface VGGOptions extends ModelOptions {
  /** Probability with which a number before a fully connected layer is dropped in training; default 0.5. */
  dropout?: number;
}
const vggOptions: OptionNames<VGGOptions> = { numClasses: true, inChannels: true, dropout: true };

/** Filters of the 3x3 convolutions of each stage; pooling halves the image after each. */
type Stages = readonly (readonly number[])[];

/** What VGG-16 and VGG-19 share. */
abstract class VGG extends nn.Module {
  features: nn.Sequential;
  avgpool = new nn.AdaptiveAvgPool2d(7);
  classifier: nn.Sequential;

  constructor(stages: Stages, options: VGGOptions) {
    super();
    const { numClasses = 1000, inChannels = 3, dropout = 0.5 } = checkOptions(new.target.name, options, vggOptions);
    // These layers draw their numbers below, and only once.
    [this.features, this.classifier] = skipInit(() => [
      new nn.Sequential(...convolutions(stages, inChannels)),
      new nn.Sequential(
        new nn.Linear(512 * 7 * 7, 4096),
        new nn.ReLU(),
        new nn.Dropout(dropout),
        new nn.Linear(4096, 4096),
        new nn.ReLU(),
        new nn.Dropout(dropout),
        new nn.Linear(4096, numClasses),
      ),
    ]);
    heNormal(this.features);
    for (const layer of this.classifier.children())
      if (layer instanceof nn.Linear) {
        drawNormal(layer.weight, 0.01);
        if (layer.bias) fill(layer.bias, 0);
      }
  }

  forward(x: Tensor): Tensor {
    return this.classifier(this.avgpool(this.features(x)).flatten(1));
  }
}

function convolutions(stages: Stages, inChannels: number): nn.Module[] {
  let channels = inChannels;
  return stages.flatMap((stage) => {
    const layers = stage.flatMap((filters) => {
      const convolution = new nn.Conv2d(channels, filters, 3, { padding: 1 });
      channels = filters;
      return [convolution, new nn.ReLU()];
    });
    return [...layers, new nn.MaxPool2d(2, 2)];
  });
}

const repeated = (filters: number, times: number): number[] => new Array<number>(times).fill(filters);

/**
 * VGG-16: thirteen 3x3 convolutions in five stages and three fully connected layers; 138,357,544 parameters, which take
 * seconds to draw (see nn.skipInit). Shapes: [N,3,H,W], H and W from 32 on (made for 224) -> [N,numClasses].
 * @see Simonyan & Zisserman 2015, arXiv:1409.1556, configuration D; torchvision.models.vgg16
 */
export class VGG16 extends VGG {
  constructor(options: VGGOptions = {}) {
    super([repeated(64, 2), repeated(128, 2), ...[256, 512, 512].map((k) => repeated(k, 3))], options);
  }
}

/**
 * VGG-19: sixteen 3x3 convolutions in five stages and three fully connected layers; 143,667,240 parameters, which take
 * seconds to draw (see nn.skipInit). Shapes: [N,3,H,W], H and W from 32 on (made for 224) -> [N,numClasses].
 * @see Simonyan & Zisserman 2015, arXiv:1409.1556, configuration E; torchvision.models.vgg19
 */
export class VGG19 extends VGG {
  constructor(options: VGGOptions = {}) {
    super([repeated(64, 2), repeated(128, 2), ...[256, 512, 512].map((k) => repeated(k, 4))], options);
  }
}
