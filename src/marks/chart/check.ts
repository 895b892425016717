import { isCount, isList, isNumberOrNull, isOptionalText, isRecord, isText, type Json } from "../kit/check";

/** What in this payload cannot be read; undefined if nothing. */
export function checkChart(mark: Json): string | undefined {
  if (!isOptionalText(mark.title) || !isOptionalText(mark.subtitle)) return "title";
  if (!isText(mark.x) || !isText(mark.y)) return "axes";
  if (!Array.isArray(mark.lines)) return "lines";
  const wrong = mark.lines.findIndex((line) => !isLine(line));
  return wrong < 0 ? undefined : `line ${wrong}`;
}

function isLine(line: unknown): boolean {
  if (!isRecord(line)) return false;
  const { name, x, y, colour, pale, points } = line;
  return (
    isText(name) &&
    isList(x, isNumberOrNull) &&
    isList(y, isNumberOrNull) &&
    (x as unknown[]).length === (y as unknown[]).length &&
    (colour === 0 || isCount(colour)) &&
    (pale === undefined || typeof pale === "boolean") &&
    (points === undefined || isCount(points))
  );
}
