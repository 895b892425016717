/**
 * The comm on which the extension asks: one for each connection to a kernel, opened with the first question. No DOM here.
 *
 * It speaks through `sendShellMessage`, not `createComm`: of several connections to one kernel (a notebook and its console, two
 * notebooks) JupyterLab lets only the first have comms. And the future of a message says what a comm cannot: that the
 * kernel has done with a message without a reply, so that it is another process than the one in which the comm was opened.
 */
import {
  INSPECT_TARGET,
  type InspectCancelMessage,
  type InspectQuestion,
  type InspectReplyMessage,
  type InspectRequestMessage,
} from "../../../src/protocol";
import { AskError } from "./askError";
import { commMessage, nextName, type Future, type KernelConnection, type PublishedMessage } from "./connection";

export interface Reply {
  message: InspectReplyMessage;
  buffers: (ArrayBuffer | ArrayBufferView)[];
}

export class InspectComm {
  private static readonly all = new WeakMap<KernelConnection, InspectComm>();

  /** The comm of a connection. */
  static of(kernel: KernelConnection): InspectComm {
    const known = this.all.get(kernel);
    if (known) return known;
    const comm = new InspectComm(kernel);
    this.all.set(kernel, comm);
    return comm;
  }

  /** Undefined before the first question, and after the kernel has lost it. */
  private id: string | undefined;
  private requests = 0;

  private constructor(private readonly kernel: KernelConnection) {}

  /**
   * Asks and resolves to the reply; `signal` takes the question back.
   * @throws AskError "restarted", "noKernel" or "aborted"
   */
  async exchange(id: string, question: InspectQuestion, floats: Float32Array[], signal: AbortSignal): Promise<Reply> {
    // A comm that the kernel has lost is opened once more: a restarted kernel has read nothing of the question.
    for (let tries = 0; tries < 2; tries++) {
      const comm = (this.id ??= this.open());
      const reply = await this.ask(comm, { request: ++this.requests, id, question }, floats, signal);
      if (reply) return reply;
      if (this.id === comm) this.id = undefined;
    }
    throw new AskError("noKernel", `The kernel answers nothing on ${INSPECT_TARGET}. Update receptive.`);
  }

  private open(): string {
    const id = nextName(this.kernel);
    this.send("comm_open", { comm_id: id, target_name: INSPECT_TARGET, data: {} });
    return id;
  }

  /** Undefined if the kernel has done with the message and not replied. */
  private ask(
    comm: string,
    message: InspectRequestMessage,
    floats: Float32Array[],
    signal: AbortSignal,
  ): Promise<Reply | undefined> {
    return new Promise((resolve, reject) => {
      const future = this.send("comm_msg", { comm_id: comm, data: message }, floats);
      const takeBack = (): void => {
        reject(new AskError("aborted", "Nobody waits for the answer."));
        future.dispose();
        const cancel: InspectCancelMessage = { cancel: message.request };
        try {
          this.send("comm_msg", { comm_id: comm, data: cancel });
        } catch {
          // A kernel that has died meanwhile computes nothing.
        }
      };
      signal.addEventListener("abort", takeBack, { once: true });
      future.onIOPub = (published) => {
        const reply = replyIn(published, comm, message.request);
        if (reply) resolve(reply);
      };
      future.done
        .then(
          () => resolve(undefined),
          () => reject(new AskError("restarted", "The kernel was restarted. Run the cell again.")),
        )
        .finally(() => signal.removeEventListener("abort", takeBack));
    });
  }

  private send(
    type: "comm_open" | "comm_msg",
    content: { comm_id: string; [field: string]: unknown },
    floats: Float32Array[] = [],
  ): Future {
    try {
      return this.kernel.sendShellMessage(commMessage(this.kernel, nextName(this.kernel), type, content, floats));
    } catch {
      throw new AskError("noKernel", "The kernel is not running. Start it and run the cell again.");
    }
  }
}

/** The reply to a request, if the message is one. */
function replyIn(
  { header, content, buffers = [] }: PublishedMessage,
  comm: string,
  request: number,
): Reply | undefined {
  const { comm_id, data } = content as { comm_id?: unknown; data?: unknown };
  if (header.msg_type !== "comm_msg" || comm_id !== comm || typeof data !== "object" || data === null) return undefined;
  const message = data as InspectReplyMessage;
  return message.request === request ? { message, buffers } : undefined;
}
