/** Plausible wrong answers to homework 5: receptive fields, the strongest answers, Grad-CAM, saliency, occlusion, augmentation. */
import type { WrongAnswer } from "../support/wrongAnswer";

/** What the answers to one question have in common. */
type Question = Pick<WrongAnswer, "answer" | "test" | "needs" | "shapes">;
const of = (question: Question, mistake: string, hint: RegExp, code: string): WrongAnswer => ({
  ...question,
  ...{ mistake, hint, code },
});
/** Two settings of a test cell that differ from it in one text. */
const instead = (text: string, first: string, second: string): WrongAnswer["shapes"] => [
  [[text, first]],
  [[text, second]],
];

const fields: Question = {
  ...{ answer: "q2b-answer", test: "q2b" },
  shapes: instead(
    "stack([5, 1, 2], [2, 2, 0], [3, 1, 1], [3, 2, 2, 2], [3, 1, 1])",
    "stack([3, 2, 1], [5, 1, 4, 2], [2, 2, 0], [3, 3, 1])",
    "stack([11, 4, 2], [3, 2, 0], [5, 1, 4, 2], [3, 2, 1], [3, 1, 1])",
  ),
};
const fieldsOf = (size: string, start: string, step: string): string => `function fieldsOf(layers: Windows[]): Field[] {
  let [size, step, start] = [1, 1, 0];
  const fields: Field[] = [];
  for (const layer of layers) {
    size += ${size};
    start ${start};
    step ${step};
    fields.push({ size, step, start });
  }
  return fields;
}`;
const [rightSize, rightStart, rightStep] = [
  "layer.dilation * (layer.kernel - 1) * step",
  "-= layer.padding * step",
  "*= layer.stride",
];

/** In further settings the first layer reaches as far with fewer taps that lie wider apart: the table stays. */
const byHand: Question = {
  ...{ answer: "q2a-answer", test: "q2a" },
  shapes: instead("[7, 2, 3], ", "[4, 2, 3, 2], ", "[3, 2, 3, 3], "),
};
const tableOf = (column: number, numbers: number[]): string => {
  const rows = [
    [7, 2, -3],
    [11, 4, -5],
    [19, 4, -9],
    [27, 4, -13],
  ].map((row, i) => row.map((each, j) => (j === column ? numbers[i] : each)));
  return `function resnetFields(): [number, number, number][] {
  const rows: [number, number, number][] = ${JSON.stringify(rows)};
  return rows;
}`;
};

/** In further settings the corner lies a pixel beside, still nearest to the same window's middle. */
const pixel: Question = {
  ...{ answer: "q2c-answer", test: "q2c", needs: ["train"] },
  shapes: instead("[21, 7]", "[21, 6]", "[20, 7]"),
};
const pixelAt = (
  row: number,
  column: number,
): string => `const pointed = (layer: string) => ({ layer, unit: 0, row: ${row}, column: ${column} });
const q2c = pointed("relu2");`;

const strongest: Question = {
  ...{ answer: "q3-answer", test: "q3", needs: ["q3-types"] },
  shapes: instead("[[[12, 1, 8, 6], 2, 5]]", "[[[10, 2, 5, 9], 4, 4]]", "[[[15, 3, 7, 5], 1, 7]]"),
};
const strongestOf = (body: string, order = "b.value - a.value"): string =>
  `async function strongest(maps: Tensor, unit: number, count: number): Promise<Place[]> {
  const [N, K, P, Q] = maps.shape;
  const numbers = await maps.data();
  const places: Place[] = [];
  for (let n = 0; n < N; n++) {
    const first = (n * K + unit) * P * Q;
    let best = 0;
    for (let i = 0; i < P * Q; i++) if (numbers[first + i] > numbers[first + best]) best = i;
${body}
  }
  return places.sort((a, b) => ${order}).slice(0, count);
}`;
const place =
  "    places.push({ image: n, row: Math.floor(best / Q), column: best % Q, value: numbers[first + best] });";

