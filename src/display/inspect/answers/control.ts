import { TrainingRun } from "../../training/run";
import type { Answer } from "./index";

/** Steers a run of training; answers with its panel once the run has obeyed. */
export const control: Answer<"control"> = async (object, ask) => {
  if (!(object instanceof TrainingRun))
    throw new Error("control: only runs of training can be steered. Ask about one of show.training().");
  if ("set" in ask && ask.set !== undefined)
    return { content: { mark: await object.control({ set: ask.set, value: ask.value ?? NaN }) }, floats: [] };
  if ("command" in ask && ask.command !== undefined)
    return { content: { mark: await object.control({ command: ask.command }) }, floats: [] };
  throw new Error('control: there is no command and nothing to set. Ask { command: "pause" }.');
};
