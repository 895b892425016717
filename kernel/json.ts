/** JSON as messages carry it. */

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** JSON that also takes typed arrays (as arrays) and bigints (as numbers in strings). */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === "bigint") return part.toString();
    if (ArrayBuffer.isView(part) && !(part instanceof DataView)) {
      return Array.from(part as unknown as ArrayLike<number>);
    }
    return part;
  });
}
