/** Where the kernel's own words go in a Web Worker: the browser's console, past the one that cells have. */

const { debug, warn: complain } = console;
let warnings = 0;

/** A line for whoever debugs the kernel; the console shows it at the level "verbose". */
export function log(text: string): void {
  debug.call(console, `receptive kernel: ${text}`);
}

/** A line about something that is wrong. A flood of them is cut to every thousandth. */
export function warn(text: string): void {
  warnings++;
  if (warnings <= 20 || warnings % 1000 === 0) complain.call(console, `receptive kernel: ${text}`);
}
