/** What a network answers to labelled data, in evaluation mode; nothing is recorded. */
import { checkModule, isTensor, show } from "../../arguments";
import { noGrad } from "../../autograd/noGrad";
import { batchesOf, type Inputs } from "../../data/inputs";
import { yieldToEventLoop } from "../../eventLoop";
import { DataError } from "../../errors";
import { inEvaluation, type Module } from "../../nn/module";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";

/** The answers to one batch. */
export interface Answers {
  inputs: Tensor;
  /** The number of the first input in the data, from 0. */
  first: number;
  /** Of each input its class, and the class with the highest score. */
  truth: ArrayLike<number>;
  guess: ArrayLike<number>;
  /** How many classes the network has. */
  classes: number;
}

/**
 * The answers batch by batch, on the network's device.
 * @throws TypeError unless they are a network and data; DataError unless batches are [inputs, labels] and outputs scores [N,C]
 */
export async function* answersOf(caller: string, net: Module, data: Inputs): AsyncGenerator<Answers> {
  checkModule(caller, "net", net);
  const device = net.parameters()[0]?.device;
  let first = 0;
  for await (const batch of batchesOf(caller, data)) {
    const [inputs, labels] = (Array.isArray(batch) ? batch : []) as readonly (Tensor | undefined)[];
    if (!isTensor(inputs) || !isTensor(labels) || labels.shape.length !== 1 || labels.shape[0] !== inputs.shape[0])
      throw new DataError(
        `${caller}: a batch must be [inputs, labels] with a label an input, got ${shapesOf(batch)}. ` +
          `Give a DataLoader over labelled data.`,
      );
    const [scores, guesses] = inEvaluation(() =>
      noGrad(() => {
        const scores = net(device ? inputs.to(device) : inputs);
        return scores.shape.length === 2 ? [scores, scores.argmax(1)] : [scores];
      }),
    );
    if (!guesses || scores.shape[0] !== inputs.shape[0])
      throw new DataError(
        `${caller}: the network must give scores [N,C], it gave ${showShape(scores.shape)} for inputs ` +
          `${showShape(inputs.shape)}. Give a network that classifies.`,
      );
    const classes = scores.shape[1];
    const [truth, guess] = await Promise.all([labels.data(), guesses.data()]);
    const wrong = truth.findIndex((label) => !Number.isInteger(label) || label < 0 || label >= classes);
    if (wrong >= 0)
      throw new DataError(
        `${caller}: labels must be classes from 0 to ${classes - 1}, got ${truth[wrong]} for input ${first + wrong} ` +
          `(scores ${showShape(scores.shape)}). Does the network have as many outputs as there are classes?`,
      );
    yield { inputs, first, truth, guess, classes };
    first += truth.length;
    await yieldToEventLoop();
  }
  if (first === 0) throw new DataError(`${caller}: the data gave no batch. Is the loader used up?`);
}

function shapesOf(batch: unknown): string {
  if (!Array.isArray(batch)) return show(batch);
  return (
    batch.map((each: unknown) => (isTensor(each) ? showShape(each.shape) : typeof each)).join(" and ") || "nothing"
  );
}
