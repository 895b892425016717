/** A card and an enlarged card as scenes: the same in a picture and in a page. */
import { PICKED, type Asked } from "../kit/asked";
import { lineColours } from "../kit/colours";
import { element, type Scene, type SceneElement } from "../kit/scene";
import { cutText, textWidth } from "../kit/textWidth";
import type { Theme } from "../kit/theme";
import type { AddressOf, Tile } from "../kit/tilePicture";
import { isPickedCard } from "./picks";
import { FEW, fitImage, FONT, imageRoom, nameRoom, NUMBER_ROOM } from "./layout";
import type { Card, ClassBar, GalleryMark } from "./payload";
import { answerLines, barMeanings, barName, fewBars, isSetOff, leftOut, percent, verdictOf } from "./words";

const LINE = 17;
/** Between the first bars and the truth's, where it is not the next one. */
const APART = 7;
/** Of a square in the legend, and between its entries. */
const [SWATCH, ENTRY_GAP] = [11, 18];
/** Pixels a side that an enlarged image takes at most. */
const ENLARGED = 320;

/** What scenes of cards need. */
export interface Painting {
  mark: GalleryMark;
  tiles: readonly Tile[];
  theme: Theme;
  address: AddressOf;
  /** Which images were picked, if the view asks for some. */
  asked?: Asked | undefined;
}

const textOf = (
  words: string,
  x: number,
  y: number,
  { fill, bold = false, end = false }: { fill: string; bold?: boolean; end?: boolean },
): SceneElement =>
  element(
    "text",
    { x, y, fill, "font-size": FONT, "font-weight": bold ? 700 : undefined, "text-anchor": end ? "end" : undefined },
    words,
  );

/** Blue for a class; green for the truth, orange for a wrong guess, which words say too. */
function barColour(card: Card, bar: ClassBar, { dark }: Theme): string {
  const [blue, orange, green] = lineColours[dark ? "dark" : "light"];
  if (bar.class === card.truth) return green;
  return bar.class === card.guess && verdictOf(card) === "wrong" ? orange : blue;
}

/** The image in a frame, which is thick and coloured where the guess is wrong. */
function picture(
  { mark, theme, tiles, address, asked }: Painting,
  index: number,
  card: Card,
  box: Box,
): SceneElement[] {
  const wrong = verdictOf(card) === "wrong";
  const line = wrong ? 3 : 1;
  const { x, y, width, height } = box;
  return [
    element("rect", {
      x: x - line / 2,
      y: y - line / 2,
      width: width + line,
      height: height + line,
      fill: "none",
      stroke: wrong ? lineColours[theme.dark ? "dark" : "light"][1] : theme.border,
      "stroke-width": line,
    }),
    element("image", {
      ...{ x, y, width, height, href: address(tiles[index]) },
      preserveAspectRatio: "none",
      "image-rendering": "pixelated",
    }),
    ...(isPickedCard(mark, index, asked) ? [around(box, 0.5, PICKED.inner, 2), around(box, 3, PICKED.outer, 4)] : []),
  ];
}

/** A frame around an image, `out` pixels outside of it. */
const around = ({ x, y, width, height }: Box, out: number, stroke: string, line: number): SceneElement =>
  element("rect", {
    ...{ x: x - out, y: y - out, width: width + 2 * out, height: height + 2 * out },
    ...{ fill: "none", stroke, "stroke-width": line, "data-picked": "" },
  });

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A class's name, bar and number in a line that is `width` wide; `roles` behind them says what it is. */
function barLine(
  { mark, theme }: Painting,
  card: Card,
  bar: ClassBar,
  box: Omit<Box, "height">,
  named: number,
): SceneElement[] {
  const { x, y, width } = box;
  const bold = bar.class === card.truth;
  const room = Math.max(4, width - named - NUMBER_ROOM);
  const value = Math.min(1, Math.max(0, bar.value ?? 0));
  return [
    textOf(cutText(`${bold ? "✓ " : ""}${barName(mark, bar)}`, named - 6, FONT, bold), x, y, {
      fill: theme.text,
      bold,
    }),
    element("rect", { x: x + named, y: y - 10, width: room, height: 11, fill: "none", stroke: theme.faint }),
    element("rect", {
      ...{ x: x + named, y: y - 10, width: Math.round(value * room * 10) / 10, height: 11 },
      fill: barColour(card, bar, theme),
    }),
    textOf(percent(bar.value), x + width, y, { fill: theme.text, bold, end: true }),
  ];
}

