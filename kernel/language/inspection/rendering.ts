/** What is known about a name, as plain text and as Markdown. */
import type ts from "typescript";
import { textOf } from "./quickInfo";

export function plainOf(info: ts.QuickInfo): string {
  const tags = (info.tags ?? []).map((tag) => `@${tag.name} ${textOf(tag.text)}`.trim()).join("\n");
  return joined([textOf(info.displayParts), joined([textOf(info.documentation), tags], "\n")]);
}

export function markdownOf(info: ts.QuickInfo): string {
  const sections = [fenced(textOf(info.displayParts)), escaped(textOf(info.documentation))];
  for (const tag of info.tags ?? []) sections.push(tagMarkdown(tag.name, textOf(tag.text)));
  return joined(sections);
}

function tagMarkdown(name: string, text: string): string {
  if (name === "example" && text !== "") {
    return `*@example*\n\n${text.includes("```") ? text : fenced(text)}`;
  }
  return `*@${name}* ${escaped(text)}`.trim();
}

const joined = (sections: readonly string[], between = "\n\n"): string =>
  sections.filter((section) => section !== "").join(between);
const fenced = (text: string): string => `\`\`\`typescript\n${text}\n\`\`\``;

/** Code in backticks and addresses, which stay; and signs that Markdown would read as its own. */
const SPECIAL =
  /```[^]*?(?:```|$)|`[^`\n]*`|https?:\/\/[^\s)>\]]+|(?<=[\w)\]}])\*(?!\*)|\*(?=[ ,.;:)]|$)|(?<![\w*])_|_(?![\w])|<(?=[A-Za-z/!])/gm;

/** Doc comments are written as text: `2*padding - dilation*(R-1)` is a formula and no emphasis. */
export function escaped(text: string): string {
  return text.replace(SPECIAL, (found, at: number) => {
    if (found.length > 1) return found;
    // A bullet at the beginning of a line.
    if (found === "*" && /(?:^|\n)\s*$/.test(text.slice(0, at)) && text[at + 1] === " ") return found;
    return `\\${found}`;
  });
}
