/** Wrong residual blocks, counts of parameters, gradients and training loops. */
import { question } from "./question";

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
  "q1",
  [
    [
      [`["layer1.0", "layer2.0"]`, `["layer2.1", "layer3.0"]`],
      ["6, 6]", "5, 4]"],
    ],
    [[`["layer1.0", "layer2.0"]`, `["layer1.1", "layer3.0"]`]],
  ],
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

const counted = (body: string, when = "stride !== 1 || inChannels !== outChannels"): string =>
  `function blockParameters(inChannels: number, outChannels: number, stride: number): number {
  const needsProjection = ${when};
  const [first, second] = [9 * inChannels * outChannels, 9 * outChannels * outChannels];
  const projection = inChannels * outChannels + 2 * outChannels;
  return ${body};
}`;
export const parameters = question(
  "q2",
  [
    [[`["layer1.0", "layer2.0", "layer3.1"]`, `["layer2.1", "layer3.0"]`]],
    [[`["layer1.0", "layer2.0", "layer3.1"]`, `["layer1.1", "layer4.0", "layer2.0"]`]],
  ],
  [
    {
      mistake: "running statistics are counted",
      hint: /they are buffers/,
      code: counted("first + second + 8 * outChannels + (needsProjection ? projection + 2 * outChannels : 0)"),
    },
    {
      mistake: "convolutions are counted with a bias",
      hint: /counted with a bias/,
      code: counted("first + second + 6 * outChannels + (needsProjection ? projection + outChannels : 0)"),
    },
    {
      mistake: "the projection is forgotten",
      hint: /projection is missing/,
      code: counted("first + second + 4 * outChannels"),
    },
    {
      mistake: "the projection's batch normalisation is forgotten",
      hint: /batch normalisation of the projection is missing/,
      code: counted("first + second + 4 * outChannels + (needsProjection ? projection - 2 * outChannels : 0)"),
    },
    {
      mistake: "conv1 and conv2 are counted with a bias",
      hint: /conv1 and conv2 are counted with a bias|counted with a bias/,
      code: counted("first + second + 6 * outChannels + (needsProjection ? projection : 0)"),
    },
    {
      mistake: "a projection is counted only if stride and channels change",
      hint: /because the channels change/,
      code: counted(
        "first + second + 4 * outChannels + (needsProjection ? projection : 0)",
        "stride !== 1 && inChannels !== outChannels",
      ),
    },
    {
      mistake: "a block is made and counted",
      hint: /A block is made and counted/,
      code: `function blockParameters(inChannels: number, outChannels: number, stride: number): number {
  const numbers = new models.ResNet18().parameters().map((each) => each.numel());
  return numbers[0] + 0 * inChannels * outChannels * stride;
}`,
    },
    {
      mistake: "the projection is always counted",
      hint: /counted in every block/,
      code: counted("first + second + 4 * outChannels + projection"),
    },
  ],
);

const gradient = (body: string): string =>
  `async function firstGradient(net: DeepNet, x: Tensor, y: Tensor): Promise<number> {
  ${body}
}`;
const clear =
  "for (const parameter of net.parameters()) parameter.grad = null;\n  F.crossEntropy(net(x), y).backward();";
export const gradients = question(
  "q3",
  [
    [
      ["0, 20)", "0, 12)"],
      ["new DeepNet(2, 1, false)", "new DeepNet(1, 1)"],
    ],
    [["new DeepNet(2, 1, false)", "new DeepNet(3, 0)"]],
  ],
  [
    {
      mistake: "gradients of the first call stay",
      hint: /added its gradients to those of the first/,
      code: gradient("F.crossEntropy(net(x), y).backward();\n  return net.stem.weight.grad!.norm().item();"),
    },
    {
      mistake: "a step is made",
      hint: /there is no optimizer\.step\(\)/,
      code: gradient(`const optimizer = new optim.SGD(net.parameters(), { lr: 0.1 });
  optimizer.zeroGrad();
  F.crossEntropy(net(x), y).backward();
  const found = await net.stem.weight.grad!.norm().item();
  optimizer.step();
  return found;`),
    },
    {
      mistake: "no square root",
      hint: /square root is missing/,
      code: gradient(`${clear}\n  return net.stem.weight.grad!.square().sum().item();`),
    },
    {
      mistake: "the gradient of all layers",
      hint: /gradient of all layers/,
      code: gradient(`${clear}
  let sum = 0;
  for (const parameter of net.parameters()) sum += await parameter.grad!.square().sum().item();
  return Math.sqrt(sum);`),
    },
  ],
);

/** The loop, whose parts are right unless said otherwise. */
const loop = ({
  zero = "optimizer.zeroGrad();",
  step = "optimizer.step();",
  to = "Math.min(from + batchSize, x.shape[0], from + images - seen)",
  count = "seen += to - from;",
  more = "seen < images",
  next = "to === x.shape[0] ? 0 : to",
}): string => `async function trainOn(
  net: nn.Module,
  { x, y }: { x: Tensor; y: Tensor },
  { images, batchSize, lr }: { images: number; batchSize: number; lr: number },
): Promise<{ seen: number; loss: number }[]> {
  const optimizer = new optim.SGD(net.parameters(), { lr });
  const rows: { seen: number; loss: number }[] = [];
  let [seen, from] = [0, 0];
  while (${more}) {
    const to = ${to};
    ${zero}
    const loss = F.crossEntropy(net(x.slice(0, from, to)), y.slice(0, from, to));
    loss.backward();
    ${step}
    ${count}
    rows.push({ seen, loss: await loss.item() });
    from = ${next};
  }
  return rows;
}`;
export const loops = question(
  "q4",
  [[["[40, 60, 16, 0.1]", "[30, 52, 8, 0.05]"]], [["[40, 60, 16, 0.1]", "[50, 75, 20, 0.2]"]]],
  [
    {
      mistake: "the last batch is not cut",
      hint: /last batch is not cut/,
      code: loop({ to: "Math.min(from + batchSize, x.shape[0])" }),
    },
    {
      mistake: "never again at image 0",
      hint: /A batch is empty, so training never ends/,
      code: loop({ next: "to" }),
    },
    {
      mistake: "seen is not added up",
      hint: /Training does not end/,
      code: loop({ count: "void seen;" }),
    },
    {
      mistake: "a batch goes on at the front, and the last is not cut",
      hint: /and the last one is not cut/,
      code: loop({ to: "Math.min(from + batchSize, x.shape[0])", count: "seen += batchSize;" }),
    },
    { mistake: "gradients are added up", hint: /zeroGrad\(\) is missing/, code: loop({ zero: "" }) },
    { mistake: "no step", hint: /step\(\) is missing/, code: loop({ step: "" }) },
    {
      mistake: "steps are counted for images",
      hint: /counts one for each step/,
      code: loop({ count: "seen += 1;", to: "Math.min(from + batchSize, x.shape[0])" }),
    },
    {
      mistake: "the last batch is left out",
      hint: /ends before the last, smaller batch/,
      code: loop({
        to: "Math.min(from + batchSize, x.shape[0])",
        more: "seen + Math.min(batchSize, x.shape[0] - from) <= images",
      }),
    },
  ],
);
