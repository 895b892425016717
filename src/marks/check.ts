/** Is this payload one that we can draw? A notebook may come from another version of Receptive, or from a text editor. */
import { RECEPTIVE_MIME } from "../protocol";
import { checkChart } from "./chart/check";
import { checkDiagram } from "./diagram/check";
import { checkEmbedding } from "./embedding/check";
import { checkGallery } from "./gallery/check";
import { checkField } from "./field/check";
import { checkFrames } from "./frames/check";
import { checkGrid } from "./grid/check";
import { hasOwn, isCount, isOptionalText, isRecord, isText, type Json } from "./kit/check";
import { checkHistograms } from "./histograms/check";
import { checkMatrix } from "./matrix/check";
import { checkQuestion } from "./question/check";
import { checkSandbox } from "./sandbox/check";
import { checkSteps } from "./steps/check";
import { checkTable } from "./table/check";
import { checkNetwork } from "./network/check";
import { checkTraining } from "./training/check";
import { upgrade } from "./upgrade";
import type { MarkName, View } from "./view";

/** For each mark: what in its payload cannot be read, in a word or two; undefined if nothing. */
export type Checks<Names extends string = MarkName> = Record<Names, (mark: Json) => string | undefined>;
const checks: Checks = {
  grid: checkGrid,
  chart: checkChart,
  matrix: checkMatrix,
  steps: checkSteps,
  sandbox: checkSandbox,
  table: checkTable,
  diagram: checkDiagram,
  gallery: checkGallery,
  embedding: checkEmbedding,
  network: checkNetwork,
  field: checkField,
  histograms: checkHistograms,
  training: checkTraining,
  frames: checkFrames,
  question: checkQuestion,
};

/** Every mark that can be drawn. */
export const markNames = Object.keys(checks) as MarkName[];

/** The view, brought to this version, or one line that says what is wrong with it and the next step. */
export function checkView(data: unknown): View | string {
  if (!isRecord(data)) return wrong("holds no object", AGAIN);
  const view = data.version === 1 ? upgrade(data) : data;
  if (view.version !== 2) return wrong(`is of version ${shown(view.version)}, known are 1 and 2`, UPDATE);
  if (!isText(view.title) || !isOptionalText(view.subtitle)) return wrong("has an unreadable title", AGAIN);
  if (view.size !== undefined && !isCount(view.size)) return wrong("has an unreadable size", AGAIN);
  if (!isOptionalText(view.inspect)) return wrong("has an unreadable inspect", AGAIN);
  if (view.live !== undefined && typeof view.live !== "boolean") return wrong("has an unreadable live", AGAIN);
  if (!Array.isArray(view.marks) || view.marks.length === 0) return wrong("has no marks", AGAIN);
  for (const mark of view.marks as unknown[]) {
    if (!isRecord(mark)) return wrong("has a mark that is no object", AGAIN);
    const name = mark.mark;
    if (!isText(name) || !hasOwn(checks, name))
      return wrong(`has mark ${shown(name)}, which this version does not know`, UPDATE);
    const problem = checks[name as MarkName](mark);
    if (problem !== undefined) return wrong(`has a ${name} with unreadable ${problem}`, AGAIN);
  }
  return view as unknown as View;
}

const [AGAIN, UPDATE] = ["Run the cell again.", "Update @receptive/jupyterlab."];
const wrong = (what: string, next: string): string => `${RECEPTIVE_MIME}: this output ${what}. ${next}`;

/** A value from outside within a line of text. */
const shown = (value: unknown): string => (JSON.stringify(value) ?? "none").slice(0, 40);
