/** Wrong answers to homework 2, backward passes. */
import type { WrongAnswer } from "../support/wrongAnswer";

type Settings = WrongAnswer["shapes"];

const ofRelu: Settings = [[["[2, 3, 4, 5]", "[1, 2, 6, 3]"]], [["[2, 3, 4, 5]", "[3, 1, 2, 7]"]]];
const relu = (body: string): string => `function reluBackward(dy: Maps, x: Maps): Maps {
  const dx = zerosLike(x);
  for (let n = 0; n < x.length; n++)
    for (let c = 0; c < x[n].length; c++)
      for (let i = 0; i < x[n][c].length; i++)
        for (let j = 0; j < x[n][c][i].length; j++) { ${body} }
  return dx;
}`;
const ofQuestion1: WrongAnswer[] = [
  {
    mistake: "ReLU without its mask",
    code: relu("dx[n][c][i][j] = dy[n][c][i][j];"),
    hint: /the others are right: is a mask missing/,
  },
  {
    mistake: "ReLU's mask from dy",
    code: relu("if (dy[n][c][i][j] > 0) dx[n][c][i][j] = dy[n][c][i][j];"),
    hint: /the mask is taken from dy/,
  },
  {
    mistake: "ReLU's mask the wrong way round",
    code: relu("if (x[n][c][i][j] <= 0) dx[n][c][i][j] = dy[n][c][i][j];"),
    hint: /the mask is the wrong way round/,
  },
  {
    mistake: "ReLU multiplies with its output",
    code: relu("dx[n][c][i][j] = dy[n][c][i][j] * Math.max(0, x[n][c][i][j]);"),
    hint: /dy is multiplied with x/,
  },
  {
    mistake: "ReLU lets the gradient pass at 0",
    code: relu("if (x[n][c][i][j] >= 0) dx[n][c][i][j] = dy[n][c][i][j];"),
    hint: /passes where x is 0, too/,
  },
  {
    mistake: "ReLU's slope without dy",
    code: relu("if (x[n][c][i][j] > 0) dx[n][c][i][j] = 1;"),
    hint: /dy is forgotten/,
  },
  {
    mistake: "ReLU's way forward",
    code: relu("dx[n][c][i][j] = Math.max(0, x[n][c][i][j]);"),
    hint: /that is max\(0, x\), the way forward/,
  },
  {
    mistake: "ReLU writes into dy",
    code: `function reluBackward(dy: Maps, x: Maps): Maps {
  x.forEach((image, n) =>
    image.forEach((map, c) =>
      map.forEach((row, i) =>
        row.forEach((value, j) => {
          if (value <= 0) dy[n][c][i][j] = 0;
        }),
      ),
    ),
  );
  return dy;
}`,
    hint: /dy was changed in place/,
  },
].map((each) => ({ ...each, answer: "q1-answer", test: "q1", shapes: ofRelu }));