const weights: Question = {
  ...{ answer: "q4a-answer", test: "q4a" },
  shapes: instead("compare([2, 1, 8, 7], 2)", "compare([3, 2, 6, 9], 1)", "compare([2, 3, 7, 5], 3)"),
};
const weightsOf = (scored: string, weighted: string): string =>
  `function camWeights(net: nn.Module, layer: nn.Module, x: Tensor, target: number): { maps: Tensor; weights: Tensor } {
  const kept: Tensor[] = [];
  const hook = layer.registerForwardHook((module, inputs, output) => {
    output.retainGrad();
    kept.push(output);
  });
  const scores = net(x);
  hook.remove();
  ${scored}.backward();
  const [maps] = kept;
  const gradient = maps.grad!;
  return { maps: maps.detach(), weights: ${weighted} };
}`;
const [score, mean] = ["scores.select(1, target).sum()", "gradient.mean([2, 3], { keepdim: true })"];

const heat: Question = {
  ...{ answer: "q4b-answer", test: "q4b" },
  shapes: instead("compare([3, 4, 5, 6])", "compare([2, 6, 4, 4])", "compare([5, 3, 7, 3])"),
};
const camOf = (body: string): string => `function cam(maps: Tensor, weights: Tensor): Tensor {
  const [N] = maps.shape;
  const weighted = maps.mul(weights);
${body}
}`;

const marks: Question = {
  ...{ answer: "q5a-answer", test: "q5a" },
  shapes: instead("compare([2, 3, 7, 6], 1)", "compare([3, 2, 5, 8], 0)", "compare([2, 4, 6, 6], 3)"),
};
const saliencyOf = (scored: string, marked: string, leaf = "x.detach()"): string =>
  `function saliency(net: nn.Module, x: Tensor, target: number): Tensor {
  const leaf = ${leaf};
  leaf.requiresGrad = true;
  const scores = net(leaf);
  ${scored}.backward();
  return leaf.grad!${marked};
}`;

const falls: Question = {
  ...{ answer: "q5b-answer", test: "q5b" },
  shapes: instead("compare([2, 3, 7, 8], 2, 3)", "compare([1, 2, 6, 5], 0, 4)", "compare([3, 3, 9, 5], 1, 2)"),
};
/** @param round how squares are counted, @param start what is covered, @param made what becomes of a score */
const occlusionOf = ({
  round = "Math.ceil",
  fresh = "const covered = Float32Array.from(pixels);",
  scored = "net(images).select(1, target)",
  made = "whole.sub(score(fromArray(Float32Array.from(covered), x.shape)))",
}): string => `async function occlusion(net: nn.Module, x: Tensor, target: number, window: number): Promise<Tensor> {
  const [N, C, H, W] = x.shape;
  const [P, Q] = [${round}(H / window), ${round}(W / window)];
  const score = (images: Tensor) => noGrad(() => ${scored});
  const whole = score(x);
  const pixels = Float32Array.from(await x.data());
  const falls: Tensor[] = [];
  for (let a = 0; a < P; a++)
    for (let b = 0; b < Q; b++) {
      ${fresh}
      for (let n = 0; n < N * C; n++)
        for (let i = a * window; i < Math.min(H, (a + 1) * window); i++)
          for (let j = b * window; j < Math.min(W, (b + 1) * window); j++) covered[(n * H + i) * W + j] = 0;
      falls.push(${made});
    }
  return Tensor.stack(falls, 1).reshape(N, 1, P, Q);
}`;

const transforms: Question = {
  ...{ answer: "q6a-answer", test: "q6a" },
  shapes: instead("[[[2, 3, 6, 8], 2, -1]]", "[[[1, 2, 7, 5], -1, 2]]", "[[[3, 3, 9, 4], 3, 1]]"),
};
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

const augmented: Question = {
  ...{ answer: "q6c-answer", test: "q6c", needs: ["q6a-answer"] },
  shapes: instead("const most = 5;", "const most = 3;", "const most = 7;"),
};
const augmentOf = (
  drawn: string,
  moved: string,
): string => `async function augment(x: Tensor, most: number): Promise<Tensor> {
  const draws = (await ${drawn}.tolist()) as number[][];
  return ${moved};
}`;
const each = "cat(draws.map(([down, right], n) => shift(x.slice(0, n, n + 1), down, right)))";

