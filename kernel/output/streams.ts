/**
 * Captures process.stdout and process.stderr. Every piece goes to the I/O thread at once, which joins the pieces: so
 * a cell that computes for minutes shows what it has printed, and 20,000 lines are a few messages.
 */
import { StringDecoder } from "node:string_decoder";
import { currentContext, withoutAsyncSymbols } from "../run/context";
import type { Header } from "../io/wire";

export type StreamName = "stdout" | "stderr";

export interface Streams {
  write(name: StreamName, text: string, parent?: Header): void;
  /** Runs code whose prints nobody asked for: the TypeScript compiler's. */
  muted<T>(body: () => T): T;
}

export function captureStreams(send: (name: StreamName, text: string, parent: Header) => void): Streams {
  let silent = 0;

  function write(name: StreamName, text: string, parent = currentContext()?.parent): void {
    if (silent > 0 || !parent || text === "") return;
    send(name, withoutAsyncSymbols(text), parent);
  }

  for (const name of ["stdout", "stderr"] as const) {
    const decoder = new StringDecoder("utf8");
    process[name].write = (chunk: unknown, encoding?: unknown, callback?: unknown): boolean => {
      if (typeof chunk === "string") write(name, chunk);
      else if (chunk instanceof Uint8Array) write(name, decoder.write(Buffer.from(chunk)));
      else throw new TypeError(`process.${name}.write: expected a string or Uint8Array, got ${typeof chunk}`);
      const done = typeof encoding === "function" ? encoding : callback;
      if (typeof done === "function") process.nextTick(done);
      return true;
    };
  }

  return {
    write,
    muted(body) {
      silent++;
      try {
        return body();
      } finally {
        silent--;
      }
    },
  };
}