const ofAffine: Settings = [[["[[4, 5, 3]]", "[[2, 3, 6]]"]], [["[[4, 5, 3]]", "[[7, 4, 2]]"]]];
interface AffineLines {
  dx?: string;
  dw?: string;
  db?: string;
  result?: string;
}
const affine = ({
  dx = "dx[n][i] += dy[n][o] * w[o][i];",
  dw = "dw[o][i] += dy[n][o] * x[n][i];",
  db = "db[o] += dy[n][o];",
  result = "{ dx, dw, db }",
}: AffineLines): string => `function affineBackward(dy: Matrix, x: Matrix, w: Matrix): Gradients<Matrix> {
  const dx = x.map((row) => row.map(() => 0));
  const dw = w.map((row) => row.map(() => 0));
  const db = w.map(() => 0);
  for (let n = 0; n < x.length; n++)
    for (let o = 0; o < w.length; o++) {
      ${db}
      for (let i = 0; i < x[n].length; i++) {
        ${dw}
        ${dx}
      }
    }
  return ${result};
}`;
const ofQuestion2: WrongAnswer[] = [
  {
    mistake: "the weight gradient of affine transposed",
    code: affine({ result: "{ dx, dw: x[0].map((_, i) => dw.map((row) => row[i])), db }" }),
    hint: /the result is transposed: rows and columns are swapped/,
  },
  {
    mistake: "the weight gradient of affine from the last image alone",
    code: affine({ dw: "dw[o][i] = dy[n][o] * x[n][i];" }),
    hint: /only the last image of the batch counts/,
  },
  {
    mistake: "the bias gradient of affine from the last image alone",
    code: affine({ db: "db[o] = dy[n][o];" }),
    hint: /only the last image of the batch counts/,
  },
  {
    mistake: "the input gradient of affine from the last output alone",
    code: affine({ dx: "dx[n][i] = dy[n][o] * w[o][i];" }),
    hint: /only the last output counts/,
  },
  {
    mistake: "the bias gradient of affine inside the loop over the inputs",
    code: affine({ db: "", dw: "dw[o][i] += dy[n][o] * x[n][i]; db[o] += dy[n][o];" }),
    hint: /db is added once for each i/,
  },
  {
    mistake: "the mean of the bias gradient over the batch",
    code: affine({ db: "db[o] += dy[n][o] / x.length;" }),
    hint: /a mean stands where a sum belongs/,
  },
].map((each) => ({ ...each, answer: "q2-answer", test: "q2", shapes: ofAffine }));

const ofLoss: Settings = [[["[[4, 3]]", "[[2, 5]]"]], [["[[4, 3]]", "[[6, 4]]"]]];
const loss = (gradient: string, largest = "Math.max(...row)"): string =>
  `function crossEntropyBackward(scores: Matrix, labels: number[]): Matrix {
  return scores.map((row, n) => {
    const largest = ${largest};
    const exps = row.map((score) => Math.exp(score - largest));
    const sum = exps.reduce((total, each) => total + each, 0);
    return exps.map((each, k) => ${gradient});
  });
}`;
const ofQuestion3: WrongAnswer[] = [
  {
    mistake: "cross-entropy without 1/N",
    code: loss("each / sum - (k === labels[n] ? 1 : 0)"),
    hint: /a sum stands where a mean belongs/,
  },
  {
    mistake: "cross-entropy without the one-hot",
    code: loss("each / sum / scores.length"),
    hint: /the 1 of the right class is not subtracted/,
  },
  {
    mistake: "cross-entropy without one-hot and 1/N",
    code: loss("each / sum"),
    hint: /the 1 of the right class is not subtracted, and 1\/N is missing/,
  },
  {
    mistake: "1/N for the probabilities alone",
    code: loss("each / sum / scores.length - (k === labels[n] ? 1 : 0)"),
    hint: /1\/N belongs to the whole difference/,
  },
  {
    mistake: "1/N for the one-hot alone",
    code: loss("each / sum - (k === labels[n] ? 1 : 0) / scores.length"),
    hint: /1\/N belongs to the whole difference.*not p - 1 \/ N/,
  },
  {
    mistake: "the mean over the classes",
    code: loss("(each / sum - (k === labels[n] ? 1 : 0)) / row.length"),
    hint: /divided by K/,
  },
  {
    mistake: "the label of a class instead of an image's",
    code: loss("(each / sum - (k === labels[k] ? 1 : 0)) / scores.length"),
    hint: /is it labels\[k\]/,
  },
  {
    mistake: "the sign of cross-entropy",
    code: loss("((k === labels[n] ? 1 : 0) - each / sum) / scores.length"),
    hint: /the sign is wrong/,
  },
  {
    mistake: "softmax over the images of the batch",
    code: `function crossEntropyBackward(scores: Matrix, labels: number[]): Matrix {
  const sums = scores[0].map((_, k) => scores.reduce((total, row) => total + Math.exp(row[k]), 0));
  return scores.map((row, n) =>
    row.map((score, k) => (Math.exp(score) / sums[k] - (k === labels[n] ? 1 : 0)) / scores.length),
  );
}`,
    hint: /the softmax runs over the images of the batch/,
  },
  {
    mistake: "exp that is not normalised",
    code: loss("(each - (k === labels[n] ? 1 : 0)) / scores.length"),
    hint: /◐ q3|✗ q3/,
  },
  {
    mistake: "the largest score of the batch",
    code: loss("(each / sum - (k === labels[n] ? 1 : 0)) / scores.length", "Math.max(...scores.flat())"),
    hint: /NaN, .* e to the power of a large number/,
  },
  {
    mistake: "exp of large scores",
    code: loss("(each / sum - (k === labels[n] ? 1 : 0)) / scores.length", "0"),
    hint: /NaN, .* e to the power of a large number/,
  },
].map((each) => ({ ...each, answer: "q3-answer", test: "q3", shapes: ofLoss }));

