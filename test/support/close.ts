import { expect } from "chai";

/** The largest |a - b| / max(1, |b|): relative for large numbers, absolute for small ones. */
export function distance(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length, "number of elements").to.equal(expected.length);
  let worst = 0;
  for (let i = 0; i < actual.length; i++) {
    const error = Math.abs(actual[i] - expected[i]) / Math.max(1, Math.abs(expected[i]));
    worst = Math.max(worst, error); // keeps a NaN
  }
  return worst;
}

export function expectClose(
  actual: ArrayLike<number> | null,
  expected: ArrayLike<number> | null,
  tolerance: number,
  what: string,
): void {
  if (actual === null || expected === null) {
    expect(actual, what).to.equal(expected);
    return;
  }
  expect(distance(actual, expected), what).to.be.at.most(tolerance);
}
