/** What layers share: how they print their options, and the check of their channels. */
import { show } from "../../arguments";
import { ShapeError } from "../../errors";

/** `kernelSize=3, stride=2`: options as a layer prints them; what was not given is not printed. */
export const listOptions = (options: object): string =>
  Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(", ");

/** @throws ShapeError unless each count is a positive multiple of groups. */
export function checkChannelCounts(caller: string, counts: Record<string, number>, groups: number): void {
  if (!Number.isInteger(groups) || groups < 1)
    throw new ShapeError(
      `${caller}: groups must be a whole number >= 1, got ${show(groups)}. Choose a divisor of both channel counts.`,
    );
  for (const [name, count] of Object.entries(counts))
    if (!Number.isInteger(count) || count < 1 || count % groups !== 0)
      throw new ShapeError(`${caller}: ${name} must be a positive multiple of groups (${groups}), got ${show(count)}.`);
}
