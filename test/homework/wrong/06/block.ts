/** Wrong residual blocks. */
import { question } from "../../support/question";

/** A residual block, whose parts are right unless said otherwise. */
const block = ({
  conv1 = "new nn.Conv2d(inChannels, outChannels, 3, { stride, padding: 1, bias: false })",
  conv2 = "new nn.Conv2d(outChannels, outChannels, 3, { padding: 1, bias: false })",
  when = "stride === 1 && inChannels === outChannels",
  projection = "new nn.Conv2d(inChannels, outChannels, 1, { stride, bias: false }), new nn.BatchNorm2d(outChannels)",
  forward = `const y = this.bn2(this.conv2(F.relu(this.bn1(this.conv1(x)))));
    return F.relu(y.add(this.downsample ? this.downsample(x) : x));`,
}): string => `class ResidualBlock extends nn.Module {
  conv1: nn.Conv2d;
  bn1: nn.BatchNorm2d;
  conv2: nn.Conv2d;
  bn2: nn.BatchNorm2d;
  downsample: nn.Sequential | null;
  constructor(inChannels: number, outChannels: number, stride = 1) {
    super();
    this.conv1 = ${conv1};
    this.bn1 = new nn.BatchNorm2d(outChannels);
    this.conv2 = ${conv2};
    this.bn2 = new nn.BatchNorm2d(outChannels);
    this.downsample = ${when} ? null : new nn.Sequential(${projection});
  }
  forward(x: Tensor): Tensor {
    ${forward}
  }
}`;

export const blocks = question(
  {
    test: "q1",
    shapes: [
      [
        [`["layer1.0", "layer2.0"]`, `["layer2.1", "layer3.0"]`],
        ["6, 6]", "5, 4]"],
      ],
      [[`["layer1.0", "layer2.0"]`, `["layer1.1", "layer3.0"]`]],
    ],
  },
  [
    {
      mistake: "the shortcut is added behind the last ReLU",
      hint: /behind the last ReLU/,
      code: block({
        forward: `const y = F.relu(this.bn2(this.conv2(F.relu(this.bn1(this.conv1(x))))));
    return y.add(this.downsample ? this.downsample(x) : x);`,
      }),
    },
    {
      mistake: "the shortcut is forgotten",
      hint: /shortcut is missing/,
      code: block({ forward: "return F.relu(this.bn2(this.conv2(F.relu(this.bn1(this.conv1(x))))));" }),
    },
    {
      mistake: "the input is overwritten on the way",
      hint: /was x overwritten/,
      code: block({
        forward: `x = F.relu(this.bn1(this.conv1(x)));
    x = this.bn2(this.conv2(x));
    return F.relu(x.add(this.downsample ? this.downsample(x) : x));`,
      }),
    },
    {
      mistake: "no ReLU between the convolutions",
      hint: /between bn1 and conv2/,
      code: block({
        forward: `const y = this.bn2(this.conv2(this.bn1(this.conv1(x))));
    return F.relu(y.add(this.downsample ? this.downsample(x) : x));`,
      }),
    },
    {
      mistake: "no ReLU behind the addition",
      hint: /last ReLU is missing/,
      code: block({
        forward: `const y = this.bn2(this.conv2(F.relu(this.bn1(this.conv1(x)))));
    return y.add(this.downsample ? this.downsample(x) : x);`,
      }),
    },
    {
      mistake: "the projection has no stride",
      hint: /Has the 1×1 convolution the block's stride/,
      code: block({
        projection: "new nn.Conv2d(inChannels, outChannels, 1, { bias: false }), new nn.BatchNorm2d(outChannels)",
      }),
    },
    {
      mistake: "a projection only if stride and channels change",
      hint: /64 to 128 channels with stride 1: the channels change, so the shortcut needs a projection/,
      code: block({ when: "stride === 1 || inChannels === outChannels" }),
    },
    {
      mistake: "a projection only if the channels change",
      hint: /64 to 64 channels with stride 2: .* needs a projection/,
      code: block({ when: "inChannels === outChannels" }),
    },
    {
      mistake: "the second convolution has no padding",
      hint: /Have both 3×3 convolutions padding 1\?/,
      code: block({ conv2: "new nn.Conv2d(outChannels, outChannels, 3, { bias: false })" }),
    },
    {
      mistake: "the projection has no batch normalisation",
      hint: /the block has no downsample\.1\.weight/,
      code: block({ projection: "new nn.Conv2d(inChannels, outChannels, 1, { stride, bias: false })" }),
    },
    {
      mistake: "every block has a projection",
      hint: /downsample\.0\.weight is one too many/,
      code: block({ when: "inChannels === 0" }),
    },
    {
      mistake: "the second convolution reads the first one's channels",
      hint: /conv2\.weight has the shape .* expected/,
      code: block({ conv2: "new nn.Conv2d(inChannels, outChannels, 3, { padding: 1, bias: false })" }),
    },
    {
      mistake: "the convolutions have a bias",
      hint: /conv1\.bias is one too many.*bias: false/,
      code: block({ conv1: "new nn.Conv2d(inChannels, outChannels, 3, { stride, padding: 1 })" }),
    },
    {
      mistake: "the second convolution has the stride",
      hint: /stride is at conv2/,
      code: block({
        conv1: "new nn.Conv2d(inChannels, outChannels, 3, { padding: 1, bias: false })",
        conv2: "new nn.Conv2d(outChannels, outChannels, 3, { stride, padding: 1, bias: false })",
      }),
    },
  ],
);
