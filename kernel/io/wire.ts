/**
 * The Jupyter wire format: a message is identities, a delimiter, a signature, four JSON frames and raw buffers.
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol
 */
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";

export interface Header {
  msg_id: string;
  session: string;
  username: string;
  date: string;
  msg_type: string;
  version: string;
}

export type JsonObject = Record<string, unknown>;

export interface Message {
  /** Routing frames of the ROUTER socket, or the topic on iopub. */
  identities: Uint8Array[];
  header: Header;
  /** The header of the request this message answers; empty if it answers none. */
  parent: Header | Record<string, never>;
  metadata: JsonObject;
  content: JsonObject;
  /** Not signed: the signature covers the four JSON frames only. */
  buffers: Uint8Array[];
}

export const PROTOCOL_VERSION = "5.3";
const DELIMITER = Buffer.from("<IDS|MSG>");

/** A frame list that is no message: too short, no delimiter, wrong signature or no JSON. */
export class WireError extends Error {
  override name = "WireError";
}

export function makeHeader(msgType: string, session: string): Header {
  return {
    msg_id: randomUUID(),
    session,
    username: "receptive",
    date: new Date().toISOString(),
    msg_type: msgType,
    version: PROTOCOL_VERSION,
  };
}

/** The hex signature of the JSON frames; empty if the connection has no key. */
export function sign(key: string, frames: readonly Uint8Array[]): string {
  if (key === "") return "";
  const hmac = createHmac("sha256", key);
  for (const frame of frames) hmac.update(frame);
  return hmac.digest("hex");
}

export function encode(message: Message, key: string): Uint8Array[] {
  const json = [message.header, message.parent, message.metadata, message.content].map((part) =>
    Buffer.from(toJson(part)),
  );
  return [...message.identities, DELIMITER, Buffer.from(sign(key, json)), ...json, ...message.buffers];
}

/** @throws WireError if the frames are no message or the signature is wrong. */
export function decode(frames: readonly Uint8Array[], key: string): Message {
  const at = frames.findIndex((frame) => DELIMITER.equals(frame));
  if (at < 0) throw new WireError(`no delimiter in ${frames.length} frames`);
  const [signature, ...rest] = frames.slice(at + 1);
  if (!signature || rest.length < 4) throw new WireError(`only ${rest.length} of 4 JSON frames`);
  const json = rest.slice(0, 4);
  const expected = Buffer.from(sign(key, json));
  if (key !== "" && (signature.length !== expected.length || !timingSafeEqual(signature, expected))) {
    throw new WireError("wrong signature");
  }
  const [header, parent, metadata, content] = json.map(parseObject);
  if (typeof header?.msg_type !== "string" || typeof header.msg_id !== "string") {
    throw new WireError("header without msg_type or msg_id");
  }
  return {
    identities: frames.slice(0, at),
    header: header as unknown as Header,
    parent: parent as unknown as Header,
    metadata: metadata ?? {},
    content: content ?? {},
    buffers: rest.slice(4),
  };
}

function parseObject(frame: Uint8Array): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(frame).toString("utf8"));
  } catch {
    throw new WireError("a frame is not JSON");
  }
  if (!isObject(value)) throw new WireError("a frame is not a JSON object");
  return value;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** JSON that also takes typed arrays (as arrays) and bigints (as numbers in strings). */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === "bigint") return part.toString();
    if (ArrayBuffer.isView(part) && !(part instanceof DataView)) {
      return Array.from(part as unknown as ArrayLike<number>);
    }
    return part;
  });
}

/** A copy of the bytes that shares no memory with the original, so that it can be handed to another thread. */
export function copyBytes(view: ArrayBufferView | ArrayBuffer): Uint8Array {
  if (view instanceof ArrayBuffer) return new Uint8Array(view.slice(0));
  return new Uint8Array(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
}
