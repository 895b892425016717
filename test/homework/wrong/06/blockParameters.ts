/** Wrong counts of the parameters of a block. */
import { instead, question } from "../../support/question";

const counted = (body: string, when = "stride !== 1 || inChannels !== outChannels"): string =>
  `function blockParameters(inChannels: number, outChannels: number, stride: number): number {
  const needsProjection = ${when};
  const [first, second] = [9 * inChannels * outChannels, 9 * outChannels * outChannels];
  const projection = inChannels * outChannels + 2 * outChannels;
  return ${body};
}`;
export const parameters = question(
  {
    test: "q2",
    shapes: instead([
      `["layer1.0", "layer2.0", "layer3.1"]`,
      `["layer2.1", "layer3.0"]`,
      `["layer1.1", "layer4.0", "layer2.0"]`,
    ]),
  },
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
