import { isArray, show, wrongKind } from "../../arguments";
import { DataError } from "../../errors";
import { isAnswer, MOST_CHOICES, type Answer, type ChoiceQuestion, type NumberQuestion } from "../../marks";
import { notebook } from "../../notebook";
import { checkOptions, type OptionNames } from "../../options";
import { Picture, viewBundle } from "../picture";
import { checkWords, givenAnswer } from "../question/given";
import { questionIds } from "../question/ids";
import { quizView } from "../question/picture";
import type { Samples } from "./samples";

export interface ChoiceOptions<Choices extends readonly string[] = readonly string[]> {
  /** The words to choose from, two at least. */
  choices: Choices;
  /** The right one: then the view says at once whether the answer is right. Default: it only keeps the answer. */
  correct?: Choices[number];
  /** Why it is right, which is told once there is an answer. */
  why?: string;
  /** The answer, which a click writes here: null for none. A function that throws gives none either, as nbgrader's stub does. */
  answer?: Choices[number] | null | (() => Choices[number] | null | undefined | void);
}

export interface NumberOptions {
  /** Asks for a number. */
  number: true;
  /** What is counted or measured, behind the field: "weights". */
  unit?: string;
  /** The right one: then the view says at once whether the answer is right. Default: it only keeps the answer. */
  correct?: number;
  /** How far an answer may be from it; by default only what rounding makes: 1e-9 of it. */
  tolerance?: number;
  /** Why it is right, which is told once there is an answer. */
  why?: string;
  /** The answer, which typing into the field writes here: null for none. A function that throws gives none either. */
  answer?: number | null | (() => number | null | undefined | void);
}

interface QuizOptions
  extends Partial<Omit<ChoiceOptions, "correct" | "answer">>, Partial<Omit<NumberOptions, "correct" | "answer">> {
  correct?: string | number;
  answer?: unknown;
}
const optionNames: OptionNames<QuizOptions> = {
  choices: true,
  number: true,
  unit: true,
  correct: true,
  tolerance: true,
  why: true,
  answer: true,
};
const CALLER = "show.quiz";

/**
 * Asks a question that is answered by choosing words or typing a number, and resolves to the answer, null without one. The answer
 * is written into the source of the cell in place of what stands behind `answer:`, as that of `show.ask` is. With `correct` the
 * view says at once whether it is right, and why; without, it only keeps the answer, for a cell that grades it.
 * @param id the question's name, which no other cell of the notebook has: "q4"
 * @throws DataError if the answer is none of the choices or no number, or another cell has the id
 * @example const q2 = await show.quiz("q2", "What does padding keep?", { choices: ["the size", "the depth"], answer: null });
 * @example const q3 = await show.quiz("q3", "How many weights?", { number: true, unit: "weights", correct: 456, answer: null });
 */
export function quiz<const Choices extends readonly string[]>(
  id: string,
  text: string,
  options: ChoiceOptions<Choices>,
): Promise<Choices[number] | null>;
export function quiz(id: string, text: string, options: NumberOptions): Promise<number | null>;
export async function quiz(id: string, text: string, options: ChoiceOptions | NumberOptions): Promise<Answer> {
  checkOptions<QuizOptions>(CALLER, options, optionNames, arguments, 2);
  checkWords(CALLER, id, text);
  const picture = asked(id, text, options);
  questionIds.claim(CALLER, id, text);
  const made = await picture.view();
  notebook()?.display(viewBundle(made));
  const [question] = made.marks;
  return question.mark === "question" ? question.answer : null;
}

/** The question with the answer that the cell gives. */
function asked(id: string, text: string, options: QuizOptions): Picture {
  if (options.why !== undefined && typeof options.why !== "string")
    throw wrongKind(CALLER, "why", "text", options.why, 'Write { why: "..." }.');
  if (options.why !== undefined && options.correct === undefined)
    throw new DataError(`${CALLER}: why says why an answer is right, and there is no correct. Give correct too.`);
  const asks = options.choices === undefined ? numberQuestion(options) : choiceQuestion(options);
  const { value: answer, missing } = givenAnswer(CALLER, options.answer);
  if (!isAnswer(asks, answer)) {
    const form = asks.kind === "choice" ? `one of ${show(asks.choices)}` : "a number";
    const next = asks.kind === "choice" ? "Choose" : "Type one";
    throw new DataError(`${CALLER}: answer must be ${form}, got ${show(answer)}. ${next}, or write answer: null.`);
  }
  const view = quizView({ id, text, asks, answer, ...(missing === undefined ? {} : { missing }) });
  return new Picture(async () => view);
}

function choiceQuestion({ choices, correct, why, number, unit, tolerance }: QuizOptions): ChoiceQuestion {
  if (number !== undefined || unit !== undefined || tolerance !== undefined)
    throw new DataError(`${CALLER}: number, unit and tolerance belong to a number, not to choices. Give one of both.`);
  if (!isArray(choices) || !choices?.every((each: unknown) => typeof each === "string" && each !== ""))
    throw wrongKind(CALLER, "choices", "an array of words", choices, 'Write { choices: ["yes", "no"] }.');
  if (choices.length < 2 || choices.length > MOST_CHOICES || new Set(choices).size < choices.length)
    throw new DataError(
      `${CALLER}: choices must be 2 to ${MOST_CHOICES} different words, got ${show(choices)}. Write { choices: ["yes", "no"] }.`,
    );
  if (correct !== undefined && !choices.includes(correct as string))
    throw new DataError(
      `${CALLER}: correct is none of the choices, got ${show(correct)}. Name one of ${show(choices)}.`,
    );
  return {
    ...{ kind: "choice", choices: [...choices] },
    ...(correct === undefined ? {} : { correct: correct as string }),
    ...(why === undefined ? {} : { why }),
  };
}

function numberQuestion({ number, unit, correct, tolerance, why }: QuizOptions): NumberQuestion {
  if (number !== true)
    throw wrongKind(CALLER, "number", "true where there are no choices", number, "Write { number: true }.");
  if (unit !== undefined && typeof unit !== "string")
    throw wrongKind(CALLER, "unit", "text", unit, 'Write { unit: "weights" }.');
  if (correct !== undefined && !Number.isFinite(correct))
    throw wrongKind(CALLER, "correct", "a number", correct, "Leave it out to keep the answer only.");
  if (tolerance !== undefined && !(Number.isFinite(tolerance) && tolerance >= 0))
    throw wrongKind(CALLER, "tolerance", "a number >= 0", tolerance, "By default only rounding is forgiven.");
  return {
    kind: "number",
    ...(unit === undefined ? {} : { unit }),
    ...(correct === undefined ? {} : { correct: correct as number }),
    ...(tolerance === undefined ? {} : { tolerance }),
    ...(why === undefined ? {} : { why }),
  };
}

export const samples: Samples = {
  "words to choose from": () =>
    asked("q6", "What does a padding of 1 do to the size behind a kernel of 3?", {
      choices: ["It shrinks by 2", "It stays", "It grows by 2"],
    }),
  "words, with the right ones": () =>
    asked("q7", "What does a padding of 1 do to the size behind a kernel of 3?", {
      ...{ choices: ["It shrinks by 2", "It stays", "It grows by 2"], correct: "It stays", answer: "It stays" },
      why: "The kernel takes a pixel at each side, and the padding gives it back.",
    }),
  "a number that is not right": () =>
    asked("q8", "How many numbers does conv1 learn: 6 filters of 3×5×5?", {
      ...{ number: true, unit: "weights", correct: 456, answer: 450, why: "6 · 3 · 5 · 5 = 450, and a bias each." },
    }),
};
