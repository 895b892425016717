/** The largest difference as a part of the largest number, and of 0.05 at least: where sums cancel, rounding is all that is left; equal infinities and NaN do not differ. */
export function distance(got: ArrayLike<number>, want: ArrayLike<number>): number {
  if (got.length !== want.length) return Infinity;
  let [most, largest] = [0, 0.05];
  for (let i = 0; i < want.length; i++) {
    if (got[i] === want[i] || (Number.isNaN(got[i]) && Number.isNaN(want[i]))) continue;
    const apart = Math.abs(got[i] - want[i]);
    if (!(apart <= most)) most = apart;
    if (Number.isFinite(want[i])) largest = Math.max(largest, Math.abs(want[i]));
  }
  return most / largest;
}
