/** Numbers that have lost their fractions. */
import { sameShape } from "../../tensor/shape";
import { explains, type Evidence } from "./evidence";

export function dtype(evidence: Evidence): string | null {
  const { got, expected } = evidence;
  if (!sameShape(got.shape, expected.shape) || got.values.length < 2) return null;
  for (const [how, whole] of [
    ["cut off", Math.trunc],
    ["rounded", Math.round],
    ["rounded down", Math.floor],
  ] as const) {
    const mistake = Array.from(expected.values, (value: number) => whole(value));
    // Zeros alone are no rounded numbers.
    if (new Set(mistake).size < 2 || !explains(evidence, mistake)) continue;
    return `the fractions are ${how}: ${got.dtype === "int32" ? "the dtype is int32, expected float32" : "is there an int32, or Math.floor?"}.`;
  }
  return null;
}
