import { checkFunction, checkModule, show, wrongKind } from "../arguments";
import { yieldToEventLoop } from "../data/yield";
import { DataError } from "../errors";
import type { Module } from "../nn/module";
import { checkOptions, type OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";
import { checkBatches, onDeviceOf, type Batches } from "./batches";
import { evaluate } from "./evaluate";
import { Tally } from "./tally";

/** What one step did. */
export interface StepInfo {
  /** Counted from 0. */
  epoch: number;
  /** Counted from 0 over all epochs. */
  step: number;
  loss: number;
}

/** What one epoch did. */
export interface EpochInfo {
  /** Counted from 0. */
  epoch: number;
  /** The mean loss over the epoch's inputs, each as it was when its batch was trained on. */
  loss: number;
  /** The share of right answers, 0..1, of the outputs that were trained on; only for scores [N,C] against labels [N]. */
  accuracy?: number;
  /** The mean loss over the validation batches; only with `validation`. */
  validationLoss?: number;
  /** The share of right answers, 0..1; only with `validation` of scores [N,C] against labels [N]. */
  validationAccuracy?: number;
}

/** What `fit` gives back. */
export interface History {
  /** The loss of every step. */
  steps: number[];
  /** The learning rate of every step, of the first group of parameters; empty if the optimizer shows none. */
  lr: number[];
  epochs: EpochInfo[];
}

export interface FitOptions {
  /** What updates the parameters: `new optim.SGD(net.parameters())`. */
  optimizer: { zeroGrad(): void; step(): void; readonly paramGroups?: readonly { lr: number }[] };
  /** The loss of outputs and targets: `new nn.CrossEntropyLoss()`. */
  criterion: (output: Tensor, target: Tensor) => Tensor;
  /** How often the loader is gone through; default 1. */
  epochs?: number;
  /** Batches to be evaluated on after each epoch, in evaluation mode. */
  validation?: Batches;
  /** Called after every step, and waited for. */
  onStep?: (info: StepInfo) => unknown;
  /** Called after every epoch, and waited for: the place for `scheduler.step()`. */
  onEpoch?: (info: EpochInfo) => unknown;
  /** When it fires, the step under way is finished and the history so far comes back. */
  signal?: AbortSignal;
}
const fitOptions: OptionNames<FitOptions> = {
  optimizer: true,
  criterion: true,
  epochs: true,
  validation: true,
  onStep: true,
  onEpoch: true,
  signal: true,
};

/**
 * The history of training `net`: for each epoch and batch zeroGrad, forward, loss, backward, step. Batches move to the
 * network's device. A notebook's pictures and buttons stay alive while it runs; the network is put in training mode, and
 * at the end in the mode it was in.
 * @throws DataError if the loader gives no batch, or one that is not [inputs, targets]
 * @example
 * const history = await fit(net, new DataLoader(data, { batchSize: 20 }), {
 *   optimizer: new optim.Adam(net.parameters()),
 *   criterion: new nn.CrossEntropyLoss(),
 *   epochs: 2,
 *   onEpoch: ({ epoch, loss }) => console.log(epoch, loss),
 * });
 * console.log(history.steps.length); // 2 epochs of 5 batches
 */
export async function fit(net: Module, loader: Batches, options: FitOptions): Promise<History> {
  const {
    optimizer,
    criterion,
    epochs = 1,
    validation,
    signal,
  } = checkOptions("fit", options, fitOptions, arguments, 2);
  checkModule("fit", "net", net);
  checkBatches("loader", loader);
  if (validation !== undefined) checkBatches("validation", validation);
  if (typeof (optimizer as Partial<typeof optimizer> | undefined)?.step !== "function")
    throw wrongKind(
      "fit",
      "optimizer",
      "an optimizer",
      optimizer,
      "Write { optimizer: new optim.SGD(net.parameters()) }.",
    );
  checkFunction("fit", "criterion", criterion, "Write { criterion: new nn.CrossEntropyLoss() }.");
  if (!Number.isInteger(epochs) || epochs < 0)
    throw new RangeError(`fit: epochs must be a whole number >= 0, got ${show(epochs)}.`);
  const history: History = { steps: [], lr: [], epochs: [] };
  const before = net.training;
  try {
    for (let epoch = 0; epoch < epochs && !signal?.aborted; epoch++) {
      net.train();
      const tally = new Tally();
      for await (const batch of loader) {
        if (signal?.aborted) break;
        const [inputs, targets] = onDeviceOf(net, batch);
        optimizer.zeroGrad();
        const output = net(inputs);
        const loss = criterion(output, targets);
        loss.backward();
        const lr = optimizer.paramGroups?.[0]?.lr;
        optimizer.step();
        const value = await tally.add(inputs.shape[0], loss, output, targets);
        history.steps.push(value);
        if (lr !== undefined) history.lr.push(lr);
        await options.onStep?.({ epoch, step: history.steps.length - 1, loss: value });
        await yieldToEventLoop();
      }
      if (signal?.aborted) break;
      if (tally.count === 0) throw new DataError(`fit: the loader gave no batch in epoch ${epoch}. Is it used up?`);
      const info: EpochInfo = { epoch, loss: tally.loss };
      const { accuracy } = tally;
      if (accuracy !== undefined) info.accuracy = accuracy;
      if (validation) Object.assign(info, await evaluate(net, validation, criterion));
      history.epochs.push(info);
      await options.onEpoch?.(info);
    }
  } finally {
    net.train(before);
  }
  return history;
}
