/** A question to the reader. What is picked for an answer lies in the other marks of its view. */
import type { PickKind, Picked } from "../kit/asked";

export interface QuestionMark {
  mark: "question";
  /** The question, where its view has no title. */
  title?: string;
  subtitle?: string;
  /** The name of the question in its notebook: "q3". */
  id: string;
  asks: PickQuestion | ChoiceQuestion | NumberQuestion;
  /** As it was when the cell ran; the source of the cell holds a later one. */
  answer: Answer;
  /** Whether a click opens what it meets, and a button picks it, as in the explorer of a network. */
  opens?: boolean;
  /** Why there is no answer, where that is known: "No answer given." */
  missing?: string;
}

/** Something that is pointed at. */
export interface PickQuestion {
  kind: "pick";
  pick: PickKind;
  /** How many are to be picked. */
  count: number;
}

/** One of some words. */
export interface ChoiceQuestion extends Told {
  kind: "choice";
  choices: string[];
  /** Absent if the answer is not told here. */
  correct?: string;
}

export interface NumberQuestion extends Told {
  kind: "number";
  /** "weights" */
  unit?: string;
  /** Absent if the answer is not told here. */
  correct?: number;
  /** How far an answer may be from it; default 0. */
  tolerance?: number;
}

interface Told {
  /** Told once there is an answer. */
  why?: string;
}

/** What was picked, several where several are asked for; the words of a choice; a number; or none. */
export type Answer = Picked | Picked[] | string | number | null;
