/** The words of a gallery. */
import { formatNumber, typeset } from "../kit/numbers";
import type { Card, ClassBar, GalleryMark } from "./payload";

/** Cards that the text of a gallery tells of at most. */
const MOST_TOLD = 40;

export type Verdict = "right" | "wrong" | undefined;

/** Whether the guess is the truth, where both are known. */
export const verdictOf = ({ truth, guess }: Card): Verdict =>
  truth === undefined || guess === undefined ? undefined : truth === guess ? "right" : "wrong";

const className = ({ classes = [] }: GalleryMark, index: number): string => classes[index] || `class ${index}`;

/** "✓ right: cat"; "✗ guess dog" and "truth cat"; one of the two alone; nothing. The first is the verdict. */
export function answerLines(mark: GalleryMark, card: Card): string[] {
  const { truth, guess } = card;
  const verdict = verdictOf(card);
  if (verdict === "right") return [`✓ right: ${className(mark, guess as number)}`];
  if (verdict === "wrong")
    return [`✗ guess ${className(mark, guess as number)}`, `truth ${className(mark, truth as number)}`];
  if (guess !== undefined) return [`guess ${className(mark, guess)}`];
  return truth === undefined ? [] : [className(mark, truth)];
}

/** Of a share, in percent: smaller ones are not told apart on a card. */
const SMALLEST = 0.01;

/** "83.1 %", "< 0.01 %" */
export function percent(value: number | null): string {
  if (value === null) return "NaN";
  return value > 0 && 100 * value < SMALLEST ? `< ${SMALLEST} %` : `${typeset(formatNumber(100 * value))} %`;
}

export const barName = (mark: GalleryMark, bar: ClassBar): string => className(mark, bar.class);

/** A class's score with all the digits that a float32 may need, and with what it is. */
export function barWords(mark: GalleryMark, card: Card, bar: ClassBar): string {
  const roles = [bar.class === card.truth ? "truth" : "", bar.class === card.guess ? "guess" : ""].filter(Boolean);
  return `${barName(mark, bar)} ${percent(bar.value)}${roles.length > 0 ? ` (${roles.join(", ")})` : ""}`;
}

/** The few bars below a card: the first ones, and the truth's in place of the last where it is not among them. */
export function fewBars({ bars = [], truth }: Card, most: number): ClassBar[] {
  const few = bars.slice(0, most);
  const own = bars.find((bar) => bar.class === truth);
  return own && !few.includes(own) ? [...few.slice(0, most - 1), own] : few;
}

/** Whether the truth's bar stands below the first ones without being the next of them. */
export const isSetOff = ({ bars = [], truth }: Card, most: number): boolean =>
  bars.findIndex((bar) => bar.class === truth) >= most;

/** What the colours of bars mean, as far as there are such bars. */
export function barMeanings({ cards }: GalleryMark): Partial<Record<"truth" | "wrong" | "other", string>> {
  const barred = cards.filter(({ bars }) => bars && bars.length > 0);
  if (barred.length === 0) return {};
  return {
    ...(barred.some(({ truth }) => truth !== undefined) ? { truth: "✓ truth" } : {}),
    ...(barred.some((card) => verdictOf(card) === "wrong") ? { wrong: "✗ wrong guess" } : {}),
    other: "other class",
  };
}

/** A card in one line: what a screen reader says of it. */
export function describeCard(mark: GalleryMark, card: Card): string {
  const bars = fewBars(card, 3).map((bar) => barWords(mark, card, bar));
  const answers = answerLines(mark, card).map((line) => line.replace("✗", "wrong:").replace("✓ ", ""));
  return [card.group, card.name, ...answers, ...card.words, ...bars].filter(Boolean).join(", ");
}

/** How many of the classes a card has no bars for; "" if none is left out. */
export function leftOut({ classes = [] }: GalleryMark, { bars = [] }: Card): string {
  const rest = classes.length - bars.length;
  return bars.length === 0 || rest <= 0 ? "" : `and ${rest} classes below`;
}

/** What was made smaller to fit into the notebook; empty if nothing was. */
function describeReduction({ pixels }: GalleryMark): string {
  const from = pixels.find(({ reducedFrom }) => reducedFrom);
  if (!from?.reducedFrom) return "";
  const { height, width } = from.reducedFrom;
  return height === from.height && width === from.width
    ? ""
    : `${height}×${width} shown as ${from.height}×${from.width}`;
}

/** The line below the gallery's title; may be empty. */
export const describeGallery = (mark: GalleryMark): string =>
  [mark.subtitle, describeReduction(mark)].filter(Boolean).join(" · ");

/** The gallery as lines of plain text. */
export function galleryText(mark: GalleryMark): string[] {
  const { title, subtitle, cards } = mark;
  const told = cards.slice(0, MOST_TOLD).map((card) => describeCard(mark, card));
  const more = cards.length > MOST_TOLD ? [`and ${cards.length - MOST_TOLD} more`] : [];
  return [title ?? "", subtitle ?? "", describeReduction(mark), ...told, ...more].filter(Boolean);
}
