/** SIGINT: the I/O thread's, which breaks a cell that does not stop by itself, or one from a terminal, which is a Stop. */
import type { Interrupts } from "../run/interrupt";

export function listenForSignals(interrupts: Interrupts): void {
  process.on("SIGINT", () => interrupts.signalled());
}
