/** The panel of a run: how far it is, its latest numbers, what steers it and what it warns of. */
import type { Control, TrainingMark } from "../../marks";
import { short } from "../series";
import type { Curves } from "./curves";
import { WINDOW } from "./line";
import type { Pace } from "./pace";
import type { Steering } from "./steering";
import type { Warnings } from "./warnings";

/** Events and warnings that the panel lists; a run's `events` has all. */
const [MOST_EVENTS, MOST_WARNINGS] = [100, 5];

/** What a panel tells of. */
export interface Paneled {
  pace: Pace;
  steering: Steering;
  curves: Curves;
  warnings: Warnings;
  /** As they are now. */
  controls: () => Control[];
}

export function panelMark({ pace, steering, curves, warnings, controls }: Paneled): TrainingMark {
  const { steps, epochs, batches, left, rate } = pace;
  const { state, isOver, commands, events } = steering;
  const figures: [name: string, value: number | undefined][] = [
    [`loss, mean of ${WINDOW} steps`, curves.loss.latest],
    [`accuracy, mean of ${WINDOW} steps`, curves.accuracy.latest],
    ["validation loss", curves.validationLoss.last],
    ["validation accuracy", curves.validationAccuracy.last],
  ];
  return {
    ...{ mark: "training", state, step: pace.step, epoch: pace.epoch, batch: pace.batch },
    ...(steps ? { steps } : {}),
    ...(epochs ? { epochs } : {}),
    ...(batches ? { batches } : {}),
    seconds: rounded(pace.seconds),
    ...(left === undefined || isOver ? {} : { left: rounded(left) }),
    ...(rate === undefined || isOver ? {} : { rate: rounded(rate) }),
    figures: figures.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value: short(value) }])),
    controls: isOver ? [] : controls(),
    commands,
    warnings: warnings.all.slice(-MOST_WARNINGS),
    events: events.slice(-MOST_EVENTS),
  };
}

const rounded = (value: number): number => Number(value.toPrecision(4));
