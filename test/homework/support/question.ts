/** How wrong answers are written down: what those to one question share stands once. */
import type { WrongAnswer } from "./wrongAnswer";

type Settings = WrongAnswer["shapes"];
type Shared = Pick<WrongAnswer, "test" | "needs" | "shapes">;
type Mistake = Pick<WrongAnswer, "mistake" | "hint" | "code"> & { shapes?: Settings };

/** Wrong answers to one question, in cell `<test>-answer`; a mistake may have settings of its own. */
export const question = (shared: Shared, mistakes: readonly Mistake[]): WrongAnswer[] =>
  mistakes.map((mistake) => ({ answer: `${shared.test}-answer`, ...shared, ...mistake }));

/** Two settings of a test cell; of each text that differs: the text itself, and what stands in its place in either. */
export const instead = (...texts: readonly (readonly [text: string, first: string, second: string])[]): Settings => [
  texts.map(([text, first]) => [text, first]),
  texts.map(([text, , second]) => [text, second]),
];
