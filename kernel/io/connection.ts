/** The connection file that Jupyter writes: where to listen and the key that signs every message. */
import { readFileSync } from "node:fs";
import { isObject } from "../json";
import { CHANNELS, type Channel } from "../message";

export interface Connection {
  key: string;
  addresses: Record<Channel, string>;
}

/** @throws Error if the file cannot be read or says something this kernel cannot do. */
export function readConnection(file: string): Connection {
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`connection file ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isObject(raw)) throw new Error(`connection file ${file}: not a JSON object`);
  const { transport = "tcp", ip = "127.0.0.1", key = "", signature_scheme: scheme = "hmac-sha256" } = raw;
  if (scheme !== "hmac-sha256") throw new Error(`connection file: unknown signature scheme ${String(scheme)}`);
  if (typeof key !== "string") throw new Error("connection file: the key is not a string");
  const address = (channel: Channel): string => {
    const port = raw[`${channel}_port`];
    if (typeof port !== "number" || port <= 0) throw new Error(`connection file: no ${channel}_port`);
    return transport === "ipc" ? `ipc://${String(ip)}-${port}` : `${String(transport)}://${String(ip)}:${port}`;
  };
  const addresses = Object.fromEntries(CHANNELS.map((name) => [name, address(name)]));
  return { key, addresses: addresses as Record<Channel, string> };
}
