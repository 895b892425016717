/** A question as a picture: above the view in which it is answered, or alone. */
import { show, wrongKind } from "../../arguments";
import { DataError } from "../../errors";
import { alone, canPick, isAnswer, misfit, pickedIn, whyNot } from "../../marks";
import type { Mark, Offers, PickQuestion, QuestionMark, View } from "../../marks";
import { Picture } from "../picture";

/** A question with its words. */
export interface Question extends Omit<QuestionMark, "mark"> {
  text: string;
}

const markOf = ({ id, asks, answer, missing }: Question, marks: readonly Mark[] = []): QuestionMark => ({
  ...{ mark: "question", id, asks, answer },
  ...(marks.some(({ mark }) => mark === "network") ? { opens: true } : {}),
  ...(missing === undefined ? {} : { missing }),
});

/** A question alone. */
export const quizView = (question: Question): View => ({ version: 2, title: question.text, marks: [markOf(question)] });

/** A question above the marks of a view, whose title then stands with the marks. */
export function askedView(question: Question, view: View): View {
  const only = alone(view);
  const { title, subtitle, ...rest } = view;
  const words = [title, subtitle ?? ""].filter(Boolean).join(" · ");
  const marks: Mark[] = [markOf(question, view.marks), ...(only ? [withoutNothing(only)] : view.marks)];
  return { ...rest, title: question.text, ...(only || words === "" ? {} : { subtitle: words }), marks };
}

/** A mark without fields that are undefined, which JSON has none of. */
const withoutNothing = (mark: Mark): Mark =>
  Object.fromEntries(Object.entries(mark).filter(([, value]) => value !== undefined)) as unknown as Mark;

/** The view of whatever `show.*` has given. @throws TypeError unless it is a picture */
export async function viewOfGiven(caller: string, given: unknown): Promise<View> {
  if (given instanceof Picture) return given.view();
  throw wrongKind(caller, "view", "what a function of show gives", given, "Write show.featureMaps(net, images).");
}

/** @throws DataError unless the reader can pick that in the view */
export function checkPick(caller: string, { pick }: PickQuestion, offers: Offers): void {
  if (canPick(pick, offers)) return;
  const next =
    pick === "box"
      ? "Show one image: show.images(images.slice([0, 1]))."
      : "Show the layers: show.featureMaps(net, images).";
  throw new DataError(`${caller}: ${whyNot(pick, offers)}. ${next}`);
}

/** @throws DataError unless the answer has the form that is asked for, and the view has what it names */
export function checkAnswer(
  caller: string,
  asks: PickQuestion,
  answer: unknown,
  form: string,
  offers: Offers,
): asserts answer is QuestionMark["answer"] {
  if (!isAnswer(asks, answer))
    throw new DataError(`${caller}: answer must be ${form}, got ${show(answer)}. Click, or write answer: null.`);
  for (const picked of pickedIn(asks, answer)) {
    const wrong = misfit(picked, offers);
    if (wrong) throw new DataError(`${caller}: ${wrong[0]}, answer is ${show(picked)}. ${wrong[1]}`);
  }
}
