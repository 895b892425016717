/** The server's log, past the streams, which are the cells'. */
import { constants, openSync, writeSync } from "node:fs";

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
export function writeToTerminal(text: string): void {
  try {
    writeSync(descriptor, text);
  } catch {
    // Nobody reads the terminal; that is no reason to end.
  }
}
