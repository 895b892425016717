import { isCount, isList, isNumberOrNull, isOptionalText, isRecord, isText, type Json } from "../kit/check";
import type { RunCommand, RunControl } from "../../protocol";
import type { RunState } from "./payload";

const states: readonly unknown[] = ["running", "paused", "done", "stopped", "failed"] satisfies RunState[];
const commands: readonly unknown[] = ["pause", "resume", "step", "epoch", "stop", "reset"] satisfies RunCommand[];
const controls: readonly unknown[] = ["lr", "momentum", "weightDecay", "batchSize", "every"] satisfies RunControl[];
/** What a page shows at most, and letters of a line. */
const [MOST_FIGURES, MOST_WARNINGS, MOST_EVENTS, LONGEST] = [24, 50, 2000, 2000];

/** What in this payload cannot be read; undefined if nothing. */
export function checkTraining(mark: Json): string | undefined {
  const { state, figures, warnings, events } = mark;
  if (!isOptionalText(mark.title) || !isOptionalText(mark.subtitle)) return "title";
  if (!states.includes(state)) return "state";
  for (const name of ["step", "epoch", "batch"]) if (!isWhole(mark[name])) return name;
  for (const name of ["steps", "epochs", "batches"]) if (mark[name] !== undefined && !isCount(mark[name])) return name;
  if (!isLength(mark.seconds)) return "seconds";
  for (const name of ["left", "rate"]) if (mark[name] !== undefined && !isLength(mark[name])) return name;
  if (!isShort(figures, isFigure, MOST_FIGURES)) return "figures";
  if (!isShort(mark.controls, isControl, controls.length) || !areApart(mark.controls as Json[])) return "controls";
  if (!isShort(mark.commands, (command) => commands.includes(command), commands.length)) return "commands";
  if (!isShort(warnings, isNotice, MOST_WARNINGS)) return "warnings";
  return isShort(events, isNotice, MOST_EVENTS) ? undefined : "events";
}

/** A whole number from 0. */
const isWhole = (value: unknown): boolean => value === 0 || isCount(value);
/** A finite number from 0. */
const isLength = (value: unknown): boolean => Number.isFinite(value) && (value as number) >= 0;
const isLine = (value: unknown): boolean => isText(value) && value.length <= LONGEST;
const isFlag = (value: unknown): boolean => value === undefined || typeof value === "boolean";

const isShort = (list: unknown, isItem: (item: unknown) => boolean, most: number): boolean =>
  isList(list, isItem) && (list as unknown[]).length <= most;

const isFigure = (figure: unknown): boolean => isRecord(figure) && isLine(figure.name) && isNumberOrNull(figure.value);

const isNotice = (notice: unknown): boolean => isRecord(notice) && isWhole(notice.step) && isLine(notice.text);

function isControl(control: unknown): boolean {
  if (!isRecord(control)) return false;
  const { name, label, value, min, max, whole, log, unit } = control;
  return (
    controls.includes(name) &&
    isLine(label) &&
    [value, min, max].every(Number.isFinite) &&
    (min as number) < (max as number) &&
    (log !== true || (min as number) >= 0) &&
    isFlag(whole) &&
    isFlag(log) &&
    (unit === undefined || isLine(unit))
  );
}

/** One field a control. */
const areApart = (given: readonly Json[]): boolean => new Set(given.map(({ name }) => name)).size === given.length;
