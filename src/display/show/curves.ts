import { show, wrongKind } from "../../arguments";
import { DataError } from "../../errors";
import { formatNumber, type ChartLine, type ChartMark, type View } from "../../marks";
import { checkOptions, type OptionNames } from "../../options";
import type { EpochInfo } from "../../train/history";
import { Picture } from "../picture";
import { MOST_POINTS, packed, thin } from "../series";
import { viewFields, viewOptionNames, type ViewOptions } from "../viewOptions";
import type { Samples } from "./samples";

/** What `fit` gives back, or an object like it from a file. */
export interface Run {
  /** The loss of every step. */
  readonly steps: readonly number[];
  /** The learning rate of every step. */
  readonly lr?: readonly number[];
  readonly epochs?: readonly (Omit<EpochInfo, "step"> & { step?: number })[];
}

export interface CurvesOptions extends ViewOptions {
  /** Weight of the past in the moving average at first, 0 (none) to below 1; default 0.6 from 50 steps on. */
  smoothing?: number;
  /** Whether the loss has a logarithmic axis at first; default false. */
  log?: boolean;
}
const optionNames: OptionNames<CurvesOptions> = { smoothing: true, log: true, ...viewOptionNames };

/** Steps from which on single ones are noise around the curve. */
const MANY_STEPS = 50;
/** Points of all lines together. */
const ALL_POINTS = 6000;
/** Ends of an axis of accuracies. */
const SHARES: [number, number] = [0, 1];
/** CSS pixels of a chart below the loss. */
const LOW = 220;

/**
 * The curves of a training: loss, accuracy (axis at the right, 0 to 1) and, where it changes, the learning rate, over the
 * steps; training as solid, validation as dashed lines. Several runs lie in one chart, a colour each. The reader sets how
 * smooth the loss is and whether its axis is logarithmic.
 * @param history what `fit` gave, or several by name: `{ "lr 0.1": a, "lr 0.01": b }`
 * @throws TypeError if it is no history; DataError if smoothing is out of range
 * @see Kingma & Ba 2014, arXiv:1412.6980, section 3 (the average without bias); TensorBoard's smoothing
 * @example show.curves(history)
 */
export function curves(history: Run | Readonly<Record<string, Run>>, options: CurvesOptions = {}): Picture {
  checkOptions("show.curves", options, optionNames, arguments, 1);
  const { smoothing, log = false } = options;
  if (smoothing !== undefined && !(typeof smoothing === "number" && smoothing >= 0 && smoothing <= 0.99))
    throw new DataError(`show.curves: smoothing must be from 0 to 0.99, got ${show(smoothing)}. 0.9 is very smooth.`);
  if (typeof log !== "boolean")
    throw wrongKind("show.curves", "log", "true or false", log, "Leave it out for a linear axis.");
  const fields = viewFields("show.curves", options, "Training");
  const runs = runsOf(history);
  return new Picture(() => Promise.resolve(curvesView(fields, runs, smoothing, log)));
}

function runsOf(given: unknown): [name: string, run: Run][] {
  const refuse = (name: string, value: unknown): TypeError =>
    wrongKind("show.curves", name, "what fit() gives", value, "Write show.curves(await fit(net, loader, { ... })).");
  if (typeof given !== "object" || given === null) throw refuse("history", given);
  const runs: [string, unknown][] = "steps" in given && isNumbers(given.steps) ? [["", given]] : Object.entries(given);
  if (runs.length === 0) throw refuse("history", given);
  return runs.map(([name, run]) => {
    const { steps, lr = [], epochs = [] } = (run ?? {}) as Partial<Run>;
    const isRun = isNumbers(steps) && isNumbers(lr) && Array.isArray(epochs);
    if (!isRun || !epochs.every((epoch) => typeof epoch === "object" && epoch !== null))
      throw refuse(name || "history", run);
    return [name, { steps, lr, epochs }];
  });
}

const isNumbers = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((each) => typeof each === "number");

/** The curves of some runs. */
function curvesView(
  fields: Pick<View, "version" | "title" | "size">,
  runs: readonly (readonly [name: string, run: Run])[],
  smoothing: number | undefined,
  logY: boolean,
): View {
  const isMany = runs.length > 1;
  const isNoisy = runs.some(([, { steps }]) => steps.length >= MANY_STEPS);
  const chart: Omit<ChartMark, "y" | "lines"> = { mark: "chart", x: "step" };
  const loss = linesOf(runs, [
    ["training loss", "solid", ({ steps }) => steps.map((value, step) => [step, value])],
    ["validation loss", "dash", (run) => perEpoch(run, "validationLoss")],
  ]);
  const accuracy = linesOf(runs, [
    ["training accuracy", "solid", (run) => perEpoch(run, "accuracy")],
    ["validation accuracy", "dash", (run) => perEpoch(run, "validationAccuracy")],
  ]);
  const lr = linesOf(runs, [["learning rate", "solid", ({ lr = [] }) => lr.map((value, step) => [step, value])]]);
  const first = { ...chart, y: "loss", smoothing: smoothing ?? (isNoisy ? 0.6 : 0), logY };
  // One run has its accuracies beside its losses, in other colours.
  const onRight = accuracy.map((line): ChartLine => ({ ...line, colour: line.colour + 2, right: true }));
  const together: Pick<ChartMark, "y2" | "range2" | "lines"> =
    isMany || accuracy.length === 0
      ? { lines: loss }
      : { y2: "accuracy", range2: SHARES, lines: [...loss, ...onRight] };
  const marks: ChartMark[] = [{ ...first, ...together }];
  if (isMany && accuracy.length > 0)
    marks.push({ ...chart, y: "accuracy", range: SHARES, height: LOW + 40, lines: accuracy });
  if (lr.some(({ y }) => y.some((value) => value !== lr[0].y[0])))
    marks.push({ ...chart, y: "learning rate", height: LOW, lines: lr });
  return { ...fields, subtitle: isMany ? `${runs.length} runs` : subtitleOf(runs[0][1]), marks };
}

