/**
 * The variables of a notebook's kernel that can be opened. The kernel sends its list when the comm opens and after each cell, and
 * nothing is asked besides. No DOM here.
 */
import { VARIABLES_TARGET, type VariablesMessage } from "../../../src/protocol";
import { commMessage, isAlive, nextName, type KernelConnection, type PublishedMessage } from "../kernel/connection";

/** A signal of Lumino's. */
interface Signal<Sender, Value> {
  connect(slot: (sender: Sender, value: Value) => void): unknown;
  disconnect(slot: (sender: Sender, value: Value) => void): unknown;
}
/** A connection whose messages and states can be listened to; Kernel.IKernelConnection is one. */
export interface WatchedConnection extends KernelConnection {
  readonly iopubMessage: Signal<this, PublishedMessage>;
  readonly statusChanged: Signal<this, string>;
  readonly connectionStatusChanged: Signal<this, string>;
}

/** A variable that the kernel can be asked about. */
export interface Entry {
  name: string;
  /** "module", "dataset", "tensor" or "chart". */
  kind: string;
  /** Its class. */
  type: string;
  size: string;
  id: string;
}

export type ListState =
  /** No word of the kernel yet. */
  | { state: "waiting" }
  /** There is none, it has died, or it is another's. */
  | { state: "noKernel" }
  /** It was restarted and has made nothing since. */
  | { state: "restarted" }
  | { state: "list"; entries: Entry[] };

const IMPLEMENTATION = "receptive";
const KINDS = new Set(["module", "dataset", "tensor", "chart"]);

/** What can be opened of a list, by kind and then by name. */
export function entriesOf({ variables }: Partial<VariablesMessage>): Entry[] {
  if (!Array.isArray(variables)) return [];
  const order = [...KINDS];
  return variables
    .flatMap(({ name, kind, type, size, id }) =>
      [name, kind, type, size, id].every((field) => typeof field === "string") && KINDS.has(kind as string)
        ? [{ name, kind: kind as string, type, size, id: id as string }]
        : [],
    )
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.name.localeCompare(b.name));
}

export class Variables {
  state: ListState = { state: "waiting" };
  /** Undefined while none is open. */
  private comm: string | undefined;
  private wasRestarted = false;
  private isDisposed = false;

  /** @param onChange called after each change of `state`, and never within the constructor */
  constructor(
    private readonly kernel: WatchedConnection,
    private readonly onChange: () => void,
  ) {
    kernel.iopubMessage.connect(this.onMessage);
    kernel.statusChanged.connect(this.onStatus);
    kernel.connectionStatusChanged.connect(this.onConnection);
    void this.open();
  }

  /** Closes the comm, so that the kernel makes no list for nobody. */
  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.kernel.iopubMessage.disconnect(this.onMessage);
    this.kernel.statusChanged.disconnect(this.onStatus);
    this.kernel.connectionStatusChanged.disconnect(this.onConnection);
    const { comm } = this;
    this.comm = undefined;
    if (comm !== undefined) this.send("comm_close", { comm_id: comm, data: {} });
  }

  private async open(): Promise<void> {
    if (!isAlive(this.kernel)) return this.set({ state: "noKernel" });
    const info = await this.kernel.info.catch(() => undefined);
    if (this.isDisposed || this.comm !== undefined) return;
    if (info?.implementation !== IMPLEMENTATION) return this.set({ state: "noKernel" });
    this.comm = nextName(this.kernel);
    this.send("comm_open", { comm_id: this.comm, target_name: VARIABLES_TARGET, data: {} });
  }

  private send(type: "comm_open" | "comm_close", content: { comm_id: string; [field: string]: unknown }): void {
    if (!isAlive(this.kernel)) return;
    try {
      const future = this.kernel.sendShellMessage(commMessage(this.kernel, nextName(this.kernel), type, content));
      // It rejects when the kernel is restarted, of which the status tells.
      future.done.catch(() => undefined);
    } catch {
      // A kernel that has died: its status tells.
    }
  }

  private readonly onMessage = (_kernel: WatchedConnection, { header, content }: PublishedMessage): void => {
    const { comm_id, data } = content as { comm_id?: unknown; data?: unknown };
    if (comm_id === undefined || comm_id !== this.comm) return;
    if (header.msg_type === "comm_close") return this.set({ state: "noKernel" });
    if (header.msg_type !== "comm_msg" || typeof data !== "object" || data === null) return;
    const entries = entriesOf(data);
    if (entries.length > 0) this.wasRestarted = false;
    this.set(this.wasRestarted ? { state: "restarted" } : { state: "list", entries });
  };

  private readonly onStatus = (_kernel: WatchedConnection, status: string): void => {
    if (status === "dead") return this.set({ state: "noKernel" });
    if (status === "restarting" || status === "autorestarting") {
      this.comm = undefined;
      this.wasRestarted = true;
      this.set({ state: "restarted" });
    } else if (this.comm === undefined && status !== "unknown") {
      void this.open();
    }
  };

  /** JupyterLab forgets what is sent before the connection to a restarted kernel is there. */
  private readonly onConnection = (_kernel: WatchedConnection, status: string): void => {
    if (status === "connected" && this.comm === undefined) void this.open();
  };

  private set(state: ListState): void {
    if (this.isDisposed) return;
    this.state = state;
    this.onChange();
  }
}
