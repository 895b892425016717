/** The words of a question: its answer, or how to give one. */
import { answerFields, type Picked, type PickKind } from "../kit/asked";
import { isRight } from "./answers";
import type { Answer, QuestionMark } from "./payload";

/** What a reader does. */
const HOW: Record<PickKind, string> = {
  unit: "Click a unit",
  pixel: "Click a pixel",
  layer: "Click a layer",
  image: "Click an image",
  box: "Drag a box over an image",
};

/** "conv1, unit 3"; "row 2, column 4, 5×7 pixels" */
export function pickedWords(picked: Picked): string {
  const words: string[] = [];
  // In a Sequential the path is a number.
  if ("layer" in picked) words.push(/^\d/.test(picked.layer) ? `layer ${picked.layer}` : picked.layer);
  if ("unit" in picked) words.push(`unit ${picked.unit}`);
  if ("index" in picked) words.push(`image ${picked.index}`);
  if ("row" in picked) words.push(`row ${picked.row}`, `column ${picked.column}`);
  if ("height" in picked) words.push(`${picked.height}×${picked.width} pixels`);
  return words.join(", ");
}

/** The answer in words; empty if there is none. */
export function answerWords({ asks }: Pick<QuestionMark, "asks">, answer: Answer): string {
  if (answer === null) return "";
  if (asks.kind === "pick") return ([answer].flat() as Picked[]).map(pickedWords).join("; ");
  if (asks.kind === "choice") return String(answer);
  // As it was given: a rounded answer would be another one.
  return [String(answer).replace("-", "−"), asks.unit ?? ""].filter(Boolean).join(" ");
}

/** "q3 has no answer yet. Click a unit below, or write answer: { layer, unit }." */
export function noAnswerWords({ id, asks, missing, opens = false }: QuestionMark): string {
  const none = `${id} has no answer yet${missing ? ` (${missing.replace(/[.!]$/, "")})` : ""}.`;
  return `${none} ${howWords(asks, opens)}.`;
}

function howWords(asks: QuestionMark["asks"], opens: boolean): string {
  switch (asks.kind) {
    case "pick": {
      const form = `{ ${answerFields[asks.pick].join(", ")} }`;
      const several = asks.count > 1;
      const below = opens ? `Open a ${asks.pick} below and press Pick` : `${HOW[asks.pick]} below`;
      const how = several ? `${below}, ${asks.count} in all` : below;
      return `${how}, or write answer: ${several ? `[${form}, ...]` : form}`;
    }
    case "choice":
      return 'Choose one, or write answer: "its words"';
    case "number":
      return "Type a number and press Enter, or write it as answer: 12.5";
  }
}

/** "1 of 3 picked"; empty where that need not be said. */
export function countWords({ asks }: Pick<QuestionMark, "asks">, answer: Answer): string {
  if (asks.kind !== "pick" || asks.count === 1 || answer === null) return "";
  const { length } = [answer].flat();
  return length < asks.count ? `${length} of ${asks.count} picked` : "";
}

/** "Right. Each filter has a bias."; empty where the question does not tell. */
export function verdictWords({ asks }: Pick<QuestionMark, "asks">, answer: Answer): string {
  const right = asks.kind === "pick" ? undefined : isRight(asks, answer);
  if (asks.kind === "pick" || answer === null) return "";
  if (right === undefined) return asks.why ?? "";
  return [right ? "Right." : "Not right.", asks.why ?? ""].filter(Boolean).join(" ");
}

/** What is said of the answer, in one line. */
export function stateWords(mark: QuestionMark, answer: Answer = mark.answer): string {
  if (answer === null) return noAnswerWords(mark);
  const count = countWords(mark, answer);
  return `Answer to ${mark.id}: ${answerWords(mark, answer)}${count && ` (${count})`}`;
}

/** The question as lines of plain text. */
export function questionText(mark: QuestionMark): string[] {
  const { title, subtitle, asks, answer } = mark;
  const choices =
    asks.kind === "choice" ? asks.choices.map((each) => `${each === answer ? "(x)" : "( )"} ${each}`) : [];
  return [title ?? "", subtitle ?? "", ...choices, stateWords(mark), verdictWords(mark, answer)].filter(Boolean);
}
