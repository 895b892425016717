/**
 * Messages of Jupyter's protocol, however they travel.
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html
 */
import type { JsonObject } from "./json";
import { uuid } from "./platform";

export const PROTOCOL_VERSION = "5.3";

export const CHANNELS = ["shell", "stdin", "iopub", "control", "hb"] as const;
export type Channel = (typeof CHANNELS)[number];

export interface Header {
  msg_id: string;
  session: string;
  username: string;
  date: string;
  msg_type: string;
  version: string;
}

export interface Message {
  /** Routing frames of the socket that the request came from; empty where there are no sockets. */
  identities: Uint8Array[];
  header: Header;
  /** The header of the request this message answers; empty if it answers none. */
  parent: Header | Record<string, never>;
  metadata: JsonObject;
  content: JsonObject;
  buffers: Uint8Array[];
}

export function makeHeader(msgType: string, session: string): Header {
  return {
    msg_id: uuid(),
    session,
    username: "receptive",
    date: new Date().toISOString(),
    msg_type: msgType,
    version: PROTOCOL_VERSION,
  };
}

/** A copy of the bytes that shares no memory with the original, so that it can be handed to another thread. */
export function copyBytes(view: ArrayBufferView | ArrayBuffer): Uint8Array {
  if (view instanceof ArrayBuffer) return new Uint8Array(view.slice(0));
  return new Uint8Array(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
}
