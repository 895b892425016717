/** Views as static pictures and as text, for programs that do not know our MIME type. */
import { paintChart } from "./chart/paint";
import { chartText } from "./chart/words";
import { paintDiagram } from "./diagram/paint";
import { diagramText } from "./diagram/words";
import { paintEmbedding } from "./embedding/paint";
import { embeddingText } from "./embedding/words";
import { paintGallery } from "./gallery/paint";
import { galleryText } from "./gallery/words";
import { paintField } from "./field/paint";
import { fieldText } from "./field/words";
import { paintFrames } from "./frames/paint";
import { framesText } from "./frames/words";
import { paintGrid } from "./grid/paint";
import { gridText } from "./grid/words";
import { paintHistograms } from "./histograms/paint";
import { histogramsText } from "./histograms/words";
import type { Asked } from "./kit/asked";
import { PICTURE_WIDTH, stacked, type Picture } from "./kit/picture";
import { textPicture } from "./kit/raster";
import { paintMatrix } from "./matrix/paint";
import { matrixText } from "./matrix/words";
import { pickedIn } from "./question/answers";
import { paintQuestion } from "./question/paint";
import { questionText } from "./question/words";
import { paintSandbox } from "./sandbox/paint";
import { sandboxText } from "./sandbox/words";
import { paintSteps } from "./steps/paint";
import { stepsText } from "./steps/words";
import { paintTable } from "./table/paint";
import { tableText } from "./table/words";
import { paintTraining } from "./training/paint";
import { trainingText } from "./training/words";
import { paintNetwork } from "./network/paint";
import { networkText } from "./network/words";
import type { Mark, Marks, View } from "./view";

/** How a mark looks where nothing runs. Its own title and subtitle belong to it. */
export interface Painter<M> {
  /** @param asked what was picked in it, where its view asks a question */
  picture(mark: M, asked?: Asked): Picture;
  /** Lines of plain text. */
  text(mark: M): string[];
}
export type Painters<All = Marks> = { [Name in keyof All]: Painter<All[Name]> };
const painters: Painters = {
  grid: { picture: paintGrid, text: gridText },
  chart: { picture: paintChart, text: chartText },
  matrix: { picture: paintMatrix, text: matrixText },
  steps: { picture: paintSteps, text: stepsText },
  sandbox: { picture: (mark) => paintSandbox(mark), text: sandboxText },
  table: { picture: paintTable, text: tableText },
  diagram: { picture: paintDiagram, text: diagramText },
  gallery: { picture: paintGallery, text: galleryText },
  embedding: { picture: paintEmbedding, text: embeddingText },
  network: { picture: paintNetwork, text: networkText },
  field: { picture: paintField, text: fieldText },
  histograms: { picture: paintHistograms, text: histogramsText },
  training: { picture: paintTraining, text: trainingText },
  frames: { picture: paintFrames, text: framesText },
  question: { picture: paintQuestion, text: questionText },
};

const painterOf = (mark: Mark): Painter<Mark> => painters[mark.mark];
const pictureOf = (mark: Mark, asked?: Asked): Picture => painterOf(mark).picture(mark, asked);

/** What was picked in the marks of a view; undefined if it asks for nothing in them. */
export function askedIn(marks: readonly Mark[]): Asked | undefined {
  const question = marks.find((mark) => mark.mark === "question");
  if (question?.asks.kind !== "pick") return undefined;
  return { pick: question.asks.pick, picked: pickedIn(question.asks, question.answer) };
}

/** A mark that stands alone, with the title of its view. */
export function alone({ title, subtitle, marks }: View): Mark | undefined {
  const [mark] = marks;
  return marks.length === 1 && !mark.title && !mark.subtitle ? { ...mark, title, subtitle } : undefined;
}

/** The marks below each other, with the title above them. */
export function paintView(view: View): Picture {
  const only = alone(view);
  if (only) return pictureOf(only);
  const { title, subtitle = "" } = view;
  const head = [
    { words: title, scale: 2 },
    { words: subtitle, scale: 1 },
  ].filter(({ words }) => words !== "");
  const asked = askedIn(view.marks);
  const pictures = view.marks.map((mark) => pictureOf(mark, asked));
  return stacked([...(head.length > 0 ? [textPicture(head, PICTURE_WIDTH)] : []), ...pictures], title);
}

/** The view in words. */
export function viewText(view: View): string {
  const only = alone(view);
  if (only) return painterOf(only).text(only).join("\n");
  const lines = [view.title, view.subtitle ?? "", ...view.marks.flatMap((mark) => painterOf(mark).text(mark))];
  return lines.filter(Boolean).join("\n");
}
