import * as nn from "../nn";
import { checkOptions } from "../options";
import type { Tensor } from "../tensor/tensor";
import { heNormal, modelOptions, type ModelOptions } from "./options";

/** The whole network draws its convolutions' weights at the end, so that they are drawn once. */
const conv3x3 = (C: number, K: number, stride = 1): nn.Conv2d =>
  nn.skipInit(() => new nn.Conv2d(C, K, 3, { stride, padding: 1, bias: false }));
const conv1x1 = (C: number, K: number, stride = 1): nn.Conv2d =>
  nn.skipInit(() => new nn.Conv2d(C, K, 1, { stride, bias: false }));

/** How the blocks of a network are made. */
interface BlockOptions {
  stride: number;
  /** What the shortcut does; Identity where shapes agree. */
  downsample: nn.Module | null;
  /** Whether the input is added to the result. */
  shortcut: boolean;
}

/** Two 3x3 convolutions, and the input added to their result. */
class BasicBlock extends nn.Module {
  static readonly expansion = 1;
  conv1: nn.Conv2d;
  bn1: nn.BatchNorm2d;
  relu = new nn.ReLU();
  conv2: nn.Conv2d;
  bn2: nn.BatchNorm2d;
  downsample: nn.Module | null;
  private readonly shortcut: boolean;

  constructor(channels: number, width: number, { stride, downsample, shortcut }: BlockOptions) {
    super();
    this.conv1 = conv3x3(channels, width, stride);
    this.bn1 = new nn.BatchNorm2d(width);
    this.conv2 = conv3x3(width, width);
    this.bn2 = new nn.BatchNorm2d(width);
    this.downsample = downsample;
    this.shortcut = shortcut;
  }

  forward(x: Tensor): Tensor {
    const y = this.bn2(this.conv2(this.relu(this.bn1(this.conv1(x)))));
    return this.relu(this.shortcut ? y.add(this.downsample ? this.downsample(x) : x) : y);
  }
}

/** 1x1 convolution to fewer channels, 3x3 convolution (which has the stride), 1x1 convolution to four times as many. */
class Bottleneck extends nn.Module {
  static readonly expansion = 4;
  conv1: nn.Conv2d;
  bn1: nn.BatchNorm2d;
  conv2: nn.Conv2d;
  bn2: nn.BatchNorm2d;
  conv3: nn.Conv2d;
  bn3: nn.BatchNorm2d;
  relu = new nn.ReLU();
  downsample: nn.Module | null;

  constructor(channels: number, width: number, { stride, downsample }: BlockOptions) {
    super();
    const out = width * Bottleneck.expansion;
    this.conv1 = conv1x1(channels, width);
    this.bn1 = new nn.BatchNorm2d(width);
    this.conv2 = conv3x3(width, width, stride);
    this.bn2 = new nn.BatchNorm2d(width);
    this.conv3 = conv1x1(width, out);
    this.bn3 = new nn.BatchNorm2d(out);
    this.downsample = downsample;
  }

  forward(x: Tensor): Tensor {
    let y = this.relu(this.bn1(this.conv1(x)));
    y = this.relu(this.bn2(this.conv2(y)));
    y = this.bn3(this.conv3(y));
    return this.relu(y.add(this.downsample ? this.downsample(x) : x));
  }
}

/** What all networks of this family share: a 7x7 convolution, pooling, four stages of blocks, the average, one layer. */
abstract class ResNet extends nn.Module {
  conv1: nn.Conv2d;
  bn1 = new nn.BatchNorm2d(64);
  relu = new nn.ReLU();
  maxpool = new nn.MaxPool2d(3, { stride: 2, padding: 1 });
  layer1: nn.Sequential;
  layer2: nn.Sequential;
  layer3: nn.Sequential;
  layer4: nn.Sequential;
  avgpool = new nn.AdaptiveAvgPool2d(1);
  fc: nn.Linear;

