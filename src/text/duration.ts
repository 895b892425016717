/** A duration as people say it: "0.4 s", "12 s", "3 min 20 s", "2 h 5 min". @param milliseconds 0 or more */
export function durationText(milliseconds: number): string {
  const exact = milliseconds / 1000;
  if (exact < 9.95) return `${exact.toFixed(1)} s`;
  const seconds = Math.round(exact);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return both(minutes, "min", seconds % 60, "s");
  const whole = Math.round(exact / 60);
  return both(Math.floor(whole / 60), "h", whole % 60, "min");
}

const both = (large: number, unit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${large} ${unit}` : `${large} ${unit} ${small} ${smallUnit}`;
