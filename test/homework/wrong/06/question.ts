/** How the wrong answers of homework 6 are written down. */
import type { WrongAnswer } from "../../support/wrongAnswer";

type Settings = WrongAnswer["shapes"];
interface Mistake {
  mistake: string;
  hint: RegExp;
  code: string;
}
/** Wrong answers to one question, all with the same two further settings. */
export const question = (id: string, shapes: Settings, mistakes: readonly Mistake[]): WrongAnswer[] =>
  mistakes.map((each) => ({ ...each, answer: `${id}-answer`, test: id, shapes }));
