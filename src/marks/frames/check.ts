import { checkGallery } from "../gallery/check";
import { checkGrid } from "../grid/check";
import { hasOwn, isOptionalText, isRecord, isText, type Json } from "../kit/check";

/** What a page carries at most. Ours have 50 frames of 3 marks. */
const [MOST_FRAMES, MOST_MARKS] = [500, 24];

const checks: Record<string, (mark: Json) => string | undefined> = { grid: checkGrid, gallery: checkGallery };

/** What in this payload cannot be read; undefined if nothing. */
export function checkFrames(mark: Json): string | undefined {
  const { unit, at, marks, before } = mark;
  if (!isOptionalText(mark.title) || !isOptionalText(mark.subtitle)) return "title";
  if (!isText(unit)) return "unit";
  if (!isRising(at) || at.length > MOST_FRAMES) return "steps";
  if (!isRecords(marks) || marks.length === 0 || marks.length > MOST_MARKS) return "marks";
  if (!Array.isArray(before) || before.length !== at.length - 1) return "frames";
  const wrong = marks.map(wrongMark).find(Boolean);
  if (wrong !== undefined) return wrong;
  for (const [i, changes] of (before as unknown[]).entries()) {
    if (!isRecords(changes) || changes.length !== marks.length) return `frame ${i}`;
    const problem = changes.map((change, place) => wrongChange(marks[place], change)).find(Boolean);
    if (problem !== undefined) return `frame ${i}: ${problem}`;
  }
  return undefined;
}

const isRising = (at: unknown): at is number[] =>
  Array.isArray(at) && at.length > 0 && at.every((step, i) => Number.isFinite(step) && (i === 0 || step > at[i - 1]));

const isRecords = (list: unknown): list is Json[] => Array.isArray(list) && list.every(isRecord);

function wrongMark(mark: Json): string | undefined {
  const name = mark.mark;
  if (!isText(name) || !hasOwn(checks, name)) return "marks";
  const problem = checks[name](mark);
  return problem && `${name} (${problem})`;
}

const wrongChange = (mark: Json, change: Json): string | undefined =>
  hasOwn(change, "mark") && change.mark !== mark.mark ? "marks" : wrongMark({ ...mark, ...change });
