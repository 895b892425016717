import { formatNumber, typeset } from "../kit/numbers";
import type { FieldMark, FieldStep } from "./payload";

const plain = (value: number): string => formatNumber(value, 6);
const drawn = (value: number): string => typeset(plain(value));

/** "conv2 [4, 4] sees 14×14 pixels: rows 2 to 15, columns 2 to 15". Rows and columns count from 0. */
export function stepWords({ layer, unit, top, left, height, width }: FieldStep, number = plain): string {
  const place = unit ? ` [${unit.map(number).join(", ")}]` : "";
  const span = (from: number, length: number): string => `${number(from)} to ${number(from + length - 1)}`;
  return `${layer}${place} sees ${number(height)}×${number(width)} pixels: rows ${span(top, height)}, columns ${span(left, width)}`;
}

/** {@link stepWords} as it is drawn, with true minus signs. */
export const drawnStep = (step: FieldStep): string => stepWords(step, drawn);

/** The mark as lines of plain text: its last step; a table tells the others. */
export function fieldText({ title = "", subtitle = "", steps }: FieldMark): string[] {
  return [title, subtitle, stepWords(steps[steps.length - 1])].filter(Boolean);
}

export const fieldName = ({ title, steps }: FieldMark, outer: string): string => {
  const words = title ?? outer;
  return `Receptive field${words && `: ${words}`}. ${stepWords(steps[steps.length - 1])}.`;
};
