/** What the main thread and the I/O thread say to each other. */
import type { JsonObject } from "../json";
import type { Channel } from "../message";
import type { StreamName } from "../output/streams";
import type { Connection } from "./connection";
import type { NativeOutput } from "./nativeOutput";

export interface IoThreadData {
  connection: Connection;
  session: string;
  kernelInfo: JsonObject;
  /** The words of run/words.ts. */
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

/** What a piece of text weighs on its way to the I/O thread: a thousand short pieces are as much work as a long one. */
export const weightOfPiece = (text: string): number => text.length + 256;