const sideBySide = "[2, 3, 4, 6]), 2, 2";
const overlapping = "[2, 2, 8, 7]), 3, 2";
const equal = "[2, 3, 6, 6]), 2, 2";
const ofPooling: Settings = [
  [
    [sideBySide, "[1, 2, 6, 3]), 3, 3"],
    [overlapping, "[1, 3, 7, 9]), 3, 2"],
    [equal, "[1, 2, 9, 9]), 3, 3"],
  ],
  [
    [sideBySide, "[3, 1, 5, 5]), 2, 2"],
    [overlapping, "[2, 1, 7, 6]), 4, 2"],
    [equal, "[3, 2, 4, 7]), 2, 2"],
  ],
];
const pooling = (give: string, isLarger = ">", begin = "stride"): string =>
  `function maxPoolBackward(dy: Maps, x: Maps, size: number, stride: number): Maps {
  const dx = zerosLike(x);
  for (let n = 0; n < x.length; n++)
    for (let c = 0; c < x[n].length; c++)
      for (let p = 0; p < dy[n][c].length; p++)
        for (let q = 0; q < dy[n][c][p].length; q++) {
          const [top, left] = [p * ${begin}, q * ${begin}];
          let [i, j] = [top, left];
          for (let u = top; u < top + size; u++)
            for (let v = left; v < left + size; v++) if (x[n][c][u][v] ${isLarger} x[n][c][i][j]) [i, j] = [u, v];
          ${give}
        }
  return dx;
}`;
const toAll = (share: string, condition = ""): string =>
  `for (let u = top; u < top + size; u++) for (let v = left; v < left + size; v++) ${condition} dx[n][c][u][v] += ${share};`;
const ofQuestion4: WrongAnswer[] = [
  {
    mistake: "max pooling gives the gradient to the whole window",
    code: pooling(toAll("dy[n][c][p][q]")),
    hint: /all numbers of a window get dy/,
  },
  {
    mistake: "max pooling shares the gradient as the mean does",
    code: pooling(toAll("dy[n][c][p][q] / (size * size)")),
    hint: /that is the gradient of average pooling/,
  },
  {
    mistake: "max pooling gives the gradient to all that are equal",
    code: pooling(toAll("dy[n][c][p][q]", "if (x[n][c][u][v] === x[n][c][i][j])")),
    hint: /of equal numbers all get dy/,
  },
  {
    mistake: "max pooling takes the last of equal numbers",
    code: pooling("dx[n][c][i][j] += dy[n][c][p][q];", ">="),
    hint: /of equal numbers the last one gets dy/,
  },
  {
    mistake: "max pooling overwrites where windows overlap",
    code: pooling("dx[n][c][i][j] = dy[n][c][p][q];"),
    hint: /a number that wins several windows/,
  },
  {
    mistake: "max pooling that searches from 0",
    code: pooling("dx[n][c][i][j] += dy[n][c][p][q];", "> Math.max(0, x[n][c][i][j]) && x[n][c][u][v] >"),
    hint: /begins at 0/,
  },
  {
    mistake: "max pooling that finds no negative number",
    code: pooling("if (x[n][c][i][j] > 0) dx[n][c][i][j] += dy[n][c][p][q];"),
    hint: /begins at 0/,
  },
  {
    mistake: "max pooling multiplies with the maximum",
    code: pooling("dx[n][c][i][j] += dy[n][c][p][q] * x[n][c][i][j];"),
    hint: /dy is multiplied with the maximum/,
  },
  {
    mistake: "max pooling gives the gradient to the window's first place",
    code: pooling("dx[n][c][top][left] += dy[n][c][p][q];"),
    hint: /the window's first place/,
  },
  {
    mistake: "max pooling ignores the stride",
    code: pooling("dx[n][c][i][j] += dy[n][c][p][q];", ">", "1"),
    hint: /the stride is ignored/,
  },
].map((each) => ({ ...each, answer: "q4-answer", test: "q4", shapes: ofPooling }));

