/** What a cell gives a question: its name, its text and the answer in its source. */
import { show, wrongKind } from "../../arguments";
import { DataError } from "../../errors";
import type { Answer } from "../../marks";

/** @throws TypeError or DataError unless both are words */
export function checkWords(caller: string, id: unknown, text: unknown): void {
  if (typeof id !== "string") throw wrongKind(caller, "id", "text", id, 'Name the question: "q1".');
  if (id.trim() === "" || id.length > 100 || /\s/.test(id))
    throw new DataError(`${caller}: id must be one short word, got ${show(id)}. Name the question: "q1".`);
  if (typeof text !== "string" || text.trim() === "")
    throw wrongKind(caller, "text", "the question in words", text, 'Write "Which unit answers to edges?".');
}

/** The answer that the source holds, or why it holds none. */
export interface GivenAnswer {
  value: unknown;
  missing?: string;
}

/**
 * An answer may be a function that gives it. What such a function throws says why there is none: the stub that nbgrader puts in
 * place of a solution throws.
 */
export function givenAnswer(caller: string, answer: unknown): GivenAnswer {
  if (typeof answer !== "function") return { value: answer ?? null };
  let value: unknown;
  try {
    value = (answer as () => unknown)();
  } catch (error) {
    return { value: null, missing: error instanceof Error ? error.message : String(error) };
  }
  if (typeof value === "function" || (typeof value === "object" && value !== null && "then" in value))
    throw wrongKind(caller, "answer", "an answer, or a function that gives one", value, "Write answer: null.");
  return { value: value ?? null };
}

/** An answer as an error shows it. */
export const shownAnswer = (answer: unknown): string => show(answer);

/** A copy that nobody else holds. */
export const copyOfAnswer = <A extends Answer>(answer: A): A => JSON.parse(JSON.stringify(answer)) as A;
