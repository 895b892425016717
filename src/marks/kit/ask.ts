import type { AnswerTo, QuestionName, Questions } from "../../protocol";

/**
 * Asks the kernel one question about the view in which a mark lies. Rejects with one line where no kernel answers: then the
 * mark shows what it carries, and says no more than that.
 */
export type Ask = <Name extends QuestionName>(
  name: Name,
  question: Questions[Name]["ask"],
  options?: {
    /** Numbers that travel beside the question, as its row says; default none. */
    floats?: Questions[Name]["askFloats"];
    /** Takes the question back. */
    signal?: AbortSignal;
    /** In milliseconds; default 10,000. */
    timeout?: number;
  },
) => Promise<AnswerTo<Name>>;