const convSetting = "[2, 3, 7, 4], [4, 3, 3, 2], 2, 1";
const ofConvolution: Settings = [
  [[convSetting, "[3, 2, 7, 5], [2, 2, 3, 3], 2, 1"]],
  [[convSetting, "[2, 1, 10, 5], [3, 1, 5, 3], 2, 1"]],
];
interface ConvLines {
  place?: string;
  dx?: string;
  dw?: string;
  db?: string;
  images?: string;
  before?: string;
}
const conv = ({
  place = "[i * stride + u - padding, j * stride + v - padding]",
  dx = "dx[n][c][a][b] += gradient * w[k][c][u][v];",
  dw = "dw[k][c][u][v] += gradient * x[n][c][a][b];",
  db = "db[k] += gradient;",
  images = "n < x.length",
  before = "",
}: ConvLines): string => `function convBackward(dy: Maps, x: Maps, w: Maps, stride: number, padding: number): Gradients<Maps> {
  const [dx, dw, db] = [zerosLike(x), zerosLike(w), w.map(() => 0)];
  for (let n = 0; ${images}; n++) {
    ${before}
    for (let k = 0; k < w.length; k++)
      for (let i = 0; i < dy[n][k].length; i++)
        for (let j = 0; j < dy[n][k][i].length; j++) {
          const gradient = dy[n][k][i][j];
          ${db}
          for (let c = 0; c < x[n].length; c++)
            for (let u = 0; u < w[k][c].length; u++)
              for (let v = 0; v < w[k][c][u].length; v++) {
                const [a, b] = ${place};
                if (a < 0 || a >= x[n][c].length || b < 0 || b >= x[n][c][a].length) continue;
                ${dw}
                ${dx}
              }
        }
  }
  return { dx, dw, db };
}`;
const turned = "w[k][c][w[k][c].length - 1 - u][w[k][c][u].length - 1 - v]";
const ofQuestion5: WrongAnswer[] = [
  {
    mistake: "the kernel turned in the gradient of the input",
    code: conv({ dx: `dx[n][c][a][b] += gradient * ${turned};` }),
    hint: /the kernel is turned by 180 degrees the wrong way/,
  },
  {
    mistake: "the weight gradient flipped",
    code: conv({ dw: `d${turned} += gradient * x[n][c][a][b];` }),
    hint: /the result is flipped/,
  },
  {
    mistake: "the stride ignored",
    code: conv({ place: "[i + u - padding, j + v - padding]" }),
    hint: /the stride is ignored/,
  },
  {
    mistake: "the padding ignored",
    code: conv({ place: "[i * stride + u, j * stride + v]" }),
    hint: /the padding is ignored/,
  },
  {
    mistake: "the padding added",
    code: conv({ place: "[i * stride + u + padding, j * stride + v + padding]" }),
    hint: /the padding is added: it is subtracted/,
  },
  {
    mistake: "the gradient of the input overwritten",
    code: conv({ dx: "dx[n][c][a][b] = gradient * w[k][c][u][v];" }),
    hint: /of all the terms of a number of dx only the last one is left/,
  },
  {
    mistake: "the gradient of the weights overwritten",
    code: conv({ dw: "dw[k][c][u][v] = gradient * x[n][c][a][b];" }),
    hint: /of all the terms of a number of dw only the last one is left/,
  },
  {
    mistake: "the bias gradient inside all loops",
    code: conv({ db: "", dw: "dw[k][c][u][v] += gradient * x[n][c][a][b]; db[k] += gradient;" }),
    hint: /db is added once for each weight/,
  },
  {
    mistake: "places beyond the right border that are not skipped",
    code: conv({}).replace(" || b >= x[n][c][a].length", ""),
    hint: /wrote beyond the image/,
  },
  {
    mistake: "rows of a map of gradients counted as its columns",
    code: conv({}).replace("j < dy[n][k][i].length", "j < dy[n][k].length"),
    hint: /[◐✗] q5/,
  },
  {
    mistake: "gradients of the weights that begin anew for each image",
    code: conv({ before: "for (const filter of dw) for (const map of filter) for (const row of map) row.fill(0);" }),
    hint: /only the last image counts/,
  },
  {
    mistake: "the first image alone",
    code: conv({ images: "n < 1" }),
    hint: /only the first image counts/,
  },
  {
    mistake: "the mean of the bias gradient over the batch",
    code: conv({ db: "db[k] += gradient / x.length;" }),
    hint: /a mean stands where a sum belongs/,
  },
  {
    mistake: "the gradient of the weights added twice",
    code: conv({ dw: "dw[k][c][u][v] += 2 * gradient * x[n][c][a][b];" }),
    hint: /every number is (twice|2 times) what is expected/,
  },
].map((each) => ({ ...each, answer: "q5-answer", test: "q5", shapes: ofConvolution }));

