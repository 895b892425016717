/** Answers: whether they have the form that a question asks for, how one more pick changes them, whether they are right. */
import { answerFields, isSamePick, type Picked, type PickKind } from "../kit/asked";
import { isRecord } from "../kit/check";
import type { Answer, ChoiceQuestion, NumberQuestion, PickQuestion, QuestionMark } from "./payload";

type Asks = QuestionMark["asks"];

/** Letters of a layer's path that are believed. */
const LONGEST = 500;

/** Whether it is one pick of a kind; whether the view has it is another matter. */
export function isPicked(pick: PickKind, value: unknown): value is Picked {
  if (!isRecord(value)) return false;
  const fields: readonly string[] = answerFields[pick];
  if (Object.keys(value).length !== fields.length) return false;
  return fields.every((field) => {
    const each = value[field];
    if (field === "layer") return typeof each === "string" && each.length <= LONGEST;
    const least = field === "height" || field === "width" ? 1 : 0;
    return Number.isSafeInteger(each) && (each as number) >= least;
  });
}

/** Whether it has the form of an answer to the question; null is none, which every question may have. */
export function isAnswer(asks: Asks, value: unknown): value is Answer {
  if (value === null) return true;
  if (asks.kind === "choice") return typeof value === "string" && asks.choices.includes(value);
  if (asks.kind === "number") return typeof value === "number" && Number.isFinite(value);
  if (asks.count === 1) return isPicked(asks.pick, value);
  if (!Array.isArray(value) || value.length > asks.count) return false;
  const all = value as unknown[];
  return all.every(
    (each, i) => isPicked(asks.pick, each) && !all.slice(0, i).some((before) => isSamePick(before as Picked, each)),
  );
}

/** What was picked, as a list. */
export const pickedIn = (asks: Asks, answer: Answer): readonly Picked[] =>
  asks.kind !== "pick" || answer === null ? [] : ([answer].flat() as Picked[]);

/**
 * The answer once the reader has picked this: it in place of the one before, or among several. One of several that is picked
 * again is taken back.
 * @returns undefined if as many are picked as are asked for
 */
export function withPick({ count }: PickQuestion, answer: Answer, picked: Picked): Answer | undefined {
  if (count === 1) return picked;
  const before = answer === null ? [] : ([answer].flat() as Picked[]);
  const others = before.filter((each) => !isSamePick(each, picked));
  if (others.length < before.length) return others.length === 0 ? null : others;
  return before.length < count ? [...before, picked] : undefined;
}

/** The relative difference that rounding makes between numbers that are written and numbers that are computed. */
const ROUNDING = 1e-9;

/** Whether the answer is right; undefined if there is none, or the question does not tell. */
export function isRight(asks: ChoiceQuestion | NumberQuestion, answer: Answer): boolean | undefined {
  if (answer === null || asks.correct === undefined) return undefined;
  if (asks.kind === "choice") return answer === asks.correct;
  // 0.1 * 3 is no 0.3 in binary.
  const tolerance = asks.tolerance ?? ROUNDING * Math.abs(asks.correct);
  return Math.abs((answer as number) - asks.correct) <= tolerance;
}

/** The answer as a person would write it into the cell: `{ layer: "conv1", unit: 3 }`. */
export function answerSource(answer: Answer): string {
  if (Array.isArray(answer)) return `[${answer.map(answerSource).join(", ")}]`;
  if (typeof answer !== "object" || answer === null) return JSON.stringify(answer);
  const fields = Object.entries(answer).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `{ ${fields.join(", ")} }`;
}
