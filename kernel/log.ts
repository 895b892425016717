/** Where the kernel's own words go: the server's log, past the streams, which are the cells'. */
import { writeToTerminal } from "./io/terminal";

const debug = (process.env.RECEPTIVE_KERNEL_DEBUG ?? "") !== "";
let warnings = 0;

/** A line for whoever debugs the kernel; shown only with RECEPTIVE_KERNEL_DEBUG=1, never to the notebook. */
export function log(text: string): void {
  if (debug) writeToTerminal(`receptive kernel: ${text}\n`);
}

/** A line for the server's log about something that is wrong. A flood of them is cut to every thousandth. */
export function warn(text: string): void {
  warnings++;
  if (debug || warnings <= 20 || warnings % 1000 === 0) writeToTerminal(`receptive kernel: ${text}\n`);
}
