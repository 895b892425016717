/** What the main thread and the I/O thread share: message shapes of their port and the words of the interrupt. */
import { writeSync } from "node:fs";
import type { Channel, Connection } from "./connection";
import type { StreamName } from "./streams";
import type { JsonObject } from "./wire";

export interface IoThreadData {
  connection: Connection;
  session: string;
  kernelInfo: JsonObject;
  words: SharedArrayBuffer;
}

export type ToMain =
  | { type: "bound" }
  | { type: "failed"; reason: string }
  | { type: "message"; channel: Channel; frames: Uint8Array[] }
  | { type: "barrier"; ticket: number }
  | { type: "interrupt" }
  | { type: "shutdown" }
  | { type: "closed" };

export type ToIoThread =
  | { type: "send"; channel: Channel; frames: Uint8Array[] }
  /** A piece of stdout or stderr; the parent header is JSON. */
  | { type: "stream"; name: StreamName; text: string; parent: string }
  /** The request whose cell runs now, as JSON; null between cells. */
  | { type: "running"; parent: string | null }
  | { type: "barrier"; ticket: number }
  | { type: "close" };

/** Indices into the Int32Array over {@link IoThreadData.words}. */
export const Word = {
  /** Not zero while loop guards must look closer. */
  raised: 0,
  /** How many interrupts were asked for. */
  requested: 1,
  /** How many of them the main thread has acted on. */
  delivered: 2,
  /** How many SIGINT the I/O thread has sent to its own process. */
  signals: 3,
  /** Counts the engine's ops. */
  ops: 4,
  /** Bytes of stdout and stderr that the I/O thread has not taken yet. */
  printed: 5,
} as const;

const debug = (process.env.RECEPTIVE_KERNEL_DEBUG ?? "") !== "";
let warnings = 0;

/** Written past the streams, which are the cells', and at once, although the process may be about to end. */
function writeToTerminal(text: string): void {
  try {
    writeSync(2, text);
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
