/** Sends messages on behalf of the kernel: replies to the asker, everything else on iopub. */
import type { StreamName } from "./output/streams";
import type { JsonObject } from "./json";
import { makeHeader, type Header, type Message } from "./message";
import { uuid } from "./platform";
import type { Transport } from "./transport";

export class Outbox {
  readonly session = uuid();
  private transport: Transport | null = null;

  attach(transport: Transport): void {
    this.transport = transport;
  }

  reply(request: Message, content: JsonObject, metadata: JsonObject = {}): void {
    const type = request.header.msg_type.replace(/_request$/, "_reply");
    this.transport?.send("shell", {
      identities: request.identities,
      header: makeHeader(type, this.session),
      parent: request.header,
      metadata,
      content,
      buffers: [],
    });
  }

  /** Asks the front end that sent `request`. */
  ask(request: Message, content: JsonObject): void {
    this.transport?.send("stdin", {
      identities: request.identities,
      header: makeHeader("input_request", this.session),
      parent: request.header,
      metadata: {},
      content,
      buffers: [],
    });
  }

  /** Publishes after everything that was printed before. */
  publish(type: string, content: JsonObject, parent: Header | null, extra: PublishExtra = {}): void {
    this.transport?.send("iopub", {
      identities: [],
      header: makeHeader(type, this.session),
      parent: parent ?? {},
      metadata: extra.metadata ?? {},
      content,
      buffers: extra.buffers ?? [],
    });
  }

  status(state: "starting" | "busy" | "idle", parent: Header | null): void {
    this.publish("status", { execution_state: state }, parent);
  }

  stream(name: StreamName, text: string, parent: Header): void {
    this.transport?.stream(name, text, parent);
  }

  clearOutput(wait: boolean, parent: Header): void {
    this.transport?.clear(wait, parent);
  }

  running(parent: Header | null): void {
    this.transport?.running(parent);
  }

  barrier(): Promise<void> {
    return this.transport?.barrier() ?? Promise.resolve();
  }
}

export interface PublishExtra {
  metadata?: JsonObject;
  buffers?: Uint8Array[];
}
