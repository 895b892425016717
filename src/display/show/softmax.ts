import { show } from "../../arguments";
import { enableGrad, noGrad } from "../../autograd/noGrad";
import { isFloat } from "../../devices/device";
import { DataError, DTypeError } from "../../errors";
import { floatsToBase64, type SoftmaxSteps } from "../../marks";
import { crossEntropy, narrow, softmax as softmaxOf } from "../../ops";
import { checkOptions, type OptionNames } from "../../options";
import { fromArray, tensor } from "../../tensor/create";
import { showShape } from "../../tensor/shape";
import { Tensor } from "../../tensor/tensor";
import { checkClasses } from "../classNames";
import { Picture } from "../picture";
import { statisticsOf } from "../statistics";
import { checkImage, checkTensor, numbersOf, subtitleOf } from "../tensors";
import { viewFields, viewOptionNames, type ViewOptions } from "../viewOptions";
import type { Samples } from "./samples";

const CALLER = "show.softmax";
/** Rows that are shown: those of the largest logits, and the target's. */
const MOST_ROWS = 16;

export interface SoftmaxOptions extends ViewOptions {
  /** A word for each class; default "0", "1", ... */
  classes?: readonly string[];
  /** The right class, or one for each row of the logits; with it there are cross-entropy and its gradient. */
  target?: number | readonly number[] | Tensor;
  /** Which row of logits [N,K]; default 0. */
  image?: number;
}
const optionNames: OptionNames<SoftmaxOptions> = { classes: true, target: true, image: true, ...viewOptionNames };

/**
 * Softmax step by step: logits, exp of each, their sum, and each divided by it, as bars with numbers. With a target also the
 * cross-entropy, −log of its probability, and its gradient by each logit, p − y. Shapes: [N,K] or [K]. Unless all
 * logits are within 30 of zero the largest is subtracted from all first, as the engine always does. Of more than 16 classes the likeliest are shown.
 * @throws DataError if the shape is another, or there is no such image or class
 * @see torch.nn.functional.softmax, torch.nn.functional.cross_entropy
 * @example show.softmax(net(images), { classes: data.classes, target: labels })
 */
export function softmax(logits: Tensor, options: SoftmaxOptions = {}): Picture {
  checkOptions(CALLER, options, optionNames, arguments, 1);
  const fields = viewFields(CALLER, options, "Softmax");
  const { classes = [], target, image = 0 } = options;
  checkTensor(CALLER, logits, [1, 2], "logits [N,K] or [K]");
  if (!isFloat(logits.dtype))
    throw new DTypeError(
      `${CALLER}: takes float logits, got ${logits.dtype} (input ${showShape(logits.shape)}). Convert them with .float().`,
    );
  const [rows, count] = logits.shape.length === 2 ? logits.shape : [1, logits.shape[0]];
  checkImage(CALLER, image, rows, logits.shape);
  const one = narrow(logits.detach().reshape(rows, count), 0, image, 1);
  checkTarget(target, rows, count);
  checkClasses(CALLER, classes);
  if (classes.length > 0 && classes.length !== count)
    throw new DataError(
      `${CALLER}: ${classes.length} classes for ${count} logits. Give one word for each logit, or leave classes out.`,
    );
  return new Picture(async () => {
    const right = await targetOf(target, image);
    if (right !== undefined && !isClass(right, count)) throw noSuchClass(right, count);
    const [z, p] = await Promise.all([one, noGrad(() => softmaxOf(one, 1))].map(numbersOf));
    const loss = right === undefined ? undefined : await lossOf(one, right);
    const shown = rowsOf(z, right);
    const pick = (values: ArrayLike<number>): string => floatsToBase64(shown.map((i) => values[i]));
    const rest = Array.from({ length: count }, (_, i) => i).filter((i) => !shown.includes(i));
    const largest = shown.reduce((most, i) => Math.max(most, z[i]), -Infinity);
    const place = right === undefined ? 0 : shown.indexOf(right);
    const mark: SoftmaxSteps = {
      mark: "steps",
      steps: "softmax",
      at: [0, right === undefined ? shown.indexOf(likeliest(z)) : place, loss ? 4 : 2],
      classes: shown.map((i) => classes[i] ?? `${i}`),
      logits: pick(z),
      probabilities: pick(p),
      ...(rest.length === 0
        ? {}
        : {
            others: {
              count: rest.length,
              exponentials: orNull(rest.reduce((sum, i) => sum + Math.exp(z[i] - largest), 0)),
              probability: orNull(rest.reduce((sum, i) => sum + p[i], 0)),
            },
          }),
      ...(loss ? { target: { place, loss: orNull(loss.loss), gradient: pick(loss.gradient) } } : {}),
    };
    const notes = rows > 1 ? [`image ${image}`] : [];
    return { ...fields, subtitle: subtitleOf(logits, statisticsOf(z), ...notes), marks: [mark] };
  });
}

