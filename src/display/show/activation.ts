import { checkFunction, isModule } from "../../arguments";
import { noGrad } from "../../autograd/noGrad";
import { DataError } from "../../errors";
import { floatsToBase64, type ActivationSteps } from "../../marks";
import { inEvaluation } from "../../nn/module";
import * as F from "../../nn/functional";
import { checkOptions, type OptionNames } from "../../options";
import { fromArray, linspace } from "../../tensor/create";
import { sameShape, showShape } from "../../tensor/shape";
import { Tensor } from "../../tensor/tensor";
import { Picture } from "../picture";
import { statisticsOf } from "../statistics";
import { cut, largestOf } from "../steps/carried";
import { imageNote, imageOf } from "../steps/image";
import { checkTensor, numbersOf, subtitleOf } from "../tensors";
import { viewFields, viewOptionNames, type ViewOptions } from "../viewOptions";
import type { Samples } from "./samples";

const CALLER = "show.activation";
/** Of the curve. */
const POINTS = 201;
/** Rows and columns that are shown, and numbers of all maps. */
const [MOST_SIDE, MOST_NUMBERS] = [128, 16_000];

export interface ActivationOptions extends ViewOptions {
  /** Which image of the batch, of a tensor [N,C,H,W]; default 0. */
  image?: number;
}
const optionNames: OptionNames<ActivationOptions> = { image: true, ...viewOptionNames };

/**
 * A function that takes each number for itself, such as F.relu: its curve, a point on it for each number, and the maps before
 * and behind it. Any function or module from a tensor to one of the same shape; it is named as in the code.
 * Shapes: [N,C,H,W] (one image of it), [C,H,W], [H,W] or [L].
 * @throws DataError if the function changes the shape, or a number's result depends on the others, as in softmax and dropout
 * @example show.activation(F.relu, net.conv1(images))
 */
export function activation(fn: (x: Tensor) => Tensor, x: Tensor, options: ActivationOptions = {}): Picture {
  checkOptions(CALLER, options, optionNames, arguments, 2);
  const fields = viewFields(CALLER, options, textOf(fn));
  const { image = 0 } = options;
  checkFunction(CALLER, "fn", fn, "Give a function such as F.relu.");
  checkTensor(CALLER, x, [1, 2, 3, 4], "numbers [N,C,H,W], [C,H,W], [H,W] or [L]");
  const one = x.shape.length === 1 ? imageOf(CALLER, x, image, 1) : imageOf(CALLER, x, image, 2);
  const run = (input: Tensor): Tensor => inEvaluation(() => noGrad(() => fn(input)));
  const given = x.shape.length === 4 ? one : x.detach();
  const output: unknown = run(given);
  if (!(output instanceof Tensor) || !sameShape(output.shape, given.shape))
    throw new DataError(
      `${CALLER}: ${nameOf(fn)} gives ${output instanceof Tensor ? showShape(output.shape) : "no tensor"} for an input of ` +
        `${showShape(given.shape)}, an activation keeps the shape. Give a function such as F.relu.`,
    );
  return new Picture(async () => {
    const [planes, rows, columns] = [1, 1, ...given.shape].slice(-3);
    const [before, after] = await Promise.all([given, run(given)].map(numbersOf));
    const { finite } = statisticsOf(before);
    const reach = Math.max(4, Math.min(1e4, Math.max(Math.abs(finite[0]), Math.abs(finite[1]))));
    const [from, to] = [-reach, reach];
    const curve = await numbersOf(await elementwise(fn, run, linspace(from, to, POINTS), given, before, after));
    const [height, width] = [Math.min(rows, MOST_SIDE), Math.min(columns, MOST_SIDE)];
    const shown = Math.min(planes, Math.max(1, Math.floor(MOST_NUMBERS / (height * width))));
    const all = [planes, rows, columns] as [number, number, number];
    const part = (values: ArrayLike<number>): Float32Array =>
      cut(values, shown, [rows, columns], [0, height], [0, width]);
    const shownAfter = part(after);
    const largest = largestOf(shownAfter);
    const inMap = largest % (height * width);
    const mark: ActivationSteps = {
      mark: "steps",
      steps: "activation",
      name: nameOf(fn),
      planes: shown,
      rows: height,
      columns: width,
      ...(sameShape(all, [shown, height, width]) ? {} : { reducedFrom: all }),
      at: [Math.floor(largest / (height * width)), Math.floor(inMap / width), inMap % width],
      input: floatsToBase64(part(before)),
      output: floatsToBase64(shownAfter),
      curve: { from, to, values: floatsToBase64(curve) },
    };
    return { ...fields, subtitle: subtitleOf(x, statisticsOf(before), ...imageNote(x, image, 2)), marks: [mark] };
  });
}

/** A short function's own text, where it has no name. */
function textOf(fn: unknown): string {
  const text = typeof fn === "function" && !isModule(fn) && fn.name === "" ? Function.prototype.toString.call(fn) : "";
  return text !== "" && text.length <= 60 && !text.includes("\n") ? text : nameOf(fn);
}

/** "relu", "ReLU" of a module, "f" where there is no name. */
function nameOf(fn: unknown): string {
  if (isModule(fn)) return (fn as object).constructor.name;
  if (typeof fn !== "function") return "activation";
  return fn.name || "f";
}

/** What an error says is wrong, without its next step: that would be one for a layer, not for this view. */
const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/[.?!](\s.*)?$/s, "");

/** The curve, once it is known that it passes through the numbers. */
async function elementwise(
  fn: unknown,
  run: (x: Tensor) => Tensor,
  line: Tensor,
  x: Tensor,
  before: ArrayLike<number>,
  after: ArrayLike<number>,
): Promise<Tensor> {
  const next = /softmax/i.test(nameOf(fn)) ? "Use show.softmax." : "Give a function of single numbers such as F.relu.";
  const refused = (why: string) =>
    new DataError(`${CALLER}: ${nameOf(fn)} ${why} (input ${showShape(x.shape)}). ${next}`);
  const points = line.to({ device: x.device, dtype: x.dtype });
  // Every number of the input, or some of many, alone in a line with the curve's.
  const step = Math.ceil(before.length / 500);
  const some = Array.from({ length: Math.ceil(before.length / step) }, (_, i) => i * step);
  const probe = fromArray(
    Float32Array.from(some, (i) => before[i]),
    [some.length],
  ).to({
    ...{ device: x.device, dtype: x.dtype },
  });
  let answered: ArrayLike<number>;
  let curve: Tensor;
  try {
    [answered, curve] = [await numbersOf(run(probe)), run(points)];
  } catch (error) {
    throw refused(`takes no single line of numbers: ${reasonOf(error)}`);
  }
  const differs = some.some((i, at) => {
    const [one, other] = [answered[at], after[i]];
    return !Object.is(one, other) && !(Math.abs(one - other) <= 1e-5 * Math.max(1, Math.abs(other)));
  });
  if (differs || curve.shape.length !== 1 || curve.shape[0] !== POINTS)
    throw refused("is not elementwise: what it gives for a number depends on the others, or on chance");
  return curve;
}

const waves = (shape: readonly number[]): Tensor =>
  fromArray(
    Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => Math.round(300 * Math.sin(i * 1.7)) / 100),
    shape,
  );

export const samples: Samples = {
  "of a map": () => activation(F.relu, waves([6, 6])),
  "of several channels": () => activation(F.sigmoid, waves([2, 4, 10, 10]), { image: 1, title: "Sigmoid" }),
  "of one's own": () => activation((x) => x.mul(x), waves([9])),
  "of a large layer": () => activation(F.tanh, waves([8, 140, 140])),
};