const examined = '["softplus", "tanh", "elu"]';
const ofCheck: Settings = [[[examined, '["tanh", "elu"]']], [[examined, '["elu", "sigmoid", "leakyRelu"]']]];
const wrongOnes = (input: string, tolerance = "1e-5"): string =>
  `async function wrongOnes(functions: Activations): Promise<string[]> {
  const x = ${input};
  const wrong: string[] = [];
  for (const [name, f] of Object.entries(functions)) {
    const result = await gradCheck(f, [x]);
    if (result.relError > ${tolerance}) wrong.push(name);
  }
  return wrong;
}`;
const ofQuestion6: WrongAnswer[] = [
  {
    mistake: "gradCheck without requiresGrad",
    code: wrongOnes("tensor([[-2, -1, 1, 2]], exact)"),
    hint: /Set requiresGrad on what you differentiate by/,
  },
  {
    mistake: "gradCheck with positive numbers alone",
    code: wrongOnes("tensor([[0.5, 1, 2, 3]], { ...exact, requiresGrad: true })"),
    hint: /the input are all of one sign/,
  },
  {
    mistake: "gradCheck without tolerance",
    code: wrongOnes("tensor([[-2, -1, 1, 2]], { ...exact, requiresGrad: true })", "0"),
    hint: /the tolerance is too small/,
  },
  {
    mistake: "gradCheck that is expected to throw",
    code: `async function wrongOnes(functions: Activations): Promise<string[]> {
  const x = tensor([[-2, -1, 1, 2]], { ...exact, requiresGrad: true });
  const wrong: string[] = [];
  for (const [name, f] of Object.entries(functions))
    try {
      await gradCheck(f, [x]);
    } catch {
      wrong.push(name);
    }
  return wrong;
}`,
    hint: /It does not: compare \(await gradCheck\(f, \[x\]\)\)\.relError/,
  },
  {
    mistake: "gradCheck in float32",
    code: wrongOnes("tensor([[-2, -1, 1, 2]], { requiresGrad: true })"),
    hint: /differences need float64/,
  },
].map((each) => ({ ...each, answer: "q6-answer", test: "q6", needs: ["activations"], shapes: ofCheck }));