/** JSON has neither NaN nor infinity. */
const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

const isClass = (value: unknown, count: number): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) < count;

const noSuchClass = (value: unknown, count: number): DataError =>
  new DataError(`${CALLER}: there is no class ${show(value)} among ${count}. Count from 0 to ${count - 1}.`);

function checkTarget(target: SoftmaxOptions["target"], rows: number, count: number): void {
  if (target === undefined) return;
  if (target instanceof Tensor || Array.isArray(target)) {
    const length = target instanceof Tensor ? target.numel() : (target as readonly number[]).length;
    if (length !== rows)
      throw new DataError(`${CALLER}: ${length} targets for ${rows} rows of logits. Give one class, or one a row.`);
    if (target instanceof Tensor) return;
  }
  const given: readonly unknown[] = Array.isArray(target) ? target : [target];
  const first = given.find((each) => !isClass(each, count));
  if (first !== undefined) throw noSuchClass(first, count);
}

async function targetOf(target: SoftmaxOptions["target"], image: number): Promise<number | undefined> {
  if (target === undefined || typeof target === "number") return target;
  return (target instanceof Tensor ? await numbersOf(target) : target)[image];
}

/** Cross-entropy and its gradient, as the engine computes them. */
async function lossOf(logits: Tensor, right: number): Promise<{ loss: number; gradient: ArrayLike<number> }> {
  const leaf = logits.detach();
  leaf.requiresGrad = true;
  const labels = tensor([right], { dtype: "int32", device: logits.device });
  const loss = enableGrad(() => crossEntropy(leaf, labels));
  loss.backward();
  const [value, gradient] = await Promise.all([loss, leaf.grad!].map(numbersOf));
  return { loss: value[0], gradient };
}

const likeliest = (z: ArrayLike<number>): number => {
  let at = 0;
  for (let i = 1; i < z.length; i++) if (z[i] > z[at]) at = i;
  return at;
};

/** All classes, or those of the largest logits with the right one, in their own order. */
function rowsOf(z: ArrayLike<number>, right: number | undefined): number[] {
  const all = Array.from({ length: z.length }, (_, i) => i);
  if (z.length <= MOST_ROWS) return all;
  const kept = [...all].sort((a, b) => z[b] - z[a]).slice(0, MOST_ROWS);
  if (right !== undefined && !kept.includes(right)) kept[MOST_ROWS - 1] = right;
  return kept.sort((a, b) => a - b);
}

export const samples: Samples = {
  "three logits": () => softmax(tensor([2, 1, -0.5])),
  "the example of CS231n, with its loss": () =>
    softmax(tensor([3.2, 5.1, -1.7]), { classes: ["cat", "car", "frog"], target: 0, title: "Softmax of a cat" }),
  "of many classes": () =>
    softmax(
      fromArray(
        Float32Array.from({ length: 200 }, (_, i) => 20 * Math.sin(i * 1.7)),
        [2, 100],
      ),
      {
        image: 1,
        target: [3, 50],
      },
    ),
};
