/** Wrong comparisons of learning rates. */
import { question } from "../../support/question";

/** The comparison, whose parts are right unless said otherwise. */
const experiment = ({ once = "", each = "\n    const net = new Net();", on = "validation" }): string =>
  `async function experiment(rates: number[], fixed: Settings, images: number): Promise<number[]> {
  const accuracies: number[] = [];${once}
  for (const lr of rates) {
    manualSeed(fixed.seed);${each}
    await train(net, trainingData(fixed.flip), validation, new Budget(images), { ...fixed, lr });
    accuracies.push(await accuracy(net, ${on}));
  }
  return accuracies;
}
function mySettings(): Settings {
  return { seed: 0, lr: 0.005, batchSize: 32, weightDecay: 0, flip: true };
}`;

export const experiments = question(
  {
    test: "q7",
    needs: ["q2-answer", "q3-answer", "q4-answer", "q5-answer", "q6-answer"],
    shapes: [
      [["const images = 160", "const images = 640"]],
      [
        ["0.002, 0.002", "0.01, 0.01"],
        ["lr: 0.002", "lr: 0.01"],
      ],
    ],
  },
  [
    {
      mistake: "the rates are compared on the test images",
      hint: /accuracy on the test images: choose by validation/,
      code: experiment({ on: "testImages()" }),
    },
    {
      mistake: "one network goes through all learning rates",
      hint: /did not begin like the first \(manualSeed, new Net, new Budget\)/,
      code: experiment({ once: "\n  const net = new Net();", each: "" }),
      shapes: [
        [
          ["const images = 160", "const images = 640"],
          ["MOST_IMAGES / 20", "320"],
        ],
        [
          ["0.002, 0.002", "0.01, 0.01"],
          ["lr: 0.002", "lr: 0.01"],
          ["MOST_IMAGES / 20", "640"],
        ],
      ],
    },
  ],
);
