/** What is read in a run's output: how often it is drawn, and what is said when nobody answers any more. No DOM here. */
import type { TrainingMark } from "../../../src/marks/training/payload";
import { typeset } from "../../../src/marks/kit/numbers";
import type { Reason } from "../kernel/askError";
import type { Content } from "./content";

/** Reasons for which the run will not answer again. */
export const isOver = (why: Reason): boolean => why === "noKernel" || why === "restarted" || why === "gone";

const runOf = (parts: Content["parts"]): TrainingMark | undefined =>
  parts.find(({ kind }) => kind === "training")?.payload as TrainingMark | undefined;

/** Milliseconds that its reader wants between two drawings; 0 where there is no such setting. */
export const everyOf = ({ parts }: Pick<Content, "parts">): number =>
  runOf(parts)?.controls.find(({ name }) => name === "every")?.value ?? 0;

/** One line: "The kernel has gone: this is the last state, after step 412." */
export function lastStateLine(why: Reason, message: string, { parts }: Pick<Content, "parts">): string {
  const run = runOf(parts);
  const after = run ? `, after step ${typeset(String(run.step))}` : "";
  if (isOver(why)) return `The kernel has gone: this is the last state${after}.`;
  if (why === "timeout")
    return `The kernel has not answered for 10 s: this is the state${after}. It follows once it does.`;
  return `This is the state${after}: ${message}`;
}
