/** A run of training that can be watched and steered; made by `show.training`. */
import { isTensor, show } from "../../arguments";
import { getDevice } from "../../devices/device";
import { DataError } from "../../errors";
import { yieldToEventLoop } from "../../eventLoop";
import type { FrameMark, TrainingMark, View } from "../../marks";
import { notebook } from "../../notebook";
import type { Module } from "../../nn/module";
import { checkOptions } from "../../options";
import { DISPLAY, RECEPTIVE_MIME, type Displayable, type MimeBundle } from "../../protocol";
import type { Tensor } from "../../tensor/tensor";
import { checkBatches, type Batches } from "../../train/batches";
import type { EpochInfo } from "../../train/history";
import { inspected } from "../inspect/registry";
import { LiveOutput } from "../live";
import { viewBundle } from "../picture";
import { carried, controlsOf, setControl, type Steerable } from "./controls";
import { Curves, type RunEvent } from "./curves";
import { layersTable } from "./layers";
import { Observer, type Observed } from "./observer";
import type { Order } from "./orders";
import { Pace } from "./pace";
import { panelMark } from "./panel";
import { Beginning } from "./reset";
import { frameMark, Snapshots } from "./snapshots";
import { Steering, type RunState } from "./steering";

/** Milliseconds between two updates of the saved output: whoever watches asks for more. */
const PUSHED = 5000;
/** Bytes of a run that is over, for which it is kept although no variable holds it. */
const KEPT = 4 * 2 ** 20;

export interface RunSettings extends Observed {
  fields: Pick<View, "version" | "title" | "size">;
  optimizers: readonly Steerable[];
  /** Milliseconds between two drawings. */
  every: number;
}

/**
 * A training that can be watched, paused and steered below the cell in which it runs. A loop of one's own goes through
 * `batches` and says `step` after each optimizer's step; the run is done when its cell ends.
 */
export class TrainingRun implements Displayable {
  private readonly pace = new Pace();
  private readonly curves: Curves;
  private readonly snapshots = new Snapshots();
  private readonly steering: Steering;
  private readonly observer: Observer;
  private readonly beginning: Beginning;
  private readonly output: LiveOutput;
  private readonly drawing: { every: number };
  private loader: Batches | undefined;
  /** The cell in which it runs; undefined before it has begun and where there is no notebook. */
  private cell: object | undefined;
  private hasBegun = false;
  private isOfFit = false;
  private frame: { step: number; marks: FrameMark[] } | undefined;
  private ended: MimeBundle | undefined;

  /** @internal `show.training` makes runs. */
  constructor(
    net: Module,
    private readonly settings: RunSettings,
  ) {
    const { fields, every } = settings;
    this.drawing = { every };
    this.curves = new Curves(fields.title);
    this.observer = new Observer(net, settings);
    this.beginning = new Beginning(net);
    this.output = new LiveOutput("training", () => this.bundle(), PUSHED);
    this.steering = new Steering(this.pace, {
      canHold: () => this.loader !== undefined,
      set: (order) => setControl(this.controls(), order.set, order.value),
      reset: () => this.reset(),
      end: (state) => this.end(state),
      changed: () => this.output.changed(),
    });
  }

  /** Every change of a control and every command, with the number of steps that were done before it. */
  get events(): readonly RunEvent[] {
    return this.steering.events;
  }

  /**
   * The batches of the loader, once for each epoch, as they come. Between two of them the run obeys the panel: it waits while it
   * is paused, and ends when it is stopped.
   * @param options.epochs how often the loader is gone through; default 1
   * @throws TypeError if the loader cannot be gone through; RangeError if epochs is no whole number >= 0
   */
  batches<B extends readonly Tensor[]>(
    loader: AsyncIterable<B> | Iterable<B>,
    options: { epochs?: number } = {},
  ): AsyncGenerator<B, void, undefined> {
    checkOptions("batches", options, { epochs: true }, arguments, 1);
    const { epochs } = options;
    checkBatches("loader", loader, "batches");
    if (epochs !== undefined && !(Number.isInteger(epochs) && epochs >= 0))
      throw new RangeError(`batches: epochs must be a whole number >= 0, got ${show(epochs)}. Leave it out for one.`);
    return this.throughEpochs(loader, epochs);
  }

