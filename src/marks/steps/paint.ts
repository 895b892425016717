/** A frame of the steps with all its arithmetic: the first with the whole output, or the one that a reader sees. */
import { scenePicture, SCENE_WIDTH } from "../kit/scenePicture";
import type { Svg } from "../kit/svg";
import { paper } from "../kit/theme";
import { beginning, framesOf, type Frames, type Reading } from "./frames";
import type { StepsMark } from "./payload";
import { describeSteps } from "./words";

export function paintSteps(mark: StepsMark): Svg {
  const frames = framesOf(mark);
  return paintFrame(mark, frames, beginning(mark, frames));
}

export function paintFrame(mark: StepsMark, frames: Frames, reading: Reading): Svg {
  const drawn = frames.draw(reading, paper, SCENE_WIDTH);
  const name = [mark.title || frames.name, ...frames.say(reading)].join(". ");
  return scenePicture({ title: mark.title, subtitle: describeSteps(mark) }, drawn, name);
}
