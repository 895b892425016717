/**
 * A connection to a kernel as JupyterLab's, without a process: at the other end are the kernel's own Comms and Host, and messages
 * travel as they do between page and kernel, as JSON with buffers that begin anywhere.
 */
import type { Future, KernelConnection, PublishedMessage, ShellMessage } from "../../extension/src/kernel/connection";
import { Comms } from "../../kernel/comms/comms";
import { Host } from "../../kernel/comms/host";
import type { Message } from "../../kernel/message";
import { Context, currentContext, runInContext } from "../../kernel/run/context";

/** One life of a kernel: what it knows is gone when it is restarted. */
class KernelProcess {
  readonly host = new Host(
    () => undefined,
    (line) => this.complaints.push(line),
    { checkpoint: () => undefined, breaks: 0 },
  );
  readonly comms: Comms;
  readonly complaints: string[] = [];

  constructor(publish: (parent: string, message: PublishedMessage) => void) {
    this.comms = new Comms(
      (msg_type, content, { buffers = [] }) =>
        publish(currentContext()?.parent.msg_id ?? "", overTheWire({ header: { msg_type }, content, buffers })),
      (line) => this.complaints.push(line),
    );
    this.host.listen(this.comms);
  }

  /** Resolves when the kernel has done with a message, and so would be idle. */
  receive({ header, content, buffers }: ShellMessage): Promise<void> {
    const message = {
      ...{ identities: [], parent: {}, metadata: {}, content: JSON.parse(JSON.stringify(content)) as object },
      header,
      buffers: buffers.map((view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice()),
    } as unknown as Message;
    return runInContext(new Context(message, "request"), () => this.comms.receive(message));
  }
}

/** The message as it arrives: its JSON parsed, its buffers as views into something larger. */
function overTheWire({ header, content, buffers = [] }: PublishedMessage): PublishedMessage {
  return {
    header,
    content: JSON.parse(JSON.stringify(content)) as object,
    buffers: buffers.map((buffer) => {
      const bytes = ArrayBuffer.isView(buffer)
        ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
        : new Uint8Array(buffer);
      const frame = new Uint8Array(bytes.length + 5);
      frame.set(bytes, 3);
      return new DataView(frame.buffer, 3, bytes.length);
    }),
  };
}

interface Sent extends Future {
  end(error?: Error): void;
}

let kernels = 0;

export class FakeKernel implements KernelConnection {
  readonly clientId = `client-${++kernels}`;
  readonly username = "";
  readonly id = `kernel-${kernels}`;
  status = "idle";
  isDisposed = false;
  info: Promise<{ implementation?: string }> = Promise.resolve({ implementation: "receptive" });
  /** Everything that was sent, in order. */
  readonly sent: ShellMessage[] = [];
  process: KernelProcess;
  private readonly futures = new Map<string, Sent>();
  private held: (() => void)[] | undefined;

  constructor() {
    this.process = this.start();
  }

  /** What was sent, in one word each: "open", "ask", "cancel". */
  get log(): string[] {
    return this.sent.map(({ header, content }) => {
      if (header.msg_type !== "comm_msg") return header.msg_type.replace("comm_", "");
      return "cancel" in (content.data as object) ? "cancel" : "ask";
    });
  }

  sendShellMessage(message: ShellMessage): Future {
    if (this.status === "dead") throw new Error("Kernel is dead");
    this.sent.push(message);
    const future = makeFuture(() => this.futures.delete(message.header.msg_id));
    this.futures.set(message.header.msg_id, future);
    const { process } = this;
    const deliver = (): void => void process.receive(message).then(() => queueMicrotask(() => future.end()));
    // Never within the call, as no web socket does.
    if (this.held) this.held.push(deliver);
    else setImmediate(deliver);
    return future;
  }

  /** A cell computes: messages wait until {@link release}. */
  hold(): void {
    this.held ??= [];
  }

  release(): void {
    const waiting = this.held ?? [];
    this.held = undefined;
    for (const deliver of waiting) deliver();
  }

  /** Restarts as the menu does: JupyterLab forgets what is under way. */
  restart(): void {
    this.process = this.start();
    this.held = undefined;
    for (const future of [...this.futures.values()]) future.dispose();
  }

  /** Restarted by somebody else: the connection goes on, to another process. */
  restartUnseen(): void {
    this.process = this.start();
  }

  die(): void {
    this.status = "dead";
    this.restart();
  }

  private start(): KernelProcess {
    const process: KernelProcess = new KernelProcess((parent, message) => {
      if (process === this.process) void this.futures.get(parent)?.onIOPub(message);
    });
    return process;
  }
}

function makeFuture(forget: () => void): Sent {
  let end: Sent["end"] = () => undefined;
  const done = new Promise<void>((resolve, reject) => {
    end = (error) => {
      forget();
      if (error) reject(error);
      else resolve();
    };
  });
  done.catch(() => undefined);
  const dispose = (): void => end(new Error("Canceled future before replies were done"));
  return { onIOPub: () => undefined, done, end: (error) => end(error), dispose };
}
