/** Leads what is written to process.stdout and process.stderr into the notebook; Node's console writes there, too. */
import { StringDecoder } from "node:string_decoder";
import type { Streams } from "./streams";

/** @returns a function that gives the process its streams back */
export function captureStreams(streams: Streams): () => void {
  const names = ["stdout", "stderr"] as const;
  const usual = names.map((name) => process[name].write);
  for (const name of names) {
    const decoder = new StringDecoder("utf8");
    process[name].write = (chunk: unknown, encoding?: unknown, callback?: unknown): boolean => {
      if (typeof chunk === "string") streams.write(name, chunk);
      else if (chunk instanceof Uint8Array) streams.write(name, decoder.write(Buffer.from(chunk)));
      else throw new TypeError(`process.${name}.write: expected a string or Uint8Array, got ${typeof chunk}`);
      const done = typeof encoding === "function" ? encoding : callback;
      if (typeof done === "function") process.nextTick(done);
      return true;
    };
  }
  return () => {
    for (const [i, name] of names.entries()) process[name].write = usual[i];
  };
}
