/** All that displays ask of Node; `platform.browser.ts` asks a page for the same. */
import { randomUUID } from "node:crypto";
import { deflateSync } from "node:zlib";

/** Bytes in zlib's format, as small as they become. */
export const deflate = (bytes: Uint8Array): Uint8Array => deflateSync(bytes, { level: 9 });

export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
export const fromBase64 = (text: string): Uint8Array => Buffer.from(text, "base64");

/** A name that nothing else has. */
export const uniqueName = (): string => randomUUID();
