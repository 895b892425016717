/** Wrong transforms of images, and wrong random shifts of a batch. */
import { instead, question } from "../../support/question";

/** The transforms, each right unless said otherwise. */
const transformsOf = ({
  flip = "x.flip(3)",
  shift = "F.pad(x, [right, -right, down, -down])",
  rotate = "x.transpose(2, 3).flip(2)",
}): string => `function flip(x: Tensor): Tensor {
  return ${flip};
}
function shift(x: Tensor, down: number, right: number): Tensor {
  return ${shift};
}
function rotate(x: Tensor): Tensor {
  return ${rotate};
}`;

export const transforms = question(
  { test: "q6a", shapes: instead(["[[[2, 3, 6, 8], 2, -1]]", "[[[1, 2, 7, 5], -1, 2]]", "[[[3, 3, 9, 4], 3, 1]]"]) },
  [
    { mistake: "top and bottom change places", hint: /Top and bottom/, code: transformsOf({ flip: "x.flip(2)" }) },
    {
      mistake: "the shift goes the other way",
      hint: /moves the other way/,
      code: transformsOf({ shift: "F.pad(x, [-right, right, -down, down])" }),
    },
    {
      mistake: "the shift wraps round",
      hint: /other side/,
      code: transformsOf({ shift: "x.roll([down, right], [2, 3])" }),
    },
    {
      mistake: "down and right are swapped",
      hint: /Down and right are swapped/,
      code: transformsOf({ shift: "F.pad(x, [down, -down, right, -right])" }),
    },
    {
      mistake: "the shift makes the image larger",
      hint: /cut off on one side/,
      code: transformsOf({ shift: "F.pad(x, [right, 0, down, 0])" }),
    },
    {
      mistake: "it turns to the right",
      hint: /clockwise/,
      code: transformsOf({ rotate: "x.transpose(2, 3).flip(3)" }),
    },
    { mistake: "it is transposed only", hint: /mirror image/, code: transformsOf({ rotate: "x.transpose(2, 3)" }) },
  ],
);

const augmentOf = (
  drawn: string,
  moved: string,
): string => `async function augment(x: Tensor, most: number): Promise<Tensor> {
  const draws = (await ${drawn}.tolist()) as number[][];
  return ${moved};
}`;
const each = "cat(draws.map(([down, right], n) => shift(x.slice(0, n, n + 1), down, right)))";

export const augmentations = question(
  { test: "q6c", needs: ["q6a-answer"], shapes: instead(["const most = 5;", "const most = 3;", "const most = 7;"]) },
  [
    {
      mistake: "the whole batch moves as one",
      hint: /number of its own for each image/,
      code: augmentOf("randint(-most, most + 1, [1, 2])", "shift(x, draws[0][0], draws[0][1])"),
    },
    {
      mistake: "the largest shift is never drawn",
      hint: /ends at high - 1/,
      code: augmentOf("randint(-most, most, [x.shape[0], 2])", each),
    },
    {
      mistake: "it shifts in one direction only",
      hint: /both directions/,
      code: augmentOf("randint(0, most + 1, [x.shape[0], 2])", each),
    },
  ],
);
