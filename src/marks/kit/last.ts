/** The end of a list, which pages older than ES2022 do not have as `at(-1)`. */
export const last = <T>(list: readonly T[]): T | undefined => list[list.length - 1];
