/** Which cards a page holds, and how large all of them are. */
import { textWidth } from "../kit/textWidth";
import type { Tile } from "../kit/tilePicture";
import type { Card, GalleryMark } from "./payload";
import { answerLines, barName, fewBars } from "./words";

/** CSS pixels of cards: with classes, with words alone, and of those in rows, of which as many stand side by side as a page has room for. */
const [WIDEST, USUAL, NARROWEST, WIDEST_IN_ROW] = [176, 144, 76, 120];
/** Of cards with classes: the narrowest one, a bar at least, and the names, which say what they must up to a width. */
const [WITH_BARS, BAR, LONGEST_NAMES] = [184, 38, 136];
const PADDING = 8;
/** Between cards, and of the words in them. */
export const GAP = 8;
export const FONT = 13;
/** Of a class's share in percent, with the gap before it. */
export const NUMBER_ROOM = Math.ceil(textWidth("< 0.01 %", FONT, true)) + 6;
/** Bars below a card; an enlarged one has all. */
export const FEW = 3;
/** Cards a page: more would not be looked at one by one. A row of one heading is not divided until it is longer than a page. */
const [PAGE, PAGE_OF_ROWS, LONGEST_PAGE] = [24, 36, 72];

/** The first card of each page, and behind them how many there are. */
export function pageBounds(cards: readonly Card[]): number[] {
  const bounds = [0];
  for (let i = 1; i < cards.length; i++) {
    const held = i - bounds[bounds.length - 1];
    const divides = cards[i].group === undefined || cards[i].group !== cards[i - 1].group;
    if (held >= LONGEST_PAGE || (divides && held >= (cards[i].group === undefined ? PAGE : PAGE_OF_ROWS)))
      bounds.push(i);
  }
  return [...bounds, cards.length];
}

/** Cards of a page that stand together: their numbers, below one heading. */
export interface Row {
  heading: string | undefined;
  cards: number[];
}

export function rowsOf({ cards }: GalleryMark, from: number, to: number): Row[] {
  const rows: Row[] = [];
  for (let i = from; i < to; i++) {
    const last = rows[rows.length - 1];
    if (last && last.heading === cards[i].group) last.cards.push(i);
    else rows.push({ heading: cards[i].group, cards: [i] });
  }
  return rows;
}

/** The width of all cards where so many CSS pixels are available: what suits their words, within bounds. */
export function cardWidth(mark: GalleryMark, available: number): number {
  const { cards } = mark;
  if (cards.some(({ bars }) => bars && bars.length > 0))
    return Math.max(WITH_BARS, 2 * PADDING + nameRoom(mark) + BAR + NUMBER_ROOM);
  const widest = cards.reduce((most, card) => {
    const lines = [card.name, ...answerLines(mark, card), ...card.words];
    return Math.max(most, ...lines.map((line) => textWidth(line, FONT)));
  }, 0);
  if (cards.every(({ group }) => group === undefined))
    return Math.round(Math.min(WIDEST, Math.max(USUAL, widest + 2 * PADDING)));
  const longest = Math.max(...rowsOf(mark, 0, cards.length).map((row) => row.cards.length));
  const each = Math.floor((available + GAP) / longest) - GAP;
  return Math.round(Math.min(WIDEST_IN_ROW, Math.max(NARROWEST, widest + 2 * PADDING, each)));
}

const nameRooms = new WeakMap<GalleryMark, number>();

/** CSS pixels for the names of classes beside the bars of cards. */
export function nameRoom(mark: GalleryMark): number {
  let room = nameRooms.get(mark);
  if (room === undefined) {
    const bars = mark.cards.flatMap((card) => fewBars(card, FEW));
    const names = new Set(bars.map((bar) => barName(mark, bar)));
    const widest = Math.max(0, ...[...names].map((name) => textWidth(`✓ ${name}`, FONT, true)));
    nameRooms.set(mark, (room = Math.ceil(Math.min(LONGEST_NAMES, widest + 6))));
  }
  return room;
}

export interface Fitted {
  width: number;
  height: number;
}

/** An image enlarged by a whole number, where that is not to make it smaller than it must be. */
export function fitImage({ tiles }: Tile, room: number): Fitted {
  const scale = Math.min(room / tiles.width, (1.25 * room) / tiles.height);
  const factor = scale >= 1 ? Math.floor(scale) : scale;
  return { width: Math.max(1, tiles.width * factor), height: Math.max(1, tiles.height * factor) };
}

/** CSS pixels that a card leaves for its image. */
export const imageRoom = (width: number): number => Math.min(WIDEST, width) - 2 * PADDING;

/** How many cards stand beside each other: rows of one length, as far as that needs no further row. */
export function columnsOf(cards: number, width: number, available: number): number {
  const most = Math.max(1, Math.floor((available + GAP) / (width + GAP)));
  return Math.ceil(cards / Math.ceil(cards / most));
}
