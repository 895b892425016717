/** What every view takes. */
import { show, wrongKind } from "../arguments";
import type { OptionNames } from "../options";

export interface ViewOptions {
  /** Above the view; the default names what is shown. */
  title?: string;
  /** CSS pixels that the view is wide, where the page has as many; default: what suits what is shown. */
  size?: number;
}
export const viewOptionNames: OptionNames<ViewOptions> = { title: true, size: true };

/** Fields of the view. @throws RangeError if the size is no width of a view, TypeError if the title is no text */
export function viewFields(
  caller: string,
  { title, size }: ViewOptions,
  usual: string,
): { version: 2; title: string; size?: number } {
  checkTitle(caller, title);
  if (size !== undefined && !(Number.isInteger(size) && size >= 100 && size <= 4000))
    throw new RangeError(
      `${caller}: size must be a whole number from 100 to 4000, got ${show(size)}. 900 suits a lecture.`,
    );
  return { version: 2, title: title ?? usual, ...(size === undefined ? {} : { size }) };
}

/** @throws TypeError unless it is text; undefined is none. @param name of the option: "title" */
export function checkTitle(caller: string, title: unknown, name = "title"): asserts title is string | undefined {
  if (title !== undefined && typeof title !== "string")
    throw wrongKind(caller, name, "text", title, `Write { ${name}: "..." }.`);
}
