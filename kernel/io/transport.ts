/** The main thread's end of the I/O thread: sends and receives whole messages. */
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { weightOfPiece, type IoThreadData, type ToIoThread, type ToMain } from "./messages";
import { Word } from "../run/words";
import type { Transport } from "../transport";
import { warn } from "../log";
import { copyBytes, type Channel, type Header, type Message } from "../message";
import { decode, encode, encodePublished } from "./wire";

export interface TransportEvents {
  message(channel: Channel, message: Message): void;
  interrupt(): void;
  shutdown(): void;
  /** The I/O thread has ended, and nothing can be sent any more. */
  lost(reason: string): void;
}

/** Besides what every transport does, what only a process does. */
export interface SocketTransport extends Transport {
  /** Writes what the cell prints into a file as well, until the cell ends. The I/O thread closes the file. */
  record(file: number, parent: Header): void;
  /** Says for whose child the main thread waits; null: it waits no more. */
  waitsFor(parent: Header | null): void;
  /** Sends what is queued and closes the sockets. */
  close(): Promise<void>;
}

/** A longer print goes in pieces, so that the I/O thread can do other things between them. */
const MAX_PIECE = 1024 * 1024;
/** How much may be on its way to the I/O thread before a print waits for it, so that Stop finds no long queue before it. */
const MAX_WAITING = 512 * 1024;
/** The longest wait in milliseconds for the I/O thread to read what a child has written. */
const CHILD_PATIENCE = 2000;

function waitForRoom(words: Int32Array): void {
  for (let tries = 0; tries < 100; tries++) {
    const waiting = Atomics.load(words, Word.printed);
    const isStopped = Atomics.load(words, Word.delivered) < Atomics.load(words, Word.requested);
    if (waiting <= MAX_WAITING || isStopped) return;
    Atomics.wait(words, Word.printed, waiting, 50);
  }
}

/** @returns a transport whose sockets are bound. */
export async function startTransport(data: IoThreadData, events: TransportEvents): Promise<SocketTransport> {
  const worker = new Worker(join(__dirname, "ioThread.js"), {
    workerData: data,
    stdout: false,
    stderr: false,
  });
  const words = new Int32Array(data.words);
  const barriers = new Map<number, () => void>();
  let tickets = 0;
  let lastParent: Header | null = null;
  let lastParentJson = "";
  let onClosed = (): void => {};
  const tell = (message: ToIoThread, transfer: Uint8Array[] = []): void =>
    worker.postMessage(
      message,
      transfer.map((frame) => frame.buffer as ArrayBuffer),
    );

  /** The header is the same object for all prints of a cell. */
  const headerJson = (parent: Header): string => {
    if (parent !== lastParent) lastParentJson = JSON.stringify((lastParent = parent));
    return lastParentJson;
  };

  await new Promise<void>((bound, failed) => {
    worker.on("error", (error) => {
      failed(error);
      events.lost(String(error));
    });
    worker.on("exit", () => events.lost("it has ended"));
    worker.on("message", (message: ToMain) => {
      switch (message.type) {
        case "bound":
          return bound();
        case "failed":
          return failed(new Error(message.reason));
        case "message":
          return receive(message.channel, message.frames);
        case "barrier":
          barriers.get(message.ticket)?.();
          barriers.delete(message.ticket);
          return;
        case "interrupt":
          return events.interrupt();
        case "shutdown":
          return events.shutdown();
        case "closed":
          return onClosed();
      }
    });
  });

  function receive(channel: Channel, frames: Uint8Array[]): void {
    let message: Message;
    try {
      message = decode(frames, data.connection.key);
    } catch (error) {
      return warn(`${channel}: dropped a message: ${String(error)}`);
    }
    events.message(channel, message);
  }

  return {
    send(channel, message) {
      const write = channel === "iopub" ? encodePublished : encode;
      const frames = write(message, data.connection.key).map(copyBytes);
      tell({ type: "send", channel, frames }, frames);
    },
    stream(name, text, parent) {
      const header = headerJson(parent);
      for (let at = 0; at < text.length; at += MAX_PIECE) {
        const piece = text.slice(at, at + MAX_PIECE);
        waitForRoom(words);
        Atomics.add(words, Word.printed, weightOfPiece(piece));
        tell({ type: "stream", name, text: piece, parent: header });
      }
    },
    clear: (wait, parent) => tell({ type: "clear", wait, parent: headerJson(parent) }),
    record: (file, parent) => tell({ type: "record", file, parent: headerJson(parent) }),
    running(parent) {
      tell({ type: "running", parent: parent && JSON.stringify(parent) });
    },
    waitsFor(parent) {
      const handled = Atomics.load(words, Word.children);
      tell({ type: "child", parent: parent && JSON.stringify(parent) });
      // What the child has written is read before anything else is printed or another child starts.
      Atomics.wait(words, Word.children, handled, CHILD_PATIENCE);
    },
    barrier() {
      const ticket = ++tickets;
      return new Promise<void>((done) => {
        barriers.set(ticket, done);
        tell({ type: "barrier", ticket });
      });
    },
    close() {
      const closed = new Promise<void>((done) => (onClosed = done));
      tell({ type: "close" });
      return closed;
    },
  };
}
