/** What a reader may set while a run goes on: settings of its optimizers, the loader's batch size, the cadence of drawing. */
import { show } from "../../arguments";
import { formatNumber, type Control } from "../../marks";
import type { RunControl } from "../../protocol";

/** What a run needs of an optimizer. Settings that are no number, or not there, cannot be set. */
export interface Steerable {
  step(): void;
  readonly paramGroups?: readonly object[];
  /** Forgets what is kept of the parameters. */
  forget?(): void;
}

interface Steered extends Control {
  set(value: number): void;
}
type Settings = Record<string, unknown>;

/** Inputs of a batch at most, unless it had more from the beginning. */
const MOST_INPUTS = 4096;
/** Milliseconds between two drawings: the page is not asked to draw more often, and nobody waits longer. */
export const [OFTEN, SELDOM] = [220, 10_000];

/** The controls as they are now. A setting is that of the first group of parameters, and is set in all groups. */
export function controlsOf(optimizers: readonly Steerable[], loader: unknown, drawing: { every: number }): Steered[] {
  const groups = optimizers.flatMap(({ paramGroups = [] }) => paramGroups as readonly Settings[]);
  const having = (name: string): Settings[] => groups.filter((group) => typeof group[name] === "number");
  const setting = (name: string, control: Omit<Steered, "value" | "set">): Steered[] => {
    const own = having(name);
    if (own.length === 0) return [];
    const value = own[0][name] as number;
    const set = (next: number): void => own.forEach((group) => (group[name] = next));
    return [reaching({ ...control, value, set })];
  };
  return [
    ...setting("lr", { name: "lr", label: "learning rate", min: 1e-6, max: 10, log: true }),
    ...setting("momentum", { name: "momentum", label: "momentum", min: 0, max: 0.999 }),
    ...(having("momentum").length > 0 ? [] : firstBeta(groups)),
    ...setting("weightDecay", { name: "weightDecay", label: "weight decay", min: 0, max: 1 }),
    ...batchSizeOf(loader),
    {
      ...{ name: "every", label: "drawn every", unit: "ms", whole: true, min: OFTEN, max: SELDOM },
      value: drawing.every,
      set: (next: number) => void (drawing.every = next),
    },
  ];
}

/** The value may lie beyond what is usual. */
const reaching = (control: Steered): Steered => ({
  ...control,
  min: Math.min(control.min, control.value),
  max: Math.max(control.max, control.value),
});

/** What Adam and its like have in place of a momentum: the first of their betas. */
function firstBeta(groups: readonly Settings[]): Steered[] {
  const own = groups.filter(({ betas }) => Array.isArray(betas) && typeof betas[0] === "number");
  if (own.length === 0) return [];
  const betas = (group: Settings): readonly number[] => group.betas as readonly number[];
  const set = (next: number): void => own.forEach((group) => (group.betas = [next, ...betas(group).slice(1)]));
  const [value] = betas(own[0]);
  return [{ name: "momentum", label: "momentum (beta 1)", min: 0, max: 0.999, value, set }];
}

/** A DataLoader takes another batch size from its next batch on; other loaders have none. */
function batchSizeOf(loader: unknown): Steered[] {
  if (typeof loader !== "object" || loader === null) return [];
  const { batchSize, dataset } = loader as { batchSize?: unknown; dataset?: { length?: unknown } };
  if (typeof batchSize !== "number" || typeof dataset?.length !== "number") return [];
  return [
    {
      ...{ name: "batchSize", label: "batch size", unit: "inputs", whole: true, log: true, min: 1 },
      max: Math.max(2, batchSize, Math.min(MOST_INPUTS, dataset.length)),
      value: batchSize,
      set: (next) => void ((loader as { batchSize: number }).batchSize = next),
    },
  ];
}

/** The controls as a payload carries them. */
export const carried = (controls: readonly Steered[]): Control[] =>
  controls.map(({ name, label, value, min, max, whole, log, unit }) => ({
    ...{ name, label, value, min, max },
    ...(whole ? { whole } : {}),
    ...(log ? { log } : {}),
    ...(unit === undefined ? {} : { unit }),
  }));

/** Sets a control and says what has changed: "learning rate 0.1 → 0.01". @throws Error if there is no such control or value */
export function setControl(controls: readonly Steered[], name: RunControl, value: unknown): string {
  const control = controls.find((each) => each.name === name);
  if (!control) {
    const known = controls.map((each) => each.name).join(", ");
    throw new Error(`control: this run has no control ${show(name)} (it has ${known}). Set another one.`);
  }
  const { min, max, whole, label } = control;
  // A scale of powers has no zero, and a rate of zero is one to try.
  const least = control.log && !whole ? 0 : min;
  const fits = typeof value === "number" && value >= least && value <= max && (!whole || Number.isInteger(value));
  if (!fits)
    throw new Error(
      `control: ${label} must be a ${whole ? "whole " : ""}number from ${least} to ${max}, got ${show(value)}. Set another value.`,
    );
  control.set(value);
  return `${label} ${formatNumber(control.value)} → ${formatNumber(value)}`;
}