const ofStep: Settings = [[["[6, 0.4]", "[4, 0.3]"]], [["[6, 0.4]", "[7, 0.2]"]]];
interface StepLines {
  moved?: string;
  bias?: string;
  weightsOfFeatures?: string;
  relu?: string;
  poolInput?: string;
  after?: string;
}
const step = ({
  moved = "each - lr * gradient[i]",
  bias = "moved(net.b, conv.db)",
  weightsOfFeatures = "net.v",
  relu = "await layers.relu(dr, a)",
  poolInput = "r",
  after = "",
}: StepLines): string =>
  `async function step(net: Net, images: Maps, labels: number[], lr: number, layers: Layers): Promise<Net> {
  const { a, r, m, f, s } = await forward(net, images);
  const moved = (numbers: number[], gradient: number[]): number[] => numbers.map((each, i) => ${moved});
  const ds = await layers.crossEntropy(s, labels);
  const affine = await layers.affine(ds, f, net.v);
  const v = net.v.map((row, o) => moved(row, affine.dw[o]));
  const features = await layers.affine(ds, f, ${weightsOfFeatures});
  const dr = await layers.maxPool(unflatten(features.dx, m), ${poolInput}, 2, 2);
  const da = ${relu};
  const conv = await layers.conv(da, images, net.w, 1, 1);
  const w = net.w.map((filter, k) => filter.map((map, ch) => map.map((row, u) => moved(row, conv.dw[k][ch][u]))));
  ${after}
  return { w, b: ${bias}, v, c: moved(net.c, affine.db) };
}`;
const ofQuestion7: WrongAnswer[] = [
  {
    mistake: "a step up the slope",
    code: step({ moved: "each + lr * gradient[i]" }),
    hint: /goes up the slope/,
  },
  {
    mistake: "a step that counts gradients twice",
    code: step({ moved: "each - lr * (gradient[i] + gradient[i])" }),
    hint: /counts twice/,
  },
  {
    mistake: "a step without the learning rate",
    code: step({ moved: "each - gradient[i]" }),
    hint: /is subtracted without lr/,
  },
  {
    mistake: "a bias that is not updated",
    code: step({ bias: "net.b" }),
    hint: /b is as before: is it not updated/,
  },
  {
    mistake: "the way back through weights that are updated already",
    code: step({ weightsOfFeatures: "v" }),
    hint: /computed with the new v/,
  },
  {
    mistake: "the ReLU left out on the way back",
    code: step({ relu: "dr" }),
    hint: /the ReLU is left out on the way back/,
  },
  {
    mistake: "the arguments of the ReLU swapped",
    code: step({ relu: "await layers.relu(a, dr)" }),
    hint: /the arguments of relu are swapped/,
  },
  {
    mistake: "a pooling layer that is given its own output",
    code: step({ poolInput: "m" }),
    hint: /maxPool: dy is \[\d+,4,7,7\], expected \[\d+,4,3,3\] for x/,
  },
  {
    mistake: "the gradients instead of the parameters",
    code: step({ moved: "gradient[i]" }),
    hint: /that is the gradient of/,
  },
  {
    mistake: "a step that is divided by the images",
    code: step({ moved: "each - (lr * gradient[i]) / images.length" }),
    hint: /is divided by N/,
  },
  {
    mistake: "a step by autograd",
    code: `async function step(net: Net, images: Maps, labels: number[], lr: number, layers: Layers): Promise<Net> {
  const leaves = leavesOf(net);
  F.crossEntropy(layersOf(tensor(images, exact), leaves).s, classIndices(labels)).backward();
  const moved = <T>(leaf: Tensor) => list<T>(leaf.detach().sub(leaf.grad!.mul(lr)));
  const [v, c] = [await moved<Matrix>(leaves.v), await moved<number[]>(leaves.c)];
  return { w: await moved<Maps>(leaves.w), b: await moved<number[]>(leaves.b), v, c };
}`,
    hint: /layers.crossEntropy and layers.affine did not run/,
  },
  {
    mistake: "a step that writes into the network",
    code: step({ after: "net.b.forEach((each, i) => (net.b[i] = each - lr * conv.db[i]));", bias: "net.b" }),
    hint: /b was changed in place/,
  },
].map((each) => ({
  ...each,
  answer: "q7-answer",
  test: "q7",
  needs: ["q1-answer", "q2-answer", "q3-answer", "q4-answer", "q5-answer", "network"],
  shapes: ofStep,
}));

export const answers: readonly WrongAnswer[] = [
  ...ofQuestion1,
  ...ofQuestion2,
  ...ofQuestion3,
  ...ofQuestion4,
  ...ofQuestion5,
  ...ofQuestion6,
  ...ofQuestion7,
];
