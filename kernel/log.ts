/** Where the kernel's own words go: the server's log, past the streams, which are the cells'. */
import { constants, openSync, writeSync } from "node:fs";

const debug = (process.env.RECEPTIVE_KERNEL_DEBUG ?? "") !== "";
let warnings = 0;
let descriptor = 2;

/** Tells a thread which file descriptor is the server's log. */
export function setTerminal(fd: number): void {
  descriptor = fd;
}

/** A second descriptor of the server's log; null if it cannot be opened again, as a socket of systemd's. */
export function duplicateTerminal(): number | null {
  try {
    return openSync("/dev/fd/2", constants.O_WRONLY | constants.O_APPEND);
  } catch {
    return null;
  }
}

/** At once, although the process may be about to end. */
function writeToTerminal(text: string): void {
  try {
    writeSync(descriptor, text);
  } catch {
    // Nobody reads the terminal; that is no reason to end.
  }
}

/** A line for whoever debugs the kernel; shown only with RECEPTIVE_KERNEL_DEBUG=1, never to the notebook. */
export function log(text: string): void {
  if (debug) writeToTerminal(`receptive kernel: ${text}\n`);
}

/** A line for the server's log about something that is wrong. A flood of them is cut to every thousandth. */
export function warn(text: string): void {
  warnings++;
  if (debug || warnings <= 20 || warnings % 1000 === 0) writeToTerminal(`receptive kernel: ${text}\n`);
}
