/** The list of answers: a file a question, a line each. */
import type {
  AnswerTo,
  InspectAnswer,
  InspectQuestion,
  InspectRequest,
  QuestionName,
  Questions,
} from "../../../protocol";
import { control } from "./control";
import { facts } from "./facts";
import { activations, explanation, gradientOfWeight, parameters } from "./network";
import { values } from "./values";
import { view } from "./view";

/**
 * Answers one question about an object, which checks whether it is one of those that can be asked. It was sent by another
 * program: `ask` is what the row says only if that is of the same version.
 * @throws Error in one line: what is wrong and the next step
 */
export type Answer<Name extends QuestionName> = (
  object: object,
  ask: Partial<Questions[Name]["ask"]>,
  request: InspectRequest,
) => AnswerTo<Name> | Promise<AnswerTo<Name>>;

const answers: { [Name in QuestionName]: Answer<Name> } = {
  values,
  facts,
  view,
  activations,
  parameters,
  explanation,
  weightGradient: gradientOfWeight,
  control,
};

/** @throws Error in one line if the question is not known, or the object has no answer to it */
export async function answerTo(
  object: object,
  question: InspectQuestion,
  request: InspectRequest,
): Promise<InspectAnswer> {
  const { ask: name, ...ask } = question;
  if (!Object.hasOwn(answers, name)) {
    const known = Object.keys(answers).join(", ");
    throw new Error(`"${name}" is a question that this Receptive does not know (known: ${known}). Update receptive.`);
  }
  const { content, floats } = await answers[name as QuestionName](object, ask, request);
  return { content, buffers: floats };
}
