/**
 * The Jupyter wire format: a message is identities, a delimiter, a signature, four JSON frames and raw buffers.
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { isObject, toJson, type JsonObject } from "../json";
import type { Header, Message } from "../message";

const DELIMITER = Buffer.from("<IDS|MSG>");

/** A frame list that is no message: too short, no delimiter, wrong signature or no JSON. */
export class WireError extends Error {
  override name = "WireError";
}

/** The hex signature of the JSON frames; empty if the connection has no key. The buffers are not signed. */
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

/** The frames of a message on iopub, whose subscribers choose by the type. */
export function encodePublished(message: Message, key: string): Uint8Array[] {
  return encode({ ...message, identities: [Buffer.from(message.header.msg_type)] }, key);
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
