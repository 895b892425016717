/** Exact statistics of all numbers; NaN if one of them is NaN, as in PyTorch. */
export interface Statistics {
  min: number;
  max: number;
  mean: number;
  /** The same over the finite numbers alone; 0 if there is none. */
  finite: [min: number, max: number];
  /** How many numbers are NaN or infinite. */
  unusual: number;
}

export function statisticsOf(values: ArrayLike<number>): Statistics {
  let [min, max, sum, usual] = [Infinity, -Infinity, 0, 0];
  let [allMin, allMax] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    sum += value;
    if (value < allMin) allMin = value;
    if (value > allMax) allMax = value;
    if (!Number.isFinite(value)) continue;
    usual++;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const mean = sum / values.length;
  const spoiled = Number.isNaN(sum);
  return {
    min: spoiled ? NaN : allMin,
    max: spoiled ? NaN : allMax,
    mean,
    finite: usual > 0 ? [min, max] : [0, 0],
    unusual: values.length - usual,
  };
}
