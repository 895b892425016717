import { isList, isOptionalText, isRecord, isText, type Json } from "../kit/check";
import { countTiles, isColours } from "../kit/tilePicture";

/** Lines of a card, and letters of each: a page would only grow. Ours has 40. */
const [MOST_WORDS, LONGEST] = [60, 2000];
/** Bars of a card: an enlarged one shows all of them. Ours has 20. */
const MOST_BARS = 200;

/** What in this payload cannot be read; undefined if nothing. */
export function checkGallery(mark: Json): string | undefined {
  const { colours, classes = [], cards, pixels } = mark;
  if (!isOptionalText(mark.title) || !isOptionalText(mark.subtitle)) return "title";
  if (!isColours(colours)) return "colours";
  if (!isList(classes, isText)) return "classes";
  if (!Array.isArray(cards) || cards.length === 0) return "cards";
  const count = (classes as string[]).length;
  const wrong = cards.findIndex((card) => !isCard(card, count));
  if (wrong >= 0) return `card ${wrong}`;
  const tiles = countTiles(pixels, colours);
  if (typeof tiles === "string") return tiles;
  return tiles === cards.length ? undefined : `pixels (${tiles} images for ${cards.length} cards)`;
}

function isCard(card: unknown, classes: number): boolean {
  if (!isRecord(card)) return false;
  const isClass = (value: unknown): boolean =>
    Number.isInteger(value) && (value as number) >= 0 && (value as number) < classes;
  const isClassOrNone = (value: unknown): boolean => value === undefined || isClass(value);
  const { name, index, words, group, truth, guess, bars } = card;
  return (
    isShort(name) &&
    (index === undefined || (Number.isSafeInteger(index) && (index as number) >= 0)) &&
    isList(words, isShort) &&
    (words as unknown[]).length <= MOST_WORDS &&
    (group === undefined || isShort(group)) &&
    isClassOrNone(truth) &&
    isClassOrNone(guess) &&
    (bars === undefined ||
      (isList(bars, (bar) => isRecord(bar) && isClass(bar.class) && (bar.value === null || isShare(bar.value))) &&
        (bars as unknown[]).length <= MOST_BARS))
  );
}

const isShort = (value: unknown): boolean => isText(value) && value.length <= LONGEST;

const isShare = (value: unknown): boolean => Number.isFinite(value) && (value as number) >= 0 && (value as number) <= 1;
