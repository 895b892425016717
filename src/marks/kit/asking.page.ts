/** A question on a page: what marks tell it, and what it tells them. */
import type { Answer } from "../question/payload";
import type { Asked, PickKind, Picked } from "./asked";

export interface Asking {
  /** What is to be picked in the other marks of the view; undefined where nothing is. */
  readonly pick: PickKind | undefined;
  /** What has been picked, as far as the view has it. */
  readonly picked: readonly Picked[];
  /** The answer as it is now; null for none. */
  readonly answer: Answer;
  /** Where the answer is kept, or why it is not; may be empty. */
  readonly note: string;
  /** A mark: the reader has picked this. */
  choose(picked: Picked): void;
  /** The question itself: the answer is this now. */
  set(answer: Answer): void;
}

/** What was picked, as drawings of scenes take it. */
export const askedOf = (asking: Asking | undefined): Asked | undefined =>
  asking?.pick && { pick: asking.pick, picked: asking.picked };
