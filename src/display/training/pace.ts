/** How far a run of training is, how fast it goes and how long the rest takes; pauses do not count. */
import type { Tensor } from "../../tensor/tensor";
import type { Batches } from "../../train/batches";

/** Seconds over which the throughput is measured. */
const SPAN = 3;
/** Seconds between two readings of it. */
const READING = 0.1;
/** Seconds in which the first steps are compiled: their pace says nothing about the rest. */
const WARM = 1;

/** What a loader says of its length. */
interface Sized {
  /** Batches of an epoch. */
  length?: unknown;
  batchSize?: unknown;
  dropLast?: unknown;
  dataset?: { length?: unknown };
}

export class Pace {
  /** Steps that are done. */
  step = 0;
  /** The epoch under way, counted from 0, and how many there will be. */
  epoch = 0;
  epochs: number | undefined;
  /** Batches and inputs of the epoch under way that were handed out. */
  batch = 0;
  private items = 0;
  /** Whether that epoch is over and the next has not begun. */
  private isTurned = false;
  private loader: Sized | undefined;
  private inputs = 0;
  private stepsBefore = 0;
  private ran = 0;
  private since: number | undefined;
  private readings: [seconds: number, inputs: number][] = [];
  /** When it was warm, and the steps that were done then. */
  private warm: { seconds: number; step: number } | undefined;

  /** @param clock milliseconds */
  constructor(private readonly clock: () => number = () => performance.now()) {}

  run(): void {
    this.since ??= this.clock();
  }
  pause(): void {
    this.ran = this.seconds * 1000;
    this.since = undefined;
    this.readings = [];
  }

  /** Seconds that it has run. */
  get seconds(): number {
    return (this.ran + (this.since === undefined ? 0 : this.clock() - this.since)) / 1000;
  }

  /** The epoch under way is over. */
  endEpoch(): void {
    this.isTurned = true;
  }

  /** Epochs that are over. */
  get epochsDone(): number {
    return this.epoch + (this.isTurned ? 1 : 0);
  }

  beginEpoch(loader: Batches): void {
    this.epoch = this.epochsDone;
    this.isTurned = false;
    this.loader = loader as Sized;
    this.batch = 0;
    this.items = 0;
    this.stepsBefore = this.step;
  }

  /** A batch is handed out. */
  give(batch: readonly Tensor[]): void {
    this.batch++;
    const size = (batch as readonly (Tensor | undefined)[])[0]?.shape?.[0] ?? 0;
    this.items += size;
    this.inputs += size;
    const { seconds, step } = this;
    if (seconds >= WARM) this.warm ??= { seconds, step };
    const last = this.readings.at(-1);
    if (last && seconds - last[0] < READING) return;
    this.readings.push([seconds, this.inputs]);
    while (this.readings.length > 2 && seconds - this.readings[1][0] > SPAN) this.readings.shift();
  }

  /** Inputs a second in the last seconds; undefined before there are two readings. */
  get rate(): number | undefined {
    const [first, last] = [this.readings[0], this.readings.at(-1)];
    if (!last || last === first) return undefined;
    return (last[1] - first[1]) / (last[0] - first[0]);
  }

  /** Batches of the epoch under way, of which some may have had another size; undefined if the loader does not say. */
  get batches(): number | undefined {
    const rest = this.rest();
    return rest === undefined ? undefined : this.batch + rest;
  }

  /** Steps of all epochs; undefined if that is not known. */
  get steps(): number | undefined {
    const { batches, epochs, loader } = this;
    if (batches === undefined || epochs === undefined) return undefined;
    const later = Math.max(0, epochs - this.epoch - 1);
    return this.stepsBefore + batches + later * Number(loader?.length);
  }

  /**
   * Seconds that the rest takes at the pace so far: of all epochs, or of this one if their number is not known. Undefined until
   * the pace is known.
   */
  get left(): number | undefined {
    const { steps, batches, warm } = this;
    const rest = steps !== undefined ? steps - this.step : batches !== undefined ? batches - this.batch : undefined;
    if (rest === undefined || !warm || this.step === warm.step) return undefined;
    return ((this.seconds - warm.seconds) / (this.step - warm.step)) * Math.max(0, rest);
  }

  /** Batches of this epoch that are still to come. */
  private rest(): number | undefined {
    const { length, batchSize, dropLast, dataset } = this.loader ?? {};
    if (typeof dataset?.length === "number" && typeof batchSize === "number") {
      const batches = (dataset.length - this.items) / batchSize;
      return Math.max(0, dropLast === true ? Math.floor(batches) : Math.ceil(batches));
    }
    return typeof length === "number" ? Math.max(0, length - this.batch) : undefined;
  }
}
