import { checkFunction, checkModule, show, wrongKind } from "../arguments";
import { yieldToEventLoop } from "../eventLoop";
import { DataError } from "../errors";
import type { Module } from "../nn/module";
import { checkOptions, type OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";
import { checkBatches, onDeviceOf, type Batches } from "./batches";
import { evaluate } from "./evaluate";
import { History, type EpochInfo, type StepInfo } from "./history";
import { Tally } from "./tally";
import { watching, type ShowOptions, type Watch } from "./watch";

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
  /**
   * Whether the training can be watched and steered below the running cell, as `show.training` shows it; or that view's options:
   * `{ title: "Digits", image }`. Default false.
   */
  show?: boolean | ShowOptions;
}
const fitOptions: OptionNames<FitOptions> = {
  optimizer: true,
  criterion: true,
  epochs: true,
  validation: true,
  onStep: true,
  onEpoch: true,
  signal: true,
  show: true,
};

/**
 * The history of training `net`: for each epoch and batch zeroGrad, forward, loss, backward, step. Batches move to the
 * network's device. A notebook's pictures and buttons stay alive while it runs; the network is put in training mode, and
 * at the end in the mode it was in. With `show: true` it can be watched, paused and steered below the cell; a training that
 * is stopped there gives the history so far.
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
  const history = new History();
  const before = net.training;
  const watch = watchOf(net, loader, options);
  let isDone = false;
  const isOver = (): boolean => signal?.aborted === true || watch?.isStopped === true;
  try {
    watch?.begin(epochs);
    for (let epoch = 0; epoch < epochs && !isOver(); epoch++) {
      net.train();
      const tally = new Tally();
      for await (const batch of watch?.epoch(loader, signal) ?? loader) {
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
        watch?.step({ loss: value, ...(tally.last === undefined ? {} : { accuracy: tally.last }) });
        await options.onStep?.({ epoch, step: history.steps.length - 1, loss: value });
        await yieldToEventLoop();
      }
      if (isOver()) break;
      if (watch?.isEnded)
        throw new DataError(`fit: its cell has ended before the training. Write await fit(net, loader, ...).`);
      if (tally.count === 0) throw new DataError(`fit: the loader gave no batch in epoch ${epoch}. Is it used up?`);
      const info: EpochInfo = { epoch, step: history.steps.length - 1, loss: tally.loss };
      const { accuracy } = tally;
      if (accuracy !== undefined) info.accuracy = accuracy;
      if (validation) Object.assign(info, await evaluate(net, validation, criterion));
      history.epochs.push(info);
      watch?.epochEnded(info);
      await options.onEpoch?.(info);
    }
    isDone = true;
  } finally {
    net.train(before);
    if (isDone) watch?.done();
    else watch?.failed();
  }
  return history;
}

/** @throws TypeError unless `show` is true, false or options */
function watchOf(net: Module, loader: Batches, options: FitOptions): Watch | undefined {
  const { show: wanted = false } = options;
  if (wanted === false) return undefined;
  if (wanted !== true && (typeof wanted !== "object" || wanted === null))
    throw wrongKind("fit", "show", "true, false or options", wanted, "Write { show: true }.");
  return watching.start?.(net, loader, options);
}