  /**
   * Says that a step is done. Numbers are taken as they are; tensors are read when they are there, and nobody waits for them.
   * @param values.loss     one number, or a tensor with one
   * @param values.accuracy the share of right answers in the batch, 0..1; default none
   * @throws DataError if it is none
   */
  step(values: { loss: number | Tensor; accuracy?: number | Tensor }): void {
    checkOptions("step", values, { loss: true, accuracy: true }, arguments, 0);
    const { loss, accuracy } = values;
    const read = [readNumber("loss", loss), accuracy === undefined ? undefined : readNumber("accuracy", accuracy)];
    this.start();
    const step = ++this.pace.step;
    const lr = this.rateNow();
    const record = ([lossNow, accuracyNow]: readonly (number | undefined)[]): void => {
      this.curves.step(step, {
        ...(lossNow === undefined ? {} : { loss: lossNow }),
        ...(accuracyNow === undefined ? {} : { accuracy: accuracyNow }),
      });
      if (lossNow !== undefined) this.observer.warnings.loss(step, lossNow, this.curves.loss, lr);
    };
    if (read.some((each) => each instanceof Promise)) void Promise.all(read).then(record);
    else record(read as (number | undefined)[]);
    if (lr !== undefined) this.curves.rate(step, lr);
    this.observer.layers.after(step);
    if (!this.loader) this.betweenSteps();
    this.output.changed();
  }

  /** Ends the run before its cell does. */
  done(): void {
    this.end("done");
  }

  /** The panel as it is now. */
  [DISPLAY](): MimeBundle {
    return this.bundle();
  }

  /** @internal */
  get isStopped(): boolean {
    return this.steering.state === "stopped";
  }

  /** @internal */
  get isEnded(): boolean {
    return this.steering.isOver;
  }

  /** @internal */
  failed(): void {
    this.end("failed");
  }

  /** @internal A run of `fit`, which validates by itself. */
  begin(epochs: number): void {
    this.isOfFit = true;
    this.pace.epochs = epochs;
    this.start();
  }

  /** The run begins, or goes on in another cell. */
  private start(): void {
    const cell = notebook()?.cell;
    if (this.hasBegun && (!this.steering.isOver || cell === this.cell)) return;
    this.hasBegun = true;
    this.cell = cell;
    this.ended = undefined;
    this.steering.begin();
    inspected.keep(this, KEPT);
    // A run of `fit` says itself that it is done: a cell that ends before has not waited for it.
    notebook()?.onCellEnd?.((failed) => this.end(failed || this.isOfFit ? "failed" : "done"));
    // Its panel is gone from the page, so that nobody could end a pause.
    notebook()?.onCellReplaced?.(() => void this.steering.give({ command: "stop" }));
    this.output.changed();
  }

  /** @internal */
  async *epoch(loader: Batches, signal?: AbortSignal): AsyncGenerator<readonly Tensor[], void, undefined> {
    this.start();
    if (this.steering.isOver) return;
    this.loader = loader;
    await this.observer.prepare(loader);
    // A run that has paused at the end of an epoch stays there until it goes on.
    if (!(await this.goesOn(signal))) return;
    this.pace.beginEpoch(loader);
    const batches =
      Symbol.asyncIterator in loader
        ? loader[Symbol.asyncIterator]()
        : (loader as Iterable<readonly Tensor[]>)[Symbol.iterator]();
    let isThrough = false;
    try {
      while (await this.goesOn(signal)) {
        const next = (await batches.next()) as IteratorResult<readonly Tensor[], unknown>;
        if (next.done) {
          isThrough = true;
          return;
        }
        const batch = next.value;
        this.observer.saw(batch);
        this.takeSnapshot();
        this.observer.layers.begin();
        this.pace.give(batch);
        yield batch;
      }
    } finally {
      if (!isThrough) await batches.return?.();
    }
  }

  /** @internal */
  epochEnded({ validationLoss: loss, validationAccuracy: accuracy }: EpochInfo): void {
    this.curves.validated(this.pace.step, { loss, accuracy });
    this.turnPage();
  }

  /** @internal Obeys between two steps; at once while it is paused. @returns the panel then */
  async control(order: Order): Promise<TrainingMark> {
    await this.steering.give(order);
    return this.panel();
  }

  /** @internal The view as it is now, with one frame; of a run that is over, all of it. */
  look(): { view: View; bundle?: MimeBundle } {
    if (this.ended) return { view: this.view(true), bundle: this.ended };
    this.observer.want();
    return { view: this.view(false) };
  }

  private async *throughEpochs<B extends readonly Tensor[]>(
    loader: AsyncIterable<B> | Iterable<B>,
    epochs: number | undefined,
  ): AsyncGenerator<B, void, undefined> {
    if (epochs !== undefined) this.pace.epochs = this.pace.epochsDone + epochs;
    for (let epoch = 0; epoch < (epochs ?? 1); epoch++) {
      yield* this.epoch(loader) as AsyncGenerator<B, void, undefined>;
      if (this.steering.isOver) return;
      await this.validate();
      this.turnPage();
    }
  }

  /** Obeys what was ordered, and waits while the run is paused. @returns whether there is a next step */
  private async goesOn(signal: AbortSignal | undefined): Promise<boolean> {
    await yieldToEventLoop();
    this.steering.betweenSteps();
    await this.steering.whilePaused(signal);
    if (this.steering.isOver || signal?.aborted) return false;
    if (!this.isOfFit && this.observer.isValidationDue(this.pace.seconds)) await this.validate();
    this.observer.lookForDead(this.pace.step, this.pace.seconds);
    return true;
  }

