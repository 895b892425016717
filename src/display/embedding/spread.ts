/** At most so many of the numbers 0 to N-1, evenly spaced. */
export const spread = (N: number, most: number): number[] =>
  Array.from({ length: Math.min(N, most) }, (_, i) => Math.floor((i * N) / Math.min(N, most)));
