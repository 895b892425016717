import { show } from "../arguments";
import { checkOptions, type OptionNames } from "../options";
import { formatNumber } from "../marks/kit/numbers";

/**
 * How far two numbers may be apart: |got - expected| <= atol + rtol * |expected|, as in `allclose`. One number stands for both,
 * `1e-5` for `{ rtol: 1e-5, atol: 1e-5 }`.
 */
export type Tolerance = number | ToleranceOptions;

export interface ToleranceOptions {
  /** How much they may differ, as a part of the expected one's size; default 1e-5. */
  rtol?: number;
  /** How much they may differ besides; default 1e-8. */
  atol?: number;
  /** Whether NaN is close to NaN; default false. */
  equalNan?: boolean;
}
const toleranceOptions: OptionNames<ToleranceOptions> = { rtol: true, atol: true, equalNan: true };

/** @throws TypeError if it is neither a number nor such an object; RangeError if it is below 0 */
export function resolveTolerance(caller: string, given: Tolerance = {}): Required<ToleranceOptions> {
  const both = typeof given === "number" ? { rtol: given, atol: given } : given;
  const { rtol = 1e-5, atol = 1e-8, equalNan = false } = checkOptions(caller, both, toleranceOptions);
  if (!(rtol >= 0 && atol >= 0))
    throw new RangeError(
      `${caller}: a tolerance is a number >= 0, got rtol ${show(rtol)} and atol ${show(atol)}. Write 1e-5.`,
    );
  return { rtol, atol, equalNan };
}

/** `rtol 1e-5, atol 1e-8`. */
export const toleranceText = ({ rtol, atol }: Required<ToleranceOptions>): string =>
  `rtol ${formatNumber(rtol)}, atol ${formatNumber(atol)}`;