  constructor(
    Block: typeof BasicBlock | typeof Bottleneck,
    depths: readonly [number, number, number, number],
    options: ModelOptions,
    shortcut = true,
  ) {
    super();
    const { numClasses = 1000, inChannels = 3 } = checkOptions(new.target.name, options, modelOptions);
    this.conv1 = new nn.Conv2d(inChannels, 64, 7, { stride: 2, padding: 3, bias: false });
    let channels = 64;
    const stage = (depth: number, width: number, firstStride: number): nn.Sequential => {
      const blocks = Array.from({ length: depth }, (_, i) => {
        const stride = i === 0 ? firstStride : 1;
        const [before, after] = [channels, width * Block.expansion];
        channels = after;
        const downsample =
          shortcut && (stride !== 1 || before !== after)
            ? new nn.Sequential(conv1x1(before, after, stride), new nn.BatchNorm2d(after))
            : null;
        return new Block(before, width, { stride, downsample, shortcut });
      });
      return new nn.Sequential(...blocks);
    };
    this.layer1 = stage(depths[0], 64, 1);
    this.layer2 = stage(depths[1], 128, 2);
    this.layer3 = stage(depths[2], 256, 2);
    this.layer4 = stage(depths[3], 512, 2);
    this.fc = new nn.Linear(512 * Block.expansion, numClasses);
    heNormal(this);
  }

  forward(x: Tensor): Tensor {
    x = this.maxpool(this.relu(this.bn1(this.conv1(x))));
    x = this.layer4(this.layer3(this.layer2(this.layer1(x))));
    return this.fc(this.avgpool(x).flatten(1));
  }
}

/**
 * ResNet-18: 11,689,512 parameters. Shapes: [N,3,H,W] (made for 224) -> [N,numClasses].
 * @see He et al. 2015, arXiv:1512.03385, table 1; torchvision.models.resnet18
 * @example
 * const net = new models.ResNet18({ numClasses: 10 });
 * net.eval()(zeros([1, 3, 32, 32])).shape; // [1, 10]
 */
export class ResNet18 extends ResNet {
  constructor(options: ModelOptions = {}) {
    super(BasicBlock, [2, 2, 2, 2], options);
  }
}

/** ResNet-34: 21,797,672 parameters. Shapes: [N,3,H,W] -> [N,numClasses]. @see torchvision.models.resnet34 */
export class ResNet34 extends ResNet {
  constructor(options: ModelOptions = {}) {
    super(BasicBlock, [3, 4, 6, 3], options);
  }
}

/** ResNet-50: 25,557,032 parameters. Shapes: [N,3,H,W] -> [N,numClasses]. @see torchvision.models.resnet50 */
export class ResNet50 extends ResNet {
  constructor(options: ModelOptions = {}) {
    super(Bottleneck, [3, 4, 6, 3], options);
  }
}

/** ResNet-101: 44,549,160 parameters. Shapes: [N,3,H,W] -> [N,numClasses]. @see torchvision.models.resnet101 */
export class ResNet101 extends ResNet {
  constructor(options: ModelOptions = {}) {
    super(Bottleneck, [3, 4, 23, 3], options);
  }
}

/** ResNet-152: 60,192,808 parameters. Shapes: [N,3,H,W] -> [N,numClasses]. @see torchvision.models.resnet152 */
export class ResNet152 extends ResNet {
  constructor(options: ModelOptions = {}) {
    super(Bottleneck, [3, 8, 36, 3], options);
  }
}

/**
 * The 34 layers of ResNet-34 without its shortcuts: the network that is harder to train, although it is no smaller.
 * Shapes: [N,3,H,W] -> [N,numClasses].
 * @see He et al. 2015, arXiv:1512.03385, figures 3 and 4
 */
export class PlainNet34 extends ResNet {
  constructor(options: ModelOptions = {}) {
    super(BasicBlock, [3, 4, 6, 3], options, false);
  }
}
