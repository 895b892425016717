import { show } from "../../arguments";
import { answerFields, MOST_PICKS, offersOf, type Answer, type Answers, type PickKind } from "../../marks";
import { notebook } from "../../notebook";
import { checkOptions, type OptionNames } from "../../options";
import type { Displayable } from "../../protocol";
import { Picture, viewBundle } from "../picture";
import { checkWords, givenAnswer } from "../question/given";
import { questionIds } from "../question/ids";
import { askedView, checkAnswer, checkPick, viewOfGiven } from "../question/picture";
import { sampleImages } from "../samples/images";
import { sampleNet } from "../samples/sampleNet";
import { featureMaps } from "./featureMaps";
import { graph } from "./graph";
import { images } from "./images";
import { network } from "./network";
import type { Samples } from "./samples";

export type { Answers, BoxAnswer, ImageAnswer, LayerAnswer, PickKind, PixelAnswer, UnitAnswer } from "../../marks";

export interface AskOptions<Kind extends PickKind = PickKind> {
  /** What is pointed at: a unit of a layer, a pixel of a unit's map, a layer, an image, or a box in an image. */
  pick: Kind;
  /** How many are asked for; default 1. Several are an array. */
  count?: number;
  /** The answer, which a click writes here: null for none. A function that throws gives none either, as nbgrader's stub does. */
  answer?: Answers[Kind] | Answers[Kind][] | null | (() => Answers[Kind] | Answers[Kind][] | null | undefined | void);
}
const optionNames: OptionNames<AskOptions> = { pick: true, count: true, answer: true };
const CALLER = "show.ask";

/**
 * Asks a question that is answered by pointing into a view, and resolves to the answer, null without one. A click, or Enter on
 * what the arrow keys have reached, is written into the source of the cell in place of what stands behind `answer:`; there it
 * survives whatever clears outputs, and can be read and typed by hand. Nothing runs. An answer is checked against the layers,
 * shapes and images of the view, never against its numbers.
 * @param id   the question's name, which no other cell of the notebook has: "q3"
 * @param view what a function of `show` gives; one of a single tensor names its layer by its title
 * @param options.pick "unit" { layer, unit }, "pixel" { layer, unit, row, column }, "layer" { layer }, "image" { index } or
 *   "box" { row, column, height, width }
 * @throws DataError if the view has nothing of that kind, the answer names what does not exist, or another cell has the id
 * @example
 * const view = show.featureMaps(net, images, { layers: ["conv1"] });
 * const q1 = await show.ask("q1", "Which unit answers to vertical edges?", view, { pick: "unit", answer: null });
 */
export function ask<Kind extends PickKind>(
  id: string,
  text: string,
  view: Displayable,
  options: AskOptions<Kind> & { count?: 1 },
): Promise<Answers[Kind] | null>;
export function ask<Kind extends PickKind>(
  id: string,
  text: string,
  view: Displayable,
  options: AskOptions<Kind>,
): Promise<Answers[Kind][] | null>;
export async function ask(id: string, text: string, view: Displayable, options: AskOptions): Promise<Answer> {
  checkOptions(CALLER, options, optionNames, arguments, 3);
  checkWords(CALLER, id, text);
  const picture = asked(id, text, view, options);
  questionIds.claim(CALLER, id, text);
  const made = await picture.view();
  notebook()?.display(viewBundle(made));
  const [question] = made.marks;
  return question.mark === "question" ? question.answer : null;
}

/** The question above its view, with the answer that the cell gives. */
function asked(id: string, text: string, view: Displayable, options: AskOptions): Picture {
  const { pick, count = 1 } = options;
  if (!Object.hasOwn(answerFields, pick))
    throw new RangeError(
      `${CALLER}: pick must be "unit", "pixel", "layer", "image" or "box", got ${show(pick)}. Write { pick: "unit" }.`,
    );
  if (!Number.isInteger(count) || count < 1 || count > MOST_PICKS)
    throw new RangeError(
      `${CALLER}: count must be a whole number from 1 to ${MOST_PICKS}, got ${show(count)}. The default is 1.`,
    );
  const asks = { kind: "pick", pick, count } as const;
  const { value, missing } = givenAnswer(CALLER, options.answer);
  const one = `{ ${answerFields[pick].join(", ")} }`;
  return new Picture(async () => {
    const below = await viewOfGiven(CALLER, view);
    const offers = offersOf(below.marks);
    checkPick(CALLER, asks, offers);
    checkAnswer(CALLER, asks, value, count === 1 ? one : `an array of up to ${count} different ${one}`, offers);
    return askedView({ id, text, asks, answer: value, ...(missing === undefined ? {} : { missing }) }, below);
  });
}

export const samples: Samples = {
  "a unit": () =>
    asked("q1", "Which unit of the first layer answers to the left edge?", featureMaps(sampleNet(), sampleImages(2)), {
      pick: "unit",
      answer: { layer: "0", unit: 3 },
    }),
  "two images, one of them picked": () =>
    asked("q2", "Which two images have stripes?", images(sampleImages(8)), {
      ...{ pick: "image", count: 2 },
      answer: [{ index: 2 }],
    }),
  "a box that nobody has drawn": () =>
    asked("q3", "Where is the square?", images(sampleImages(1)), {
      pick: "box",
      answer: () => {
        throw new Error("No answer given.");
      },
    }),
  "a pixel in the explorer": () =>
    asked("q4", "Which pixel of the first layer is the brightest?", network(sampleNet(), sampleImages(1)), {
      pick: "pixel",
      answer: { layer: "0", unit: 1, row: 2, column: 5 },
    }),
  "a layer": () =>
    asked("q5", "Which layer has the most parameters?", graph(sampleNet(), sampleImages(1).shape), {
      pick: "layer",
      answer: null,
    }),
};
