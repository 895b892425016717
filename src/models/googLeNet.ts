import * as nn from "../nn";
import * as F from "../nn/functional";
import { drawNormal } from "../nn/firstWeights";
import { checkOptions, type OptionNames } from "../options";
import { Tensor } from "../tensor/tensor";
import type { ModelOptions } from "./options";

export interface GoogLeNetOptions extends ModelOptions {
  /** Whether there are two auxiliary classifiers for training; default true. */
  auxLogits?: boolean;
}
const googLeNetOptions: OptionNames<GoogLeNetOptions> = {
  numClasses: true,
  inChannels: true,
  auxLogits: true,
};

/** A convolution without bias, batch normalisation, ReLU. */
class BasicConv2d extends nn.Module {
  conv: nn.Conv2d;
  bn: nn.BatchNorm2d;
  constructor(C: number, K: number, kernelSize: number, options: { stride?: number; padding?: number } = {}) {
    super();
    // The whole network draws its weights at the end.
    this.conv = nn.skipInit(() => new nn.Conv2d(C, K, kernelSize, { ...options, bias: false }));
    this.bn = new nn.BatchNorm2d(K, { eps: 0.001 });
  }
  forward(x: Tensor): Tensor {
    return F.relu(this.bn(this.conv(x)));
  }
}

/** Filters of an inception module: 1x1; 3x3 behind its reduction; 5x5 behind its reduction; 1x1 behind the pooling. */
type Filters = readonly [ones: number, reduce3: number, threes: number, reduce5: number, fives: number, pooled: number];

/** Four paths over the same image, joined as channels. torchvision's "5x5" path has 3x3 filters, and so has this. */
class Inception extends nn.Module {
  branch1: BasicConv2d;
  branch2: nn.Sequential;
  branch3: nn.Sequential;
  branch4: nn.Sequential;
  constructor(C: number, [ones, reduce3, threes, reduce5, fives, pooled]: Filters) {
    super();
    this.branch1 = new BasicConv2d(C, ones, 1);
    const reduced = (fewer: number, filters: number): nn.Sequential =>
      new nn.Sequential(new BasicConv2d(C, fewer, 1), new BasicConv2d(fewer, filters, 3, { padding: 1 }));
    this.branch2 = reduced(reduce3, threes);
    this.branch3 = reduced(reduce5, fives);
    const pool = new nn.MaxPool2d(3, { stride: 1, padding: 1, ceilMode: true });
    this.branch4 = new nn.Sequential(pool, new BasicConv2d(C, pooled, 1));
  }
  forward(x: Tensor): Tensor {
    return Tensor.cat([this.branch1(x), this.branch2(x), this.branch3(x), this.branch4(x)], 1);
  }
}

/** An auxiliary classifier in the middle of the network, through which gradients reach the early layers. */
class InceptionAux extends nn.Module {
  conv: BasicConv2d;
  fc1 = new nn.Linear(2048, 1024);
  fc2: nn.Linear;
  dropout = new nn.Dropout(0.7);
  constructor(C: number, numClasses: number) {
    super();
    this.conv = new BasicConv2d(C, 128, 1);
    this.fc2 = new nn.Linear(1024, numClasses);
  }
  forward(x: Tensor): Tensor {
    x = this.conv(F.adaptiveAvgPool2d(x, 4)).flatten(1);
    return this.fc2(this.dropout(F.relu(this.fc1(x))));
  }
}

const halving = (kernelSize: number): nn.MaxPool2d => new nn.MaxPool2d(kernelSize, { stride: 2, ceilMode: true });

/**
 * GoogLeNet with batch normalisation, as torchvision has it: nine inception modules; 13,004,888 parameters with both
 * auxiliary classifiers. Shapes: [N,3,H,W] (made for 224) -> [N,numClasses]. A training pass also leaves the auxiliary
 * logits in `auxLogits`; the paper adds their losses with weight 0.3.
 * @see Szegedy et al. 2014, arXiv:1409.4842, table 1; torchvision.models.googlenet
 * @example
 * const net = new models.GoogLeNet({ numClasses: 10 });
 * let loss = F.crossEntropy(net(images), labels);
 * for (const logits of Object.values(net.auxLogits ?? {})) loss = loss.add(F.crossEntropy(logits, labels).mul(0.3));
 */
export class GoogLeNet extends nn.Module {
  conv1: BasicConv2d;
  maxpool1 = halving(3);
  conv2 = new BasicConv2d(64, 64, 1);
  conv3 = new BasicConv2d(64, 192, 3, { padding: 1 });
  maxpool2 = halving(3);
  inception3a = new Inception(192, [64, 96, 128, 16, 32, 32]);
  inception3b = new Inception(256, [128, 128, 192, 32, 96, 64]);
  maxpool3 = halving(3);
  inception4a = new Inception(480, [192, 96, 208, 16, 48, 64]);
  inception4b = new Inception(512, [160, 112, 224, 24, 64, 64]);
  inception4c = new Inception(512, [128, 128, 256, 24, 64, 64]);
  inception4d = new Inception(512, [112, 144, 288, 32, 64, 64]);
  inception4e = new Inception(528, [256, 160, 320, 32, 128, 128]);
  maxpool4 = halving(2);
  inception5a = new Inception(832, [256, 160, 320, 32, 128, 128]);
  inception5b = new Inception(832, [384, 192, 384, 48, 128, 128]);
  aux1: InceptionAux | null;
  aux2: InceptionAux | null;
  avgpool = new nn.AdaptiveAvgPool2d(1);
  dropout = new nn.Dropout(0.2);
  fc: nn.Linear;
  /** What the auxiliary classifiers gave in the last pass, if it was a training pass; else null. */
  auxLogits: { aux1: Tensor; aux2: Tensor } | null = null;

  constructor(options: GoogLeNetOptions = {}) {
    super();
    const {
      numClasses = 1000,
      inChannels = 3,
      auxLogits = true,
    } = checkOptions(new.target.name, options, googLeNetOptions, arguments, 0);
    this.conv1 = new BasicConv2d(inChannels, 64, 7, { stride: 2, padding: 3 });
    this.aux1 = auxLogits ? new InceptionAux(512, numClasses) : null;
    this.aux2 = auxLogits ? new InceptionAux(528, numClasses) : null;
    this.fc = new nn.Linear(1024, numClasses);
    for (const [, layer] of this.namedModules())
      if (layer instanceof nn.Conv2d || layer instanceof nn.Linear) drawNormal(layer.weight, 0.01);
  }

  forward(x: Tensor): Tensor {
    x = this.maxpool1(this.conv1(x));
    x = this.maxpool2(this.conv3(this.conv2(x)));
    x = this.maxpool3(this.inception3b(this.inception3a(x)));
    const early = this.inception4a(x);
    const late = this.inception4d(this.inception4c(this.inception4b(early)));
    this.auxLogits = this.training && this.aux1 && this.aux2 ? { aux1: this.aux1(early), aux2: this.aux2(late) } : null;
    x = this.maxpool4(this.inception4e(late));
    x = this.inception5b(this.inception5a(x));
    return this.fc(this.dropout(this.avgpool(x).flatten(1)));
  }
}
