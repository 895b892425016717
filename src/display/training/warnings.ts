/** What goes wrong in a training, in words, with the likely cause and a way out. Each is said once. */
import { drawnNumber } from "../../marks";
import type { DeadUnits } from "./glance";
import type { GrowingLine } from "./line";
import type { LayerRow } from "./layers";

export interface Warning {
  step: number;
  text: string;
}

/** Steps that a loss has to fall in, and by which part of itself. */
const [PATIENCE, FALL] = [300, 0.01];
/** How many times what it was at first a loss is when the training has run away. */
const RISEN = 5;
/** How many times smaller than those of another layer the gradients of one are when they have vanished, a number each on average. */
const VANISHED = 1e-5;
/** The update of a step in proportion to the weights from which on a layer is thrown about. Good training has about 0.001. */
const EXPLODED = 1;
/** The part of a layer's units that must be dead to be worth a word. */
const MANY_DEAD = 0.9;

export class Warnings {
  readonly all: Warning[] = [];
  private readonly said = new Set<string>();
  /** The moving average of the loss at first, and at which step it counts as such. */
  private first: { step: number; loss: number } | undefined;
  private suspects = new Map<string, number>();

  /** After a reset what was warned of is over, and all can happen again. */
  restart(): void {
    this.all.length = 0;
    this.said.clear();
    this.suspects.clear();
    this.first = undefined;
  }

  say(step: number, kind: string, text: string): void {
    if (this.said.has(kind)) return;
    this.said.add(kind);
    this.all.push({ step, text });
  }

  /** A step is done with this loss. @param lr of the first group of parameters */
  loss(step: number, value: number, average: GrowingLine, lr: number | undefined): void {
    const rate = lr === undefined ? "the learning rate" : `the learning rate ${drawnNumber(lr)}`;
    if (!Number.isFinite(value)) {
      const next =
        "Lower it and reset the weights; if it stays, look for a division by 0, a log of 0 or a NaN in the inputs.";
      this.say(step, "loss", `The loss is ${drawnNumber(value)}. Most likely ${rate} is too high. ${next}`);
      return;
    }
    const now = average.latest ?? value;
    if (
      this.first &&
      this.isRepeated("risen", step > this.first.step + 10 && value > RISEN * Math.abs(this.first.loss))
    )
      this.say(
        step,
        "risen",
        `The loss has risen from ${drawnNumber(this.first.loss)} to ${drawnNumber(value)}. Most likely ${rate} is too high. Lower it and reset the weights.`,
      );
    this.first ??= { step, loss: value };
    const { first } = this;
    // The mean of the first steps is what the loss was before anything was learnt.
    if (step - first.step < 10) first.loss = now;
    if (step - first.step === PATIENCE && now > first.loss - FALL * Math.abs(first.loss)) {
      const text = `The loss has not fallen in ${PATIENCE} steps: ${drawnNumber(first.loss)} at first, ${drawnNumber(now)} now.`;
      const rises = now > first.loss * (1 + FALL);
      const cause = rises
        ? `Most likely ${rate} is too high.`
        : `Either ${rate} is too low or too high, or the targets do not fit the inputs.`;
      this.say(step, "not falling", `${text} ${cause} Try another one here, and look at a batch with show.images.`);
    }
  }

  layers(step: number, rows: readonly LayerRow[]): void {
    for (const { layer, gradient, update } of rows) {
      if (gradient !== undefined && !Number.isFinite(gradient))
        this.say(
          step,
          "gradient",
          `The gradients of ${layer} are ${drawnNumber(gradient)}: they explode. Lower the learning rate, or clip them: nn.utils.clipGradNorm.`,
        );
      else if (this.isRepeated(`explodes ${layer}`, update > EXPLODED))
        this.say(
          step,
          `explodes ${layer}`,
          `One step changes ${layer} by ${drawnNumber(update)} times its size. The learning rate is too high; in good training one step changes about a thousandth.`,
        );
    }
    if (this.isRepeated("still", rows.length > 0 && rows.every(({ update }) => update === 0))) {
      this.say(step, "still", `The weights do not change. ${whyStill(rows)}`);
    }
    const mean = ({ gradient = 0, count }: LayerRow): number => gradient / Math.sqrt(Math.max(1, count));
    const largest = rows.reduce<LayerRow | undefined>(
      (most, row) => (!most || mean(row) > mean(most) ? row : most),
      undefined,
    );
    if (!largest || !Number.isFinite(mean(largest)) || mean(largest) === 0) return;
    for (const row of rows)
      if (
        this.isRepeated(`vanishes ${row.layer}`, row.gradient !== undefined && mean(row) < VANISHED * mean(largest))
      ) {
        const times =
          row.gradient === 0
            ? "0"
            : `${drawnNumber(mean(largest) / mean(row))} times smaller than those of ${largest.layer}`;
        this.say(
          step,
          "vanishes",
          `The gradients of ${row.layer} are ${times}: they vanish on their way back. Saturated or dead activations, or too many layers, are the usual causes; try ReLU, batch norm or shortcuts.`,
        );
      }
  }

  dead(step: number, layers: readonly DeadUnits[], inputs: number): void {
    for (const { layer, dead, units } of layers)
      if (this.isRepeated(`dead ${layer}`, dead >= MANY_DEAD * units))
        this.say(
          step,
          `dead ${layer}`,
          `${dead} of ${units} units of ${layer} answer 0 to all of ${inputs} inputs: the layer is dead. Most likely a learning rate that was too high; lower it and reset the weights.`,
        );
  }

  /** Whether it holds for the second time running: once may be chance. */
  private isRepeated(kind: string, holds: boolean): boolean {
    const times = holds ? (this.suspects.get(kind) ?? 0) + 1 : 0;
    this.suspects.set(kind, times);
    return times >= 2;
  }
}

/** Why no weight changes. */
function whyStill(rows: readonly LayerRow[]): string {
  if (rows.some(({ gradient }) => (gradient ?? 0) > 0))
    return "The optimizer has other parameters, or its learning rate is 0: make it with net.parameters() of this network.";
  return rows.some(({ gradient }) => gradient === 0)
    ? "Their gradients are all 0: most likely a step that was too large has left a layer whose units answer 0 to everything. Lower the learning rate and reset the weights."
    : "No gradient reaches them: is loss.backward() called, and is the loss computed from the network's output?";
}
