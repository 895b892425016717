/** Comms: channels between the front end and the kernel, with binary buffers, opened by either side. */
import type { Comm, CommMessage, CommRegistry, CommSendOptions, CommTarget } from "../cell/globals/comms";
import { messageOf } from "../output/valueText";
import { isObject, type JsonObject } from "../json";
import type { Message } from "../message";
import { uuid } from "../platform";

export type PublishComm = (
  type: "comm_open" | "comm_msg" | "comm_close",
  content: JsonObject,
  options: CommSendOptions,
) => void;

type Handler = (message: CommMessage) => void | Promise<void>;
interface OpenComm {
  comm: Comm;
  onMessage: Handler[];
  onClose: Handler[];
}

export class Comms implements CommRegistry {
  private readonly targets = new Map<string, CommTarget>();
  private readonly openComms = new Map<string, OpenComm>();

  constructor(
    private readonly publish: PublishComm,
    private readonly complain: (line: string) => void,
  ) {}

  registerTarget(name: string, onOpen: CommTarget): void {
    if (typeof name !== "string" || typeof onOpen !== "function") {
      throw new TypeError("comms.registerTarget: expected a name and a function.");
    }
    this.targets.set(name, onOpen);
  }

  unregisterTarget(name: string): void {
    this.targets.delete(name);
  }

  open(target: string, data: unknown = {}, options: CommSendOptions = {}): Comm {
    const comm = this.add(uuid(), target);
    this.publish("comm_open", { comm_id: comm.id, target_name: target, data }, options);
    return comm;
  }

  /** The content of comm_info_reply. */
  info(target: unknown): JsonObject {
    const comms: JsonObject = {};
    for (const [id, { comm }] of this.openComms) {
      if (!target || comm.target === target) comms[id] = { target_name: comm.target };
    }
    return { status: "ok", comms };
  }

  /** Handles comm_open, comm_msg and comm_close of the front end. Never rejects. */
  async receive(message: Message): Promise<void> {
    const { content } = message;
    const id = typeof content.comm_id === "string" ? content.comm_id : "";
    const received: CommMessage = {
      data: content.data,
      metadata: message.metadata,
      buffers: message.buffers,
    };
    if (message.header.msg_type === "comm_open") return this.opened(id, String(content.target_name), received);
    const open = this.openComms.get(id);
    if (!open) return;
    if (message.header.msg_type === "comm_msg") return this.call(open.onMessage, received, open.comm.target);
    this.openComms.delete(id);
    return this.call(open.onClose, received, open.comm.target);
  }

  private async opened(id: string, name: string, message: CommMessage): Promise<void> {
    const target = this.targets.get(name);
    if (!target) {
      this.publish("comm_close", { comm_id: id, data: {} }, {});
      return;
    }
    const comm = this.add(id, name);
    try {
      await target(comm, message);
    } catch (error) {
      this.complain(`comm target ${name}: ${messageOf(error)}`);
      comm.close();
    }
  }

  private async call(handlers: Handler[], message: CommMessage, target: string): Promise<void> {
    for (const handler of handlers) {
      try {
        await handler(message);
      } catch (error) {
        this.complain(`comm ${target}: ${messageOf(error)}`);
      }
    }
  }

  private add(id: string, target: string): Comm {
    const open: OpenComm = { comm: undefined as unknown as Comm, onMessage: [], onClose: [] };
    open.comm = {
      id,
      target,
      send: (data, options = {}) => {
        if (!this.openComms.has(id)) throw new Error(`comm ${target}: it is closed.`);
        this.publish("comm_msg", { comm_id: id, data: data ?? {} }, options);
      },
      onMessage: (handler) => void open.onMessage.push(handler),
      onClose: (handler) => void open.onClose.push(handler),
      close: (data = {}) => {
        if (this.openComms.delete(id)) this.publish("comm_close", { comm_id: id, data }, {});
      },
    };
    this.openComms.set(id, open);
    return open.comm;
  }
}

/** Typed access to a field of a comm message. */
export function fieldOf(data: unknown, name: string): unknown {
  return isObject(data) ? data[name] : undefined;
}
