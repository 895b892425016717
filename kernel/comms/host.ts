/** What the kernel offers the engine and the cells: display, and objects that the extension may ask about. */
import {
  INSPECT_TARGET,
  type InspectHandler,
  type InspectQuestion,
  type InspectRequest,
  type InspectReplyMessage,
  type NotebookHost,
} from "../../src/protocol";
import { fieldOf } from "./comms";
import { currentContext, runInContext, type Context } from "../run/context";
import type { Comm, CommRegistry } from "../cell/globals/comms";
import { DisplayLimit } from "../output/displayLimit";
import { bundleOf, plainBundle, withPlainText, type PlainBundle } from "../output/mime";
import type { TslabDisplay } from "../language/tslab";
import { messageOf } from "../output/valueText";
import { isObject } from "../json";
import type { Message } from "../message";

/** Publishes display_data or update_display_data below the cell of the context. */
export type PublishDisplay = (
  context: Context | null,
  bundle: PlainBundle,
  options: { id?: string | undefined; update: boolean; metadata?: Record<string, unknown> },
) => void;

/** Stop, as the engine sees it. */
export interface HostInterrupts {
  /** Throws if the cell was stopped. */
  checkpoint(): void;
  /** How often a signal has cut off running code. */
  readonly breaks: number;
}

export class Host implements NotebookHost {
  private readonly handlers = new Map<string, InspectHandler>();

  /** Set by the program that knows the cells. */
  variable: (name: string) => unknown = () => undefined;

  /** Set by the program that knows the cells. */
  outdatedVariables: () => ReadonlySet<string> = () => new Set();

  get outdated(): ReadonlySet<string> {
    return this.outdatedVariables();
  }

  /** Displays that are being made, by id: an update waits for what it updates. */
  private readonly making = new Map<string, Promise<void>>();

  private readonly limit = new DisplayLimit();

  /** Who wants to know that a cell has ended. */
  private readonly endings = new WeakMap<Context, ((failed: boolean) => void)[]>();
  /** Who wants to know that a cell which runs is to run again, or has been deleted. */
  private readonly replacements = new Map<Context, (() => void)[]>();
  /** The last run of each cell that its front end names. */
  private readonly lastRuns = new Map<string, WeakRef<Context>>();
  /** Cells that JupyterLab has said to be deleted, each of which it says once. */
  private readonly deleted = new Set<string>();

  constructor(
    private readonly send: PublishDisplay,
    private readonly complain: (line: string) => void,
    private readonly interrupts: HostInterrupts,
  ) {}

  get checkInterrupt(): () => void {
    return this.interrupts.checkpoint;
  }

  get breaks(): number {
    return this.interrupts.breaks;
  }

  get cell(): object | undefined {
    return currentContext() ?? undefined;
  }

  get cellId(): string | undefined {
    return textOf(currentContext()?.request.metadata.cellId);
  }

  get deletedCells(): readonly string[] {
    const context = currentContext();
    return context ? [...this.deleted, ...deletedIn(context.request.metadata)] : [...this.deleted];
  }

  cellBegins(context: Context): void {
    const id = textOf(context.request.metadata.cellId);
    if (id !== undefined) this.lastRuns.set(id, new WeakRef(context));
  }

  hasRunAgain(cell: object): boolean {
    const id = textOf((cell as Context).request.metadata.cellId);
    const last = id === undefined ? undefined : this.lastRuns.get(id);
    return last !== undefined && last.deref() !== cell;
  }

  private readonly publish: PublishDisplay = (context, bundle, options) => {
    const send = (): void => this.send(context, bundle, options);
    if (!context) return send();
    if (options.update && options.id !== undefined) return this.limit.update(context, options.id, send);
    this.limit.display(context, send);
  };

  beforeCellEnd(work: () => Promise<void>): boolean {
    const context = currentContext();
    if (context?.kind !== "cell" || !context.work) return false;
    context.work.push(work);
    return true;
  }

  onCellEnd(callback: (failed: boolean) => void): void {
    const context = currentContext();
    if (!context) return;
    const waiting = this.endings.get(context);
    if (waiting) waiting.push(callback);
    else this.endings.set(context, [callback]);
  }

  onCellReplaced(callback: () => void): void {
    const context = currentContext();
    if (!context) return;
    const waiting = this.replacements.get(context);
    if (waiting) waiting.push(callback);
    else this.replacements.set(context, [callback]);
  }

  /** A request to run a cell has come while another runs. */
  cellWaits({ metadata }: Pick<Message, "metadata">): void {
    for (const [context, callbacks] of this.replacements) {
      const id = textOf(context.request.metadata.cellId);
      if (id === undefined || (metadata.cellId !== id && !deletedIn(metadata).includes(id))) continue;
      this.replacements.delete(context);
      for (const callback of callbacks) this.call(callback);
    }
  }

