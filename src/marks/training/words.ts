/** A run of training in words, which picture and page share. */
import { drawnNumber, formatNumber, typeset } from "../kit/numbers";
import { durationText } from "../../text/duration";
import type { Control, Notice, RunState, TrainingMark } from "./payload";

export const stateWords: Record<RunState, string> = {
  running: "Running",
  paused: "Paused",
  done: "Done",
  stopped: "Stopped",
  failed: "Ended by an error or an interrupt",
};

const whole = (value: number): string => typeset(String(value));

/** "step 412 of 3,750 · epoch 2 of 5, batch 37 of 750". */
export function placeWords({ step, steps, epoch, epochs, batch, batches }: TrainingMark): string {
  const of = (all: number | undefined): string => (all === undefined ? "" : ` of ${whole(all)}`);
  return `step ${whole(step)}${of(steps)} · epoch ${whole(epoch + 1)}${of(epochs)}, batch ${whole(batch)}${of(batches)}`;
}

/** "1,240 inputs/s · ran 12 s · 1 min 40 s left"; what is left is of no interest when the run is over. */
export function paceWords({ state, rate, seconds, left, steps }: TrainingMark): string {
  const goesOn = state === "running" || state === "paused";
  return [
    rate === undefined ? "" : `${rate >= 100 ? whole(Math.round(rate)) : drawnNumber(rate)} inputs/s`,
    `ran ${durationText(1000 * seconds)}`,
    goesOn && left !== undefined
      ? `${durationText(1000 * left)} left${steps === undefined ? " in this epoch" : ""}`
      : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

/** How much of the run and of the epoch under way is done, 0 to 1; undefined where nobody knows how long it is. */
export function progressOf(mark: TrainingMark): { run: number | undefined; epoch: number | undefined } {
  const { state, step, steps, epoch, epochs, batch, batches } = mark;
  const share = (done: number, all: number | undefined): number | undefined =>
    all === undefined ? undefined : Math.min(done / all, 1);
  // The epoch after the last one has not begun.
  const ofEpoch = state === "done" ? 1 : share(batch, batches);
  if (state === "done") return { run: 1, epoch: 1 };
  return {
    run: share(step, steps) ?? (epochs === undefined ? undefined : share(epoch + (ofEpoch ?? 0), epochs)),
    epoch: ofEpoch,
  };
}

/** "15 %": rounded down, so that 100 % is the end. */
export const percentWords = (share: number): string => `${Math.floor(100 * share + 1e-9)} %`;

/** "learning rate 0.01", "draw every 220 ms". */
export const controlWords = ({ label, value, unit }: Control): string =>
  [label, drawnNumber(value), unit ?? ""].filter(Boolean).join(" ");

/** "step 120: learning rate 0.1 → 0.01". */
export const noticeWords = ({ step, text }: Notice): string => `step ${whole(step)}: ${text}`;

/** The run as lines of plain text. */
export function trainingText(mark: TrainingMark): string[] {
  const { title, subtitle, state, figures, controls, warnings, events } = mark;
  return [
    title ?? "",
    subtitle ?? "",
    `${stateWords[state]} · ${placeWords(mark)}`,
    paceWords(mark),
    figures.map(({ name, value }) => `${name} ${formatNumber(value)}`).join(", "),
    controls.map(controlWords).join(", "),
    ...warnings.map((warning) => `Warning at ${noticeWords(warning)}`),
    ...events.map(noticeWords),
  ].filter(Boolean);
}

/** "3 changes, the last at step 1,412: paused". */
export function eventsSummary(events: readonly Notice[]): string {
  const last = events[events.length - 1];
  if (!last) return "";
  return `${events.length} change${events.length === 1 ? "" : "s"}, the last at ${noticeWords(last)}`;
}
