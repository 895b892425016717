/** What a run sees of its network besides the numbers that it is told: parts to look at, dead units, gradients, validation. */
import { checkpoint } from "../../notebook";
import { isTensor } from "../../arguments";
import type { Inputs } from "../../data/inputs";
import type { FrameMark } from "../../marks";
import type { Module } from "../../nn/module";
import type { Tensor } from "../../tensor/tensor";
import type { Batches } from "../../train/batches";
import type { TrainingView } from "../../train/watch";
import { classesIn } from "../classNames";
import { quietly } from "../inspect/quietly";
import { firstOf, Glance, type DeadUnits } from "./glance";
import { heldOf, type Held } from "./held";
import { LayerMonitor } from "./layers";
import { validate, type Criterion } from "./validate";
import { Warnings } from "./warnings";

export interface Observed {
  criterion?: Criterion | undefined;
  validation?: Inputs | Batches | undefined;
  /** [C,H,W] or [1,C,H,W]; default the first validation image, or the first that is trained on. */
  image?: Tensor | undefined;
  classes?: readonly string[] | undefined;
  views: readonly TrainingView[];
}

/** Validation inputs that are looked at, and those of them in which dead units are looked for. */
const [HELD, PROBED] = [256, 64];
/** Seconds between two looks at the validation data, and between two for dead units. */
const [VALIDATED, DEAD] = [5, 2];
/** Of the time, the part that looking at the validation data within an epoch may cost. */
const SHARE = 0.01;

export class Observer {
  readonly warnings = new Warnings();
  readonly layers: LayerMonitor;
  dead: DeadUnits[] = [];
  private held: Held | undefined;
  /** The first batch of the training. */
  private trained: Held | undefined;
  private glance: Glance | undefined;
  private isPrepared = false;
  private loader: unknown;
  private validatedAt = 0;
  private validationCost = 0;
  private probedAt = -Infinity;
  /** Whether somebody looks. */
  private isWanted = true;
  /** Whether the network could not be run on its own, or not be judged. */
  private isBlind = false;
  private isUnjudged = false;

  constructor(
    private readonly net: Module,
    private readonly observed: Observed,
  ) {
    this.layers = new LayerMonitor(net, (rows) => this.warnings.layers(this.layers.step, rows));
  }

  get hasLayers(): boolean {
    return this.observed.views.includes("layers");
  }

  /** Somebody is about to look: what is measured in steps is measured in the next one. */
  want(): void {
    this.isWanted = true;
    this.layers.want();
  }

  /** Reads the part of the validation data that is looked at. @param loader absent if no batches will be seen */
  async prepare(loader?: Batches): Promise<void> {
    this.loader = loader;
    if (this.isPrepared) return;
    this.isPrepared = true;
    const { validation } = this.observed;
    try {
      if (validation !== undefined) this.held = await heldOf("show.training", validation, HELD);
    } catch (error) {
      this.cannotValidate(0, error);
    }
    if (this.held || this.observed.image || !loader) this.open();
  }

  /** A batch of the training: without validation data it is looked at in their place. */
  saw(batch: readonly Tensor[]): void {
    if (this.glance || this.isBlind || !isTensor(batch[0])) return;
    const [inputs, targets] = batch.map((each) => (isTensor(each) ? each.detach() : each));
    // A copy: a loader may give the same memory again.
    const copy = (t: Tensor): Tensor => quietly(() => t.clone());
    const fits = isTensor(targets) && targets.shape[0] === inputs.shape[0];
    this.trained = firstOf(
      { inputs: copy(inputs), ...(fits ? { targets: copy(targets) } : {}), count: inputs.shape[0] },
      PROBED,
    );
    this.open();
  }

  /** What there is to see, or nothing if the network cannot be asked; then a warning says so. */
  parts(step: number, exact: boolean): FrameMark[] | Promise<FrameMark[]> {
    return (
      this.asked(step, () => {
        const parts = this.glance?.now(exact) ?? [];
        return parts instanceof Promise ? parts.catch(() => []) : parts;
      }) ?? []
    );
  }

  /** Looks for dead units, now and then, if somebody looks. */
  lookForDead(step: number, seconds: number): void {
    const sample = this.held ?? this.trained;
    if (!this.hasLayers || !this.glance || !sample || !this.isWanted || seconds - this.probedAt < DEAD) return;
    this.probedAt = seconds;
    this.isWanted = false;
    const { glance } = this;
    const { inputs, count } = firstOf(sample, PROBED);
    const found = this.asked(step, () => glance.dead(inputs));
    if (!found) return;
    this.dead = found;
    this.warnings.dead(step, found, count);
  }

  isValidationDue(seconds: number): boolean {
    const wait = Math.max(VALIDATED, this.validationCost / SHARE);
    return this.held?.targets !== undefined && !this.isUnjudged && seconds - this.validatedAt >= wait;
  }

  async validate(step: number, seconds: number): Promise<Awaited<ReturnType<typeof validate>> | undefined> {
    const { held } = this;
    this.validatedAt = seconds;
    if (!held?.targets || this.isUnjudged) return undefined;
    const begun = performance.now();
    try {
      return await validate(this.net, held, this.observed.criterion);
    } catch (error) {
      this.cannotValidate(step, error);
      return undefined;
    } finally {
      this.validationCost = (performance.now() - begun) / 1000;
    }
  }

  /** The weights are others. */
  restart(): void {
    this.layers.forget();
    this.warnings.restart();
    this.dead = [];
    this.probedAt = -Infinity;
  }

  private open(): void {
    const { views, classes, image, validation } = this.observed;
    const sample = this.held ?? this.trained;
    const first = image ?? sample?.inputs;
    this.glance = new Glance(this.net, {
      views,
      image: first && imageIn(first),
      held: this.held,
      classes: classes ?? classesIn(validation) ?? classesIn(this.loader),
    });
  }

  private asked<T>(step: number, body: () => T): T | undefined {
    if (this.isBlind) return undefined;
    try {
      return body();
    } catch (error) {
      this.fail(step, error);
      return undefined;
    }
  }

  /** @throws what stopped the cell, if it was stopped */
  private fail(step: number, error: unknown): void {
    checkpoint();
    this.isBlind = true;
    this.warnings.say(step, "blind", `The network cannot be shown: ${reasonOf(error)}`);
  }

  /** @throws what stopped the cell, if it was stopped */
  private cannotValidate(step: number, error: unknown): void {
    checkpoint();
    this.isUnjudged = true;
    this.warnings.say(step, "unjudged", `The network cannot be validated: ${reasonOf(error)}`);
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** One image [C,H,W] of a batch, or as it is; undefined if it is none. */
function imageIn(given: Tensor): Tensor | undefined {
  if (given.shape.length === 3) return given;
  if (given.shape.length !== 4 || given.shape[0] === 0) return undefined;
  return quietly(() => given.slice(0, 0, 1).reshape(...given.shape.slice(1)));
}