  private call(callback: () => void): void {
    try {
      callback();
    } catch (error) {
      this.complain(messageOf(error));
    }
  }

  /** The cell has ended: the last state of its displays, and a word about those that were too many. */
  cellEnded(context: Context, failed: boolean, print: (line: string) => void): void {
    for (const callback of this.endings.get(context) ?? []) this.call(() => callback(failed));
    this.endings.delete(context);
    this.replacements.delete(context);
    for (const id of deletedIn(context.request.metadata)) this.deleted.add(id);
    const leftOut = this.limit.end(context);
    if (leftOut > 0) print(`... ${leftOut.toLocaleString("en-US")} more displays left out`);
  }

  /** Answers the extension's questions. */
  listen(comms: CommRegistry): void {
    comms.registerTarget(INSPECT_TARGET, (comm) => this.serve(comm));
  }

  display(bundle: PlainBundle, options: { displayId?: string; update?: boolean } = {}): void {
    const { displayId: id, update = false } = options;
    this.publish(currentContext(), withPlainText(plainBundle(bundle)), { id, update });
  }

  register(id: string, answer: InspectHandler): void {
    this.handlers.set(id, answer);
  }

  unregister(id: string): void {
    this.handlers.delete(id);
  }

  /** Shows a value of a cell, or another one in its place. */
  showAt(value: unknown, id: string, update: boolean): void {
    const context = currentContext();
    const before = this.making.get(id);
    const bundle = bundleOf(value, this.complain);
    if (!before && !(bundle instanceof Promise)) return this.publish(context, bundle, { id, update });
    const done = Promise.all([bundle, before]).then(([made]) => this.publish(context, made, { id, update }));
    context?.pending.add(done);
    this.making.set(id, done);
    void done.finally(() => {
      context?.pending.delete(done);
      if (this.making.get(id) === done) this.making.delete(id);
    });
  }

  /** `tslab.display` of cells. */
  showTslab(display: TslabDisplay, update: boolean): void {
    const { data, metadata, transient } = display;
    this.publish(currentContext(), withPlainText(plainBundle(data)), {
      id: transient.display_id,
      update,
      metadata,
    });
  }

  private serve(comm: Comm): void {
    const underWay = new Map<number, UnderWay>();
    comm.onMessage(async ({ data, buffers }) => {
      const cancelled = fieldOf(data, "cancel");
      if (typeof cancelled === "number") return underWay.get(cancelled)?.cancel();
      const number = fieldOf(data, "request");
      if (typeof number !== "number") return;
      const context = currentContext();
      const request = new UnderWay(buffers);
      underWay.set(number, request);
      const [reply, brought] = await this.answer(data, request);
      underWay.delete(number);
      if (request.cancelled) return;
      const send = (): void => comm.send({ request: number, ...reply }, { buffers: brought });
      // A page has lost the context by now.
      if (context) runInContext(context, send);
      else send();
    });
    comm.onClose(() => underWay.forEach((request) => request.cancel()));
  }

  private async answer(data: unknown, request: InspectRequest): Promise<[Reply, ArrayBufferView[]]> {
    const id = fieldOf(data, "id");
    const question = fieldOf(data, "question");
    const handler = typeof id === "string" ? this.handlers.get(id) : undefined;
    if (!handler) return [GONE, []];
    if (!isObject(question) || typeof question.ask !== "string") {
      return [{ error: "The question has no `ask`. Update @receptive/jupyterlab." }, []];
    }
    try {
      const answer = await handler(question as InspectQuestion, request);
      if (!answer) return [GONE, []];
      // Content that is no JSON is the handler's fault, not that of whoever sends it.
      JSON.stringify(answer.content);
      return [{ content: answer.content }, answer.buffers ?? []];
    } catch (error) {
      return [{ error: messageOf(error) }, []];
    }
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** Cells that were deleted since the cell before, as JupyterLab says with each cell. */
function deletedIn({ deletedCells }: Message["metadata"]): string[] {
  return Array.isArray(deletedCells) ? deletedCells.flatMap((id) => textOf(id) ?? []) : [];
}

type Reply = Omit<InspectReplyMessage, "request">;

const GONE: Reply = { error: "This object is not in the kernel any more. Run the cell again.", gone: true };

/** A question that has not been answered yet. */
class UnderWay implements InspectRequest {
  cancelled = false;

  constructor(readonly buffers: readonly Uint8Array[]) {}

  cancel(): void {
    this.cancelled = true;
  }
}
