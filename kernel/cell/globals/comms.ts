import type { CellParts } from "./parts";

export interface CommMessage {
  data: unknown;
  metadata: Record<string, unknown>;
  buffers: Uint8Array[];
}

/** One end of a channel between a cell and the front end. */
export interface Comm {
  readonly id: string;
  readonly target: string;
  send(data: unknown, options?: CommSendOptions): void;
  onMessage(handler: (message: CommMessage) => void | Promise<void>): void;
  onClose(handler: (message: CommMessage) => void | Promise<void>): void;
  close(data?: unknown): void;
}

export interface CommSendOptions {
  metadata?: Record<string, unknown>;
  /** Sent as raw bytes, not as JSON. */
  buffers?: ArrayBufferView[];
}

export type CommTarget = (comm: Comm, message: CommMessage) => void | Promise<void>;

export interface CommRegistry {
  /** Answers channels that the front end opens; a second target of the same name replaces the first. */
  registerTarget(name: string, onOpen: CommTarget): void;
  unregisterTarget(name: string): void;
  /** Opens a channel to a target of the front end. */
  open(target: string, data?: unknown, options?: CommSendOptions): Comm;
}

declare global {
  /** Channels to the front end. */
  const comms: CommRegistry;
}

export const comms = (cell: CellParts): CommRegistry => cell.comms;
