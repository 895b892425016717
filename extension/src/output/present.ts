/** A view as its reader sees it now: another step, other settings than those that it was saved with. */
import type { Drawing, PictureWords } from "../../../src/marks/kit/drawing.page";
import { stacked } from "../../../src/marks/kit/picture";

/** The text of an SVG, of all parts below each other; undefined unless every part draws its present state. */
export function presentPicture(
  parts: readonly { drawing: Drawing<unknown> }[],
  words: PictureWords,
): string | undefined {
  const pictures = parts.flatMap(({ drawing }, i) => drawing.picture?.(i === 0 ? words : {}) ?? []);
  if (pictures.length === 0 || pictures.length < parts.length) return undefined;
  const whole = stacked(pictures.map(sized), words.title ?? "");
  return "svg" in whole ? whole.svg : undefined;
}

function sized(svg: string): { svg: string; width: number; height: number } {
  const size = (name: string): number => Number(new RegExp(` ${name}="([\\d.]+)"`).exec(svg)?.[1] ?? 0);
  return { svg, width: size("width"), height: size("height") };
}