/** A card of this width; its height is what it needs. */
export function cardScene(painting: Painting, index: number, width: number): Scene {
  const { mark, theme, tiles } = painting;
  const card = mark.cards[index];
  const image = fitImage(tiles[index], imageRoom(width));
  const left = 8;
  const room = width - 2 * left;
  const frame = { x: Math.round((width - image.width) / 2), y: 6, ...image };
  const elements = picture(painting, index, card, frame);
  let y = frame.y + frame.height + 3;
  const say = (words: string, fill: string, bold = false): void => {
    y += LINE;
    elements.push(textOf(cutText(words, room, FONT, bold), left, y, { fill, bold }));
  };
  answerLines(mark, card).forEach((line, i) => say(line, theme.text, i === 0 && verdictOf(card) === "wrong"));
  // Cards of one gallery keep their bars at one height, whether right or wrong.
  if (verdictOf(card) === "right" && mark.cards.some((other) => verdictOf(other) === "wrong")) y += LINE;
  [card.name, ...card.words].forEach((line) => say(line, theme.muted));
  const bars = fewBars(card, FEW);
  if (bars.length > 0) y += 3;
  bars.forEach((bar, i) => {
    y += LINE;
    if (i === FEW - 1 && isSetOff(card, FEW)) {
      elements.push(element("rect", { x: left, y: y - LINE + APART, width: room, height: 1, fill: theme.border }));
      y += APART;
    }
    elements.push(...barLine(painting, card, bar, { x: left, y, width: room }, nameRoom(mark)));
  });
  return { width, height: Math.round(y + 8), elements };
}

/** What the colours of bars mean, in one line; undefined if there are no bars. */
export function legendScene(mark: GalleryMark, theme: Theme): Scene | undefined {
  const [blue, orange, green] = lineColours[theme.dark ? "dark" : "light"];
  const colours = { truth: green, wrong: orange, other: blue };
  const meanings = Object.entries(barMeanings(mark)) as [keyof typeof colours, string][];
  if (meanings.length === 0) return undefined;
  const elements: SceneElement[] = [];
  let x = 0;
  for (const [role, words] of meanings) {
    elements.push(element("rect", { x, y: 3, width: SWATCH, height: SWATCH, fill: colours[role] }));
    elements.push(textOf(words, x + SWATCH + 5, 13, { fill: theme.text }));
    x += SWATCH + 5 + textWidth(words, FONT) + ENTRY_GAP;
  }
  return { width: Math.ceil(x), height: 18, elements };
}

/** The card with its image as large as can be and with all its bars, at most `width` wide. */
export function enlargedScene(painting: Painting, index: number, width: number): Scene {
  const { mark, theme, tiles } = painting;
  const card = mark.cards[index];
  const bars = card.bars ?? [];
  const beside = width >= 520;
  const image = fitImage(tiles[index], Math.min(ENLARGED, beside ? 0.45 * width : width - 12));
  const frame = { x: 4, y: 6, ...image };
  const elements = picture(painting, index, card, frame);
  const left = beside ? frame.x + frame.width + 24 : 4;
  const room = Math.min(420, width - left - 4);
  let y = beside ? 0 : frame.y + frame.height + 4;
  const say = (words: string, fill: string, bold = false): void => {
    y += LINE;
    elements.push(textOf(cutText(words, room, FONT, bold), left, y, { fill, bold }));
  };
  [card.group ? `${card.group}, ${card.name}` : card.name].forEach((line) => say(line, theme.text, true));
  answerLines(mark, card).forEach((line, i) => say(line, theme.text, i === 0));
  card.words.forEach((line) => say(line, theme.muted));
  if (bars.length > 0) y += 6;
  const named = Math.min(
    150,
    0.36 * room,
    Math.max(60, ...bars.map((bar) => textWidth(`✓ ${barName(mark, bar)}`, FONT, true) + 10)),
  );
  for (const bar of bars) {
    y += LINE + 2;
    const roles = [bar.class === card.truth ? "truth" : "", bar.class === card.guess ? "guess" : ""].filter(Boolean);
    elements.push(...barLine(painting, card, bar, { x: left, y, width: room - 84 }, named));
    if (roles.length > 0)
      elements.push(textOf(roles.join(", "), left + room - 78, y, { fill: theme.text, bold: true }));
  }
  const rest = leftOut(mark, card);
  if (rest) say(rest, theme.muted);
  return { width, height: Math.round(Math.max(y + 8, frame.y + frame.height + 6)), elements };
}
