/** The source of a cell that plays a run of training by hand: it counts steps and obeys. */
import type { TrainingMark } from "../../../src/marks";
import { samples as frames } from "../../../src/marks/frames/samples";
import { samples as runs } from "../../../src/marks/training/samples";
import { RECEPTIVE_MIME } from "../../../src/protocol";

/**
 * The subtitle of its mark is JSON: what the run was told, in order.
 * @param id under which the page asks; each notebook has a kernel of its own
 */
export function runCell(id: string): string {
  const mark: TrainingMark = { ...runs.running(), step: 0, events: [], warnings: [] };
  return `
const host = (globalThis as any)[Symbol.for("receptive.notebook")];
const told: any[] = [];
const mark: any = ${JSON.stringify(mark)};
const frames: any = ${JSON.stringify(frames.run())};
let toGo = Infinity;
const isOver = () => mark.state === "stopped";
const run = () => ({
  ...mark,
  subtitle: JSON.stringify(told),
  commands: isOver() ? [] : [mark.state === "paused" ? "resume" : "pause", "step", "epoch", "stop", "reset"],
  controls: isOver() ? [] : mark.controls,
});
const view = () => ({ version: 2, title: "A run", inspect: ${JSON.stringify(id)}, ...(isOver() ? {} : { live: true }), marks: [run(), frames] });
const bundle = () => ({ ${JSON.stringify(RECEPTIVE_MIME)}: view(), "text/plain": isOver() ? "over" : "going on" });
host.register(${JSON.stringify(id)}, ({ ask, ...what }: any) => {
  if (ask === "view") return { content: { view: view(), ...(isOver() ? { bundle: bundle() } : {}) } };
  told.push(what);
  if (what.command === "stop") mark.state = "stopped";
  if (what.command === "pause") mark.state = "paused";
  if (what.command === "resume") [mark.state, toGo] = ["running", Infinity];
  if (what.command === "step") toGo = 1;
  if (what.set) mark.controls.find(({ name }: any) => name === what.set).value = what.value;
  return { content: { mark: run() } };
});
host.display(bundle(), { displayId: ${JSON.stringify(id)} });
while (!isOver()) {
  await new Promise((resolve) => setTimeout(resolve, 25));
  if (mark.state === "running" || toGo === 1) mark.step++;
  if (toGo === 1) [mark.state, toGo] = ["paused", Infinity];
}
host.display(bundle(), { displayId: ${JSON.stringify(id)}, update: true });
`;
}