type Point = readonly [step: number, value: number];
type Measure = readonly [name: string, look: "solid" | "dash", points: (run: Run) => Point[]];

/** The lines of measures that some run has: of one run a colour a measure, of several a colour a run. */
function linesOf(runs: readonly (readonly [string, Run])[], measures: readonly Measure[]): ChartLine[] {
  const most = Math.max(100, Math.min(MOST_POINTS, Math.floor(ALL_POINTS / runs.length / measures.length)));
  return runs.flatMap(([run, history], r) =>
    measures.flatMap(([measure, look, pointsOf], m): ChartLine[] => {
      const points = pointsOf(history);
      if (points.length === 0) return [];
      // The axis says whether it is a loss or an accuracy.
      const name = run ? `${run}, ${measure.replace(/ (loss|accuracy)$/, "")}` : measure;
      const line = { name, x: points.map(([step]) => step), y: points.map(([, value]) => value) };
      return [
        {
          ...packed(thin(line, most)),
          colour: run ? r : m,
          ...(points.length > most ? { points: points.length } : {}),
          ...(look === "dash" ? { dash: look } : {}),
          ...(measure === "training loss" ? {} : { raw: true }),
        },
      ];
    }),
  );
}

/** A number of each epoch, at its last step. */
function perEpoch({ steps, epochs = [] }: Run, name: "accuracy" | "validationLoss" | "validationAccuracy"): Point[] {
  return epochs.flatMap((epoch, i) => {
    const step = epoch.step ?? Math.round(((i + 1) * steps.length) / epochs.length) - 1;
    const value = epoch[name];
    return value === undefined ? [] : [[step, value] as const];
  });
}

/** "600 steps, 2 epochs · learning rate 0.01 · best validation accuracy 0.91 (epoch 1)". */
function subtitleOf({ steps, lr = [], epochs = [] }: Run): string {
  const counted = (count: number, noun: string): string =>
    `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
  const best = epochs.reduce<number | undefined>((most, { validationAccuracy: value }, i) => {
    if (value === undefined) return most;
    return most === undefined || value > (epochs[most].validationAccuracy ?? 0) ? i : most;
  }, undefined);
  const isSteady = lr.length > 0 && lr.every((value) => value === lr[0]);
  return [
    `${counted(steps.length, "step")}, ${counted(epochs.length, "epoch")}`,
    isSteady ? `learning rate ${formatNumber(lr[0])}` : "",
    best === undefined
      ? ""
      : `best validation accuracy ${formatNumber(epochs[best].validationAccuracy ?? NaN)} (epoch ${epochs[best].epoch})`,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** A run of `epochs` epochs of 40 steps that comes down to `floor`. */
const run = (epochs: number, floor: number, validated = true, gamma = 1): Run => {
  const steps = Array.from({ length: 40 * epochs }, (_, i) => {
    const noise = 0.25 * Math.sin(i * 12.9898) * Math.exp(-i / 200);
    return floor + 2.3 * Math.exp(-i / 60) + noise;
  });
  return {
    steps,
    lr: steps.map((_, i) => 0.1 * gamma ** Math.floor(i / 40)),
    epochs: Array.from({ length: epochs }, (_, epoch) => {
      const loss = floor + 2.1 * Math.exp(-(epoch + 1) / 1.6);
      const accuracy = 0.97 - 0.3 * loss;
      const validation = { validationLoss: loss + 0.05 * epoch, validationAccuracy: accuracy - 0.02 * epoch };
      return { epoch, step: 40 * (epoch + 1) - 1, loss, accuracy, ...(validated ? validation : {}) };
    }),
  };
};

export const samples: Samples = {
  "one run": () => curves(run(6, 0.2)),
  "a learning rate that falls, without validation": () => curves(run(4, 0.4, false, 0.5), { log: true }),
  "three runs": () =>
    curves({ "batch 16": run(6, 0.2), "batch 64": run(5, 0.35), "batch 256": run(6, 0.6) }, { smoothing: 0.9 }),
  "a run of two steps, one of them not a number": () => curves({ steps: [2.3, NaN], lr: [], epochs: [] }),
  "before the first step": () => curves({ steps: [] }),
};
