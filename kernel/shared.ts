/** What the main thread and the I/O thread share: message shapes of their port and the words of the interrupt. */
import type { Channel, Connection } from "./io/connection";
import type { NativeOutput } from "./io/nativeOutput";
import type { StreamName } from "./output/streams";
import type { JsonObject } from "./io/wire";

export interface IoThreadData {
  connection: Connection;
  session: string;
  kernelInfo: JsonObject;
  words: SharedArrayBuffer;
  /** Beside this file the next kernel reads how this one has ended. */
  connectionFile: string;
  /** How many bytes JavaScript may use on the main thread. */
  heapLimit: number;
  /** The pipes of native output, and the server's log. */
  native: NativeOutput | null;
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
  | { type: "clear"; wait: boolean; parent: string }
  /** A file that gets what the cell prints as well. */
  | { type: "record"; file: number; parent: string }
  /** The request whose cell runs now, as JSON; null between cells. */
  | { type: "running"; parent: string | null }
  /** The request whose child the main thread waits for; null: it waits no more. */
  | { type: "child"; parent: string | null }
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
  /** The weight of what was printed and the I/O thread has not taken yet, see {@link weightOfPiece}. */
  printed: 5,
  /** How many messages of the kind "child" the I/O thread has handled. */
  children: 6,
} as const;

/** What a piece of text weighs on its way to the I/O thread: a thousand short pieces are as much work as a long one. */
export const weightOfPiece = (text: string): number => text.length + 256;
