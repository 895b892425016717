/** Questions about JSON from outside: a notebook may come from a newer version, or from a text editor. */
import { base64Length } from "./base64";

export type Json = Record<string, unknown>;

export const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const hasOwn = (owner: object, key: string): boolean => Object.prototype.hasOwnProperty.call(owner, key);

export const isText = (value: unknown): value is string => typeof value === "string";
export const isOptionalText = (value: unknown): boolean => value === undefined || isText(value);

/** A whole number above zero. */
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;

export const isList = (value: unknown, isItem: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(isItem);

/** A number, or null, which is what JSON makes of NaN. */
export const isNumberOrNull = (value: unknown): boolean => value === null || Number.isFinite(value);

/** Pixels that a page draws at most: a payload with its bytes is never near, and a hostile one must not stop the page. */
const MOST_PIXELS = 2 ** 24;

/** What is wrong with packed pixels, of which `channels` planes make a tile; undefined if nothing is. */
export function wrongPixels(pixels: unknown, channels: 1 | 3): string | undefined {
  if (!isRecord(pixels)) return "pixels";
  const { planes, height, width, bytes, ranges, values, unusual, reducedFrom } = pixels;
  if (!isCount(planes) || planes % channels !== 0 || !isCount(height) || !isCount(width)) return "pixel sizes";
  const isSize = ({ planes, height, width }: Json) => [planes, height, width].every(isCount);
  if (reducedFrom !== undefined && !(isRecord(reducedFrom) && isSize(reducedFrom))) return "pixel sizes";
  if (!isText(bytes) || !isOptionalText(values) || !isOptionalText(unusual)) return "pixel bytes";
  const count = planes * height * width;
  const size = `${planes} planes of ${height}x${width}`;
  if (count > MOST_PIXELS) return `pixel sizes (${size} are too many)`;
  const lengths = [base64Length(bytes), ...(isText(values) ? [base64Length(values) / 4] : [])];
  const wrong = lengths.find((length) => length !== count);
  if (wrong !== undefined) return Number.isNaN(wrong) ? "pixel bytes" : `pixel bytes (${wrong} do not fill ${size})`;
  if (unusual !== undefined && base64Length(unusual as string) !== Math.ceil(count / 4)) return "pixels that are NaN";
  // Far beyond float32: no sum of such numbers, nor 255 of them, is infinite.
  const isEnd = (value: unknown): boolean => typeof value === "number" && Math.abs(value) <= 1e300;
  const isRange = (range: unknown) => isList(range, isEnd) && (range as number[]).length === 2;
  const fits = Array.isArray(ranges) && (ranges.length === 1 || ranges.length === planes);
  return fits && ranges.every(isRange) ? undefined : "pixel ranges";
}
