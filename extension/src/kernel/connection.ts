/** What asking needs of JupyterLab's connection to a kernel; Kernel.IKernelConnection is one. No DOM here. */

export interface KernelConnection {
  /** Of this connection: another page, or the same one loaded again, has another. */
  readonly clientId: string;
  readonly username: string;
  /** Of the kernel; it stays when the kernel is restarted. */
  readonly id: string;
  readonly status: string;
  readonly isDisposed: boolean;
  /** What the kernel says about itself; it settles when there is a kernel that answers. */
  readonly info: Promise<{ implementation?: string }>;
  /** @throws Error if the kernel is dead */
  sendShellMessage(message: ShellMessage, expectReply?: boolean, disposeOnDone?: boolean): Future;
}

/** What becomes of a message that was sent. */
export interface Future {
  /** Called with each message that the kernel publishes because of it. */
  onIOPub(message: PublishedMessage): void | PromiseLike<void>;
  /** Resolves when the kernel has done with it; rejects if the kernel was restarted before. */
  readonly done: Promise<unknown>;
  dispose(): void;
}

export interface PublishedMessage {
  header: { msg_type: string };
  content: object;
  buffers?: (ArrayBuffer | ArrayBufferView)[];
}

export interface ShellMessage {
  channel: "shell";
  header: {
    date: string;
    msg_id: string;
    msg_type: "comm_open" | "comm_msg" | "comm_close";
    session: string;
    username: string;
    version: "5.2";
  };
  parent_header: Record<string, never>;
  metadata: Record<string, never>;
  content: Record<string, unknown> & { comm_id: string };
  buffers: ArrayBufferView[];
}

/** Where `connection` is a connection that can carry messages: one that is dead throws on sending. */
export const isAlive = ({ isDisposed, status }: KernelConnection): boolean => !isDisposed && status !== "dead";

type Named = Pick<KernelConnection, "clientId">;
const counts = new WeakMap<Named, number>();

/** A name that no other message or comm of this kernel has: the connection's own name and a number. */
export function nextName(kernel: Named): string {
  const count = (counts.get(kernel) ?? 0) + 1;
  counts.set(kernel, count);
  return `${kernel.clientId}-receptive-${count}`;
}

/** A message of a comm. By hand, because `KernelMessage.createMessage` would bring @jupyterlab/services into the bundle. */
export function commMessage(
  { clientId, username }: KernelConnection,
  id: string,
  type: ShellMessage["header"]["msg_type"],
  content: ShellMessage["content"],
  buffers: ArrayBufferView[] = [],
): ShellMessage {
  return {
    channel: "shell",
    header: {
      date: new Date().toISOString(),
      msg_id: id,
      msg_type: type,
      session: clientId,
      username,
      version: "5.2",
    },
    parent_header: {},
    metadata: {},
    content,
    buffers,
  };
}
