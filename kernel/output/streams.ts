/**
 * What cells print. Every piece goes to the transport at once, which joins the pieces: so a cell that computes for minutes
 * shows what it has printed, and 20,000 lines are a few messages.
 */
import type { Header } from "../message";
import { currentContext, withoutAsyncSymbols } from "../run/context";

export type StreamName = "stdout" | "stderr";

export interface Streams {
  /** @param parent whose output it is; default: the running code's */
  write(name: StreamName, text: string, parent?: Header): void;
  /** Runs code whose prints nobody asked for: the TypeScript compiler's. */
  muted<T>(body: () => T): T;
}

export function makeStreams(send: (name: StreamName, text: string, parent: Header) => void): Streams {
  let silent = 0;
  return {
    write(name, text, parent = currentContext()?.parent) {
      if (silent > 0 || !parent || text === "") return;
      send(name, withoutAsyncSymbols(text), parent);
    },
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