export const answers: readonly WrongAnswer[] = [
  of(
    fields,
    "the strides of earlier layers are forgotten",
    /strides below are forgotten/,
    fieldsOf("layer.dilation * (layer.kernel - 1)", rightStart, rightStep),
  ),
  of(
    fields,
    "a layer's own stride is multiplied in before its window",
    /own stride is counted for its own window/,
    fieldsOf("layer.dilation * (layer.kernel - 1) * step * layer.stride", rightStart, rightStep),
  ),
  of(
    fields,
    "the padding is counted in",
    /padding is counted in/,
    fieldsOf("(layer.dilation * (layer.kernel - 1) + 2 * layer.padding) * step", rightStart, rightStep),
  ),
  of(
    fields,
    "the dilation is left out",
    /dilation is missing/,
    fieldsOf("(layer.kernel - 1) * step", rightStart, rightStep),
  ),
  of(fields, "strides are added", /strides are added up/, fieldsOf(rightSize, rightStart, "+= layer.stride")),
  of(
    fields,
    "each layer has its own stride for a step",
    /step is the layer's own stride/,
    fieldsOf(rightSize, rightStart, "= layer.stride"),
  ),
  of(
    fields,
    "the start moves to the right",
    /sign of the start is wrong/,
    fieldsOf(rightSize, "+= layer.padding * step", rightStep),
  ),
  of(
    fields,
    "paddings are added without their steps",
    /paddings are added up as they are/,
    fieldsOf(rightSize, "-= layer.padding", rightStep),
  ),

  of(
    fields,
    "d k - 1 stands for d (k - 1)",
    /d k - 1 stands where d \(k - 1\) belongs/,
    fieldsOf("(layer.dilation * layer.kernel - 1) * step", rightStart, rightStep),
  ),
  of(
    fields,
    "the taps are as far apart as the stride of the layer below",
    /strides are not multiplied/,
    fieldsOf(rightSize, rightStart, "= layer.stride"),
  ),
  of(
    byHand,
    "a layer's own stride is counted",
    /size is not right.*own stride is counted/,
    tableOf(0, [13, 21, 29, 37]),
  ),
  of(byHand, "strides are not multiplied", /size is not right.*not multiplied/, tableOf(0, [7, 11, 15, 17])),
  of(byHand, "the start moves to the right", /start is not right.*to the right/, tableOf(2, [3, 5, 9, 13])),
  of(byHand, "a slip in the steps", /^.*step is not right\.$/m, tableOf(1, [2, 4, 4, 8])),
  of(pixel, "row and column of the pixel are swapped", /row and the column are not right.*swapped/, pixelAt(0, 7)),
  of(pixel, "another column of the pixel", /column 3: the column is not right/, pixelAt(7, 3)),

  of(strongest, "the weakest come first", /order is rising/, strongestOf(place, "a.value - b.value")),
  of(
    strongest,
    "every place of an image counts",
    /more than once/,
    strongestOf(
      `    for (let i = 0; i < P * Q; i++)
      places.push({ image: n, row: Math.floor(i / Q), column: i % Q, value: numbers[first + i] });`,
    ),
  ),
  of(strongest, "the images stay in their order", /in their own order/, strongestOf(place, "0")),
  of(
    strongest,
    "unit and image are swapped",
    /map that was read is another one/,
    strongestOf(place).replace("(n * K + unit) * P * Q", "(unit * N + n) * P * Q"),
  ),
  of(
    strongest,
    "row and column are swapped",
    /[Rr]ow and column are swapped/,
    strongestOf(
      place.replace("row: Math.floor(best / Q), column: best % Q", "row: best % Q, column: Math.floor(best / Q)"),
    ),
  ),
  of(
    strongest,
    "the place is divided by the height",
    /divided by the height/,
    strongestOf(place.replace("Math.floor(best / Q), column: best % Q", "Math.floor(best / P), column: best % P")),
  ),

  of(
    strongest,
    "all units of an image are searched",
    /All units of an image/,
    `async function strongest(maps: Tensor, unit: number, count: number): Promise<Place[]> {
  const [N, K, P, Q] = maps.shape;
  const numbers = await maps.data();
  const places: Place[] = [];
  for (let n = 0; n < N; n++) {
    const own = Array.from(numbers.slice(n * K * P * Q, (n + 1) * K * P * Q));
    const best = own.indexOf(Math.max(...own));
    places.push({ image: n, row: Math.floor(best / Q), column: best % Q, value: own[best] });
  }
  return places.sort((a, b) => b.value - a.value).slice(0, count);
}`,
  ),
  of(
    strongest,
    "unit is forgotten",
    /map that was read is another one/,
    strongestOf(place).replace("(n * K + unit) * P * Q", "n * P * Q"),
  ),
  of(
    strongest,
    "of equal answers the last counts",
    /Of equal answers the first place counts/,
    strongestOf(place).replace("numbers[first + i] > numbers", "numbers[first + i] >= numbers"),
  ),
  of(
    strongest,
    "the search begins at 0",
    /not with 0/,
    strongestOf(place.replace("value: numbers[first + best]", "value: Math.max(0, numbers[first + best])")),
  ),

  of(weights, "the hook stays", /A hook is still registered/, weightsOf(score, mean).replace("  hook.remove();\n", "")),
  of(
    weights,
    "the sum stands where the mean belongs",
    /a sum stands where a mean belongs/,
    weightsOf(score, "gradient.sum([2, 3], { keepdim: true })"),
  ),
  of(
    weights,
    "the largest gradient stands where the mean belongs",
    /largest gradient/,
    weightsOf(score, "gradient.flatten(2).max(2).reshape(...maps.shape.slice(0, 2), 1, 1)"),
  ),
  of(
    weights,
    "the gradient is that of the class with the largest score",
    /wrong class|largest score/,
    weightsOf("scores.max(1).sum()", mean),
  ),
  of(
    weights,
    "the gradient is that of the probability",
    /behind softmax/,
    weightsOf("F.softmax(scores, 1).select(1, target).sum()", mean),
  ),
  of(
    weights,
    "the gradient is that of the loss",
    /gradient of a loss/,
    weightsOf("F.crossEntropy(scores, fromArray(new Int32Array(x.shape[0]).fill(target), [x.shape[0]]))", mean),
  ),
  of(weights, "all scores are added up", /scores of all classes/, weightsOf("scores.sum()", mean)),
  of(
    weights,
    "the maps are averaged instead of their gradients",
    /mean of the maps/,
    weightsOf(score, "maps.mean([2, 3], { keepdim: true })"),
  ),

  of(
    heat,
    "the ReLU is missing",
    /ReLU is missing/,
    camOf(`  const sum = weighted.sum(1, { keepdim: true });
  return sum.div(sum.flatten(1).max(1).reshape(N, 1, 1, 1));`),
  ),
  of(
    heat,
    "the ReLU comes before the sum",
    /ReLU comes too early/,
    camOf(`  const sum = weighted.relu().sum(1, { keepdim: true });
  return sum.div(sum.flatten(1).max(1).reshape(N, 1, 1, 1));`),
  ),
  of(heat, "the map is not scaled", /not scaled/, camOf(`  return weighted.sum(1, { keepdim: true }).relu();`)),
  of(
    heat,
    "the batch is scaled as one",
    /largest number of the whole batch/,
    camOf(`  const sum = weighted.sum(1, { keepdim: true }).relu();
  return sum.div(sum.max());`),
  ),
  of(
    heat,
    "the largest of the maps stands where their sum belongs",
    /largest of the weighted maps/,
    camOf(`  const sum = weighted.max(1, { keepdim: true }).relu();
  return sum.div(sum.flatten(1).max(1).reshape(N, 1, 1, 1));`),
  ),

  of(
    heat,
    "an empty map is divided by 0",
    /0 \/ 0 is NaN/,
    camOf(`  const sum = weighted.sum(1, { keepdim: true }).relu();
  return sum.div(sum.flatten(1).max(1).reshape(N, 1, 1, 1));`),
  ),
  of(
    heat,
    "the sum takes the dimension away",
    /take their dimension away/,
    camOf(`  const sum = weighted.sum(1).relu();
  return sum.div(sum.flatten(1).max(1).clamp(1e-12, Infinity).reshape(N, 1, 1));`),
  ),

  of(marks, "the sign is kept", /sign is still there/, saliencyOf(score, ".max(1, { keepdim: true })")),
  of(
    marks,
    "the channels are averaged",
    /channels were averaged/,
    saliencyOf(score, ".abs().mean(1, { keepdim: true })"),
  ),
  of(
    marks,
    "the gradient is that of the probability",
    /behind softmax/,
    saliencyOf("F.softmax(scores, 1).select(1, target).sum()", ".abs().max(1, { keepdim: true })"),
  ),
  of(
    marks,
    "the gradients of two calls are added",
    /second call added/,
    saliencyOf(score, ".abs().max(1, { keepdim: true })", "x"),
  ),

  of(
    falls,
    "the covered image's score is given",
    /score of the covered image/,
    occlusionOf({ made: "score(fromArray(Float32Array.from(covered), x.shape))" }),
  ),
  of(
    falls,
    "the sign is wrong",
    /sign is wrong/,
    occlusionOf({ made: "score(fromArray(Float32Array.from(covered), x.shape)).sub(whole)" }),
  ),
  of(
    falls,
    "squares are not cut at the right border",
    /not cut at the right border/,
    occlusionOf({}).replace("Math.min(W, (b + 1) * window)", "(b + 1) * window"),
  ),
  of(
    falls,
    "squares are not cut at all",
    /not cut at the right border/,
    occlusionOf({})
      .replace("Math.min(W, (b + 1) * window)", "(b + 1) * window")
      .replace("Math.min(H, (a + 1) * window)", "(a + 1) * window"),
  ),
  of(falls, "squares stay covered", /stay covered/, occlusionOf({ fresh: "const covered = pixels;" })),
  of(
    falls,
    "squares at the border are left out",
    /cut at the border are missing/,
    occlusionOf({ round: "Math.floor" }),
  ),
  of(
    falls,
    "the probability falls instead of the score",
    /behind softmax/,
    occlusionOf({ scored: "F.softmax(net(images), 1).select(1, target)" }),
  ),

  of(transforms, "top and bottom change places", /Top and bottom/, transformsOf({ flip: "x.flip(2)" })),
  of(
    transforms,
    "the shift goes the other way",
    /moves the other way/,
    transformsOf({ shift: "F.pad(x, [-right, right, -down, down])" }),
  ),
  of(transforms, "the shift wraps round", /other side/, transformsOf({ shift: "x.roll([down, right], [2, 3])" })),
  of(
    transforms,
    "down and right are swapped",
    /Down and right are swapped/,
    transformsOf({ shift: "F.pad(x, [down, -down, right, -right])" }),
  ),
  of(
    transforms,
    "the shift makes the image larger",
    /cut off on one side/,
    transformsOf({ shift: "F.pad(x, [right, 0, down, 0])" }),
  ),
  of(transforms, "it turns to the right", /clockwise/, transformsOf({ rotate: "x.transpose(2, 3).flip(3)" })),
  of(transforms, "it is transposed only", /mirror image/, transformsOf({ rotate: "x.transpose(2, 3)" })),

  of(
    augmented,
    "the whole batch moves as one",
    /number of its own for each image/,
    augmentOf("randint(-most, most + 1, [1, 2])", "shift(x, draws[0][0], draws[0][1])"),
  ),
  of(
    augmented,
    "the largest shift is never drawn",
    /ends at high - 1/,
    augmentOf("randint(-most, most, [x.shape[0], 2])", each),
  ),
  of(
    augmented,
    "it shifts in one direction only",
    /both directions/,
    augmentOf("randint(0, most + 1, [x.shape[0], 2])", each),
  ),
];
