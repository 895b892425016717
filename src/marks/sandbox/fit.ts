/** Whether windows fit an input: the arithmetic of output sizes, in numbers and words. */
import { typeset } from "../kit/numbers";
import type { Settings } from "./payload";

/** Smallest and largest value of each setting. */
export const limits: Readonly<Record<keyof Settings, readonly [number, number]>> = {
  inputSize: [1, 512],
  kernelSize: [1, 64],
  stride: [1, 64],
  padding: [0, 64],
  dilation: [1, 16],
};
export const names: Readonly<Record<keyof Settings, string>> = {
  inputSize: "Input size W",
  kernelSize: "Kernel size F",
  stride: "Stride S",
  padding: "Padding P",
  dilation: "Dilation D",
};
export const settingNames = Object.keys(limits) as (keyof Settings)[];

export interface Fit {
  /** How far a window reaches, from its first tap to its last. */
  span: number;
  /** Windows that lie on the padded input; 0 or fewer if not even one does. */
  count: number;
  /** What the formula says, which is a fraction where windows do not fit. */
  exact: number;
  /** Whether it is a whole number above zero. */
  fits: boolean;
  /** Pixels at the end of the padded input that no window reaches. */
  leftOver: number;
}

export function fitOf({ inputSize, kernelSize, stride, padding, dilation }: Settings): Fit {
  const span = dilation * (kernelSize - 1) + 1;
  const room = inputSize + 2 * padding - span;
  const exact = room / stride + 1;
  if (room < 0) return { span, count: 0, exact, fits: false, leftOver: 0 };
  return { span, count: Math.floor(exact), exact, fits: room % stride === 0, leftOver: room % stride };
}

/** `(W − F + 2P) / S + 1 = (7 − 3 + 2·0) / 3 + 1 = 2.33`; with the span of the window in place of F where it is dilated. */
export function formula(settings: Settings): string {
  const { inputSize: W, kernelSize: F, stride: S, padding: P, dilation: D } = settings;
  const [letters, numbers] =
    D === 1
      ? ["(W − F + 2P) / S + 1", `(${W} − ${F} + 2·${P}) / ${S} + 1`]
      : ["(W − D·(F − 1) − 1 + 2P) / S + 1", `(${W} − ${D}·(${F} − 1) − 1 + 2·${P}) / ${S} + 1`];
  return `${letters} = ${numbers} = ${rounded(fitOf(settings).exact)}`;
}

/** Hundredths are all that a reader needs: 2.33, 54.25. */
const rounded = (value: number): string => typeset(String(Number(value.toFixed(2))));

/** What the number means, in one or two sentences. */
export function verdict(settings: Settings): string {
  const { inputSize, kernelSize, stride, padding, dilation } = settings;
  const { span, count, exact, fits, leftOver } = fitOf(settings);
  const padded = padding > 0 ? `the padded input of ${inputSize + 2 * padding}` : `the input of ${inputSize}`;
  const window =
    dilation > 1 ? `A window of ${kernelSize} taps, ${dilation} apart, spans ${span} and` : `A window of ${span}`;
  if (count < 1) return `Does not fit. ${window} is larger than ${padded}.`;
  if (fits) {
    const same = count === inputSize ? ", as many as the input has" : "";
    return `Fits. The output has ${count} ${count === 1 ? "pixel" : "pixels"}${same}.`;
  }
  return (
    `Does not fit: ${rounded(exact)} is not a whole number. ${count} ${count === 1 ? "window" : "windows"} with stride ${stride} ` +
    `reach ${(count - 1) * stride + span} of ${padded}; ${leftWords(settings, leftOver)}. ` +
    `PyTorch and this engine leave that out without a word: output ${count}.`
  );
}

/** "pixel 6 is left over", "pixels 5 and 6 and 1 zero of the padding are left over" */
function leftWords({ inputSize, padding }: Settings, leftOver: number): string {
  const zeros = Math.min(leftOver, padding);
  const pixels = leftOver - zeros;
  const first = inputSize - pixels;
  const named =
    pixels === 0
      ? []
      : [pixels === 1 ? `pixel ${first}` : `pixels ${first} ${pixels === 2 ? "and" : "to"} ${inputSize - 1}`];
  const padded = zeros === 0 ? [] : [`${zeros} ${zeros === 1 ? "zero" : "zeros"} of the padding`];
  return `${[...named, ...padded].join(" and ")} ${leftOver === 1 ? "is" : "are"} left over`;
}

export interface Suggestion {
  setting: keyof Settings;
  value: number;
  /** "stride 2: output 3" */
  words: string;
}

/** Changes of one setting with which windows fit: of each the nearest, at most two. */
export function suggestions(settings: Settings): Suggestion[] {
  if (fitOf(settings).fits) return [];
  return settingNames.flatMap((setting) => {
    const [least, most] = limits[setting];
    const now = settings[setting];
    const found: Suggestion[] = [];
    for (let away = 1; away <= 16 && found.length < 2; away++)
      for (const value of [now - away, now + away]) {
        if (value < least || value > most || found.length === 2) continue;
        const fit = fitOf({ ...settings, [setting]: value });
        const word = names[setting].replace(/ \w$/, "").toLowerCase();
        if (fit.fits) found.push({ setting, value, words: `${word} ${value}: output ${fit.count}` });
      }
    return found.sort((a, b) => a.value - b.value);
  });
}

/** What one window reads: "output 1: input 3, 4, 5"; "output 0: padding, input 0, 1". */
export function windowWords({ inputSize, kernelSize, stride, padding, dilation }: Settings, at: number): string {
  const taps = Array.from({ length: kernelSize }, (_, tap) => at * stride - padding + tap * dilation);
  const read = taps.filter((tap) => tap >= 0 && tap < inputSize);
  const parts = [read.length < taps.length ? "padding" : "", read.length > 0 ? `input ${read.join(", ")}` : ""];
  return `output ${at}: ${parts.filter(Boolean).join(", ")}`;
}
