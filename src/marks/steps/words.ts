import { beginning, framesOf } from "./frames";
import { describePart, isLineOf } from "./maps";
import type { StepsMark } from "./payload";

/** What was left out to fit into the notebook; empty if nothing was. */
export function describeReduction(mark: StepsMark): string {
  switch (mark.steps) {
    case "convolution":
      return said(
        mark.allFilters === undefined ? "" : `first ${mark.filters} of ${mark.allFilters} filters`,
        describePart(mark.axes, isLineOf(mark.axes)),
      );
    case "pooling":
      return said(
        mark.allChannels === undefined ? "" : `first ${mark.channels} of ${mark.allChannels} channels`,
        describePart(mark.axes, false),
      );
    case "activation": {
      const { planes, rows, columns, reducedFrom } = mark;
      if (!reducedFrom) return "";
      const size = (of: readonly number[]) => of.join("×");
      return `first ${size([planes, rows, columns])} of ${size(reducedFrom)} numbers`;
    }
    case "softmax":
      return mark.others ? `${mark.others.count} classes of the smallest logits in one row` : "";
  }
}

/** The line below the title; may be empty. */
export const describeSteps = (mark: StepsMark): string => said(mark.subtitle ?? "", describeReduction(mark));

const said = (...parts: string[]): string => parts.filter(Boolean).join(" · ");

/** The first frame as lines of plain text. */
export function stepsText(mark: StepsMark): string[] {
  const frames = framesOf(mark);
  return [
    mark.title ?? "",
    mark.subtitle ?? "",
    describeReduction(mark),
    ...frames.say(beginning(mark, frames)),
  ].filter(Boolean);
}
