/** What a random transform drew, in words. */
import type { Recorded } from "../../data/transforms/recording";
import { drawnNumber } from "../../marks";

/** Units of numbers, by their name in the draws of the package's transforms. */
const UNITS: Readonly<Record<string, string>> = { angle: "°" };

/** A line for each number of a draw: "angle 7.3°", "not flipped", "translate 2, −1". */
export function drawWords({ transform, draws }: Recorded): string[] {
  const [draw] = draws;
  if (typeof draw !== "object" || draw === null) return [`${transform.constructor.name}: ${wordsOf(draw)}`];
  return Object.entries(draw).map(([name, value]) => {
    if (typeof value === "boolean") return value ? name : `not ${name}`;
    return `${spelled(name)} ${wordsOf(value)}${UNITS[name] ?? ""}`;
  });
}

/** "noiseSeed" as "noise seed" */
const spelled = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function wordsOf(value: unknown): string {
  if (typeof value === "number") return Number.isInteger(value) ? String(value).replace("-", "−") : drawnNumber(value);
  return Array.isArray(value) ? value.map(wordsOf).join(", ") : String(value);
}
