/** Images whose normalisation a view undoes. */
import { wrongKind } from "../arguments";
import { isFloat } from "../devices/device";
import { DataError } from "../errors";
import { formatNumber } from "../marks";
import type { OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";

export interface Normalisation {
  /** What `transforms.Normalize` was given; the picture shows the images as they were before. Default 0 and 1. */
  mean?: number | readonly number[];
  std?: number | readonly number[];
}
export const normalisationNames: OptionNames<Normalisation> = { mean: true, std: true };

/** A function from images' numbers to those before. @throws DataError unless mean and std fit the channels; TypeError unless they are numbers */
export function beforeNormalisation(
  caller: string,
  [channels, height, width]: readonly number[],
  options: Normalisation,
): (values: ArrayLike<number>) => Float64Array {
  checkNormalisation(caller, options);
  const mean = perChannel(caller, "mean", options, channels);
  const std = perChannel(caller, "std", options, channels);
  return (values) => {
    const before = new Float64Array(values.length);
    for (let i = 0; i < before.length; i++) {
      const channel = Math.floor(i / (height * width)) % channels;
      before[i] = values[i] * std[channel] + mean[channel];
    }
    return before;
  };
}

/** The numbers that are black and white, and what a view says about them. */
export function blackAndWhite(
  [min, max]: readonly [number, number],
  { dtype }: Pick<Tensor, "dtype">,
  { mean, std }: Normalisation,
): { range: [number, number]; note: string[] } {
  const white = isFloat(dtype) || dtype === "bool" ? 1 : 255;
  // Undoing a normalisation leaves numbers like -1e-8.
  if (mean !== undefined || std !== undefined || (min >= 0 && max <= white)) return { range: [0, white], note: [] };
  if (min === max) {
    // Beside zero, one number has a colour: the brightest above it, the darkest below.
    const range: [number, number] = min > 0 ? [0, max] : [min, 0];
    const [low, high] = range.map((each) => formatNumber(each));
    return { range, note: [`every number is ${formatNumber(min)}`, `black is ${low}, white is ${high}`] };
  }
  return { range: [min, max], note: [`black is ${formatNumber(min)}, white is ${formatNumber(max)}`] };
}

/** @throws TypeError unless mean and std are numbers, or arrays of numbers; undefined is the default */
export function checkNormalisation(caller: string, { mean, std }: Normalisation): void {
  for (const [name, value] of Object.entries({ mean, std }) as [string, unknown][]) {
    if (value === undefined) continue;
    const values: unknown[] = Array.isArray(value) ? value : [value];
    if (values.length === 0 || !values.every((each) => Number.isFinite(each)))
      throw wrongKind(
        caller,
        name,
        "a number, or one for each channel",
        value,
        `Write what transforms.Normalize was given, { ${name}: 0.5 }.`,
      );
  }
}

function perChannel(caller: string, name: "mean" | "std", options: Normalisation, channels: number): number[] {
  const values = [options[name] ?? (name === "mean" ? 0 : 1)].flat();
  if (values.length !== 1 && values.length !== channels)
    throw new DataError(
      `${caller}: ${name} has ${values.length} numbers, the images have ${channels} channels. Give one a channel, or one for all.`,
    );
  return Array.from({ length: channels }, (_, channel) => values[values.length === 1 ? 0 : channel]);
}