  /** What `goesOn` does, where no batches say that a step begins. */
  private betweenSteps(): void {
    void this.observer.prepare();
    this.steering.betweenSteps();
    this.observer.lookForDead(this.pace.step, this.pace.seconds);
    this.takeSnapshot();
  }

  private turnPage(): void {
    this.pace.endEpoch();
    this.steering.epochEnds(this.pace.epochs !== undefined && this.pace.epochsDone >= this.pace.epochs);
    this.output.changed();
  }

  private async validate(): Promise<void> {
    const found = await this.observer.validate(this.pace.step, this.pace.seconds);
    if (found) this.curves.validated(this.pace.step, found);
  }

  private reset(): void {
    this.beginning.restore();
    for (const optimizer of this.settings.optimizers) optimizer.forget?.();
    this.curves.restart();
    this.observer.restart();
    this.frame = undefined;
  }

  private end(state: RunState): void {
    if (!this.hasBegun || this.steering.isOver) return;
    try {
      this.takeSnapshot(true);
    } catch {
      // A cell that was stopped computes no more: the last frame stays.
    }
    this.steering.end(state);
    this.curves.end();
    this.ended = viewBundle(this.view(true));
    this.output.done(true);
    this.steering.close();
  }

  private controls(): ReturnType<typeof controlsOf> {
    return controlsOf(this.settings.optimizers, this.loader, this.drawing);
  }

  private rateNow(): number | undefined {
    const lr = (this.settings.optimizers[0]?.paramGroups?.[0] as { lr?: unknown } | undefined)?.lr;
    return typeof lr === "number" ? lr : undefined;
  }

  private takeSnapshot(isLast = false): void {
    const { step } = this.pace;
    if (!isLast && !this.snapshots.isDue(step, this.pace.steps)) return;
    this.observer.layers.want();
    if (isLast) this.frame = undefined;
    this.snapshots.take(step, () => this.frameNow(isLast));
  }

  /** The parts of the present step; those of an earlier one where they have to be waited for. */
  private frameNow(exact = false): FrameMark[] | undefined {
    const { step } = this.pace;
    if (this.frame?.step !== step) {
      const parts = this.observer.parts(step, exact);
      // Before anything is known to look at there is nothing, and soon there is.
      const keep = (marks: FrameMark[]): void => void (marks.length > 0 && (this.frame = { step, marks }));
      if (parts instanceof Promise) void parts.then(keep);
      else keep(parts);
    }
    return this.frame?.marks;
  }

  /** Of a run that goes on, the static picture has the curves alone: to paint the rest takes as long as ten steps. */
  private bundle(): MimeBundle {
    if (this.ended) return this.ended;
    this.observer.want();
    const view = this.view(false);
    const marks = view.marks.filter(({ mark }) => mark !== "frames");
    return { ...viewBundle({ ...view, marks }), [RECEPTIVE_MIME]: view };
  }

  private view(isWhole: boolean): View {
    const { fields } = this.settings;
    const frames = isWhole ? this.snapshots.mark() : this.liveFrame();
    const { rows, step } = this.observer.layers;
    const dead = this.observer.dead;
    const hasTable = this.observer.hasLayers && rows.length + dead.length > 0;
    const id = this.steering.isOver ? undefined : inspected.idOf(this);
    return {
      ...fields,
      marks: [
        this.panel(),
        ...this.curves.marks(this.events),
        ...(frames ? [frames] : []),
        ...(hasTable ? [layersTable(rows, step, dead)] : []),
      ],
      ...(id === undefined ? {} : { inspect: id, live: true }),
    };
  }

  private liveFrame(): ReturnType<Snapshots["mark"]> {
    const marks = this.hasBegun ? this.frameNow() : undefined;
    return marks && marks.length > 0 ? frameMark(this.frame?.step ?? 0, marks) : undefined;
  }

  private panel(): TrainingMark {
    const { pace, steering, curves } = this;
    const { warnings } = this.observer;
    return panelMark({ pace, steering, curves, warnings, controls: () => carried(this.controls()) });
  }
}

/** @throws DataError unless it is a number or a tensor with one */
function readNumber(name: string, value: unknown): number | Promise<number> {
  if (typeof value === "number") return value;
  if (!isTensor(value) || value.numel() !== 1)
    throw new DataError(
      `step: ${name} must be a number or a tensor with one, got ${show(value)}. Write run.step({ ${name} }) with what the criterion gives.`,
    );
  const read = getDevice(value.device).read(value.storage.memory);
  return read instanceof Promise ? read.then(([number]) => number) : read[0];
}
