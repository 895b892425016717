/** How messages leave the kernel: over sockets (io/transport.ts), or to the page around a Web Worker (portTransport.ts). */
import type { Header, Message } from "./message";
import type { StreamName } from "./output/streams";

export interface Transport {
  /** Sends after everything that was printed before. */
  send(channel: "shell" | "stdin" | "iopub", message: Message): void;
  /** Adds to stdout or stderr. */
  stream(name: StreamName, text: string, parent: Header): void;
  /** Removes what the cell has shown; with `wait`, when it shows something else. */
  clear(wait: boolean, parent: Header): void;
  /** Resolves when every message that had arrived at this moment has been handed over. */
  barrier(): Promise<void>;
  /** Says which request's cell runs now; null between cells. */
  running(parent: Header | null): void;
}
