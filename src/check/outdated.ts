/** Answers that are older than the cell in which they stand. */
import { notebook } from "../notebook";

/** A line if the function names variables whose cell did not compile when it was run last; none otherwise. */
export function outdatedWarning(body: (...given: never[]) => unknown): string[] {
  const text = String(body);
  const names = [...(notebook()?.outdated ?? [])].filter((name) => namesIn(text).has(name));
  if (names.length === 0) return [];
  const [are, versions] = names.length === 1 ? ["is", "version"] : ["are", "versions"];
  return [
    `⚠ ${names.join(", ")} ${are} here in the ${versions} before: the cell that declares ${names.length === 1 ? "it" : "them"} has an error. ` +
      `Mend that cell, run it, then run this one again.`,
  ];
}

/** Every word that is no property. */
const namesIn = (text: string): Set<string> => new Set(text.match(/(?<![\w$.])[A-Za-z_$][\w$]*/g));
