/** JSON as messages carry it. */

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Half a surrogate pair, which JSON writes as an escape: an even number of backslashes before it are letters of the text. */
const HALF_PAIR = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g;

/**
 * JSON that also takes typed arrays (as arrays) and bigints (as numbers in strings). Half a character, as `"😀"[0]` is, becomes the
 * replacement character: Jupyter could not save a notebook that holds it.
 */
export function toJson(value: unknown): string {
  const json = written(value);
  return json?.includes("\\ud") ? json.replace(HALF_PAIR, "$1\ufffd") : json;
}

/** Undefined for what has no JSON, as JSON.stringify's types do not say. */
function written(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === "bigint") return part.toString();
    if (ArrayBuffer.isView(part) && !(part instanceof DataView)) {
      return Array.from(part as unknown as ArrayLike<number>);
    }
    return part;
  });
}
