/** Messages to whoever has started the kernel in a thread of its own: the page around a Web Worker. */
import { makeHeader, type Header, type Message } from "./message";
import { Outputs } from "./output/outputs";
import { native } from "./platform";
import type { Transport } from "./transport";

/**
 * @param session stands in the headers
 * @param post hands a message over
 */
export function portTransport(
  session: string,
  post: (channel: "shell" | "stdin" | "iopub", message: Message) => void,
): Transport {
  const publish = (type: string, content: Message["content"], parent: string): void =>
    post("iopub", {
      identities: [],
      header: makeHeader(type, session),
      parent: JSON.parse(parent) as Header,
      metadata: {},
      content,
      buffers: [],
    });
  // A cell that never awaits lets no timer come: what it prints goes out with the print itself, unless one went out just now.
  const outputs = new Outputs(
    (parent) => ({
      text: (name, text) => publish("stream", { name, text }, parent),
      clear: (wait) => publish("clear_output", { wait }, parent),
    }),
    0,
  );
  let runs: string | null = null;

  return {
    send(channel, message) {
      outputs.flush();
      post(channel, message);
    },
    stream: (name, text, parent) => outputs.add(name, text, JSON.stringify(parent)),
    clear: (wait, parent) => outputs.clear(wait, JSON.stringify(parent)),
    running(parent) {
      if (runs !== null) outputs.end(runs);
      runs = parent && JSON.stringify(parent);
    },
    // Messages that have arrived are turns of the event loop, which come before these.
    barrier: () => new Promise((done) => native.setTimeout(() => native.setImmediate(done), 0)),
  };
}
