/** Who started the code that runs now: outputs of a timer go to the cell that set it, however late. */
import type { JsonObject } from "../json";
import type { Header, Message } from "../message";
import { inspect } from "../platform";
import { makeCarrier } from "./carrier";

const MARK = "@@receptive-context@@";

export class Context {
  /** How many contexts there have been. */
  static count = 0;
  /** Contexts with something under way that an interrupt must end. */
  private static readonly busy = new Set<Context>();
  readonly serial = ++Context.count;
  /** True after an interrupt: loops that this context started must end, and it starts no timer any more. */
  interrupted = false;
  /** Displays that are still being made; a cell is not finished before they are. */
  readonly pending = new Set<Promise<void>>();
  /** What the cell waits for when its code has ended, and whose failure is its own; null once the cell has ended. */
  work: (() => Promise<void>)[] | null = [];
  /** What the front end is asked to do when the cell has ended: the pager. */
  readonly payload: JsonObject[] = [];
  private readonly stops = new Set<() => void>();

  constructor(
    readonly request: Message,
    readonly kind: "cell" | "request",
  ) {}

  /** The request to which outputs belong. */
  get parent(): Header {
    return this.request.header;
  }

  /** Calls `stop` at an interrupt, unless the returned function was called before. */
  onInterrupt(stop: () => void): () => void {
    this.stops.add(stop);
    Context.busy.add(this);
    return () => {
      this.stops.delete(stop);
      if (this.stops.size === 0) Context.busy.delete(this);
    };
  }

  interrupt(): void {
    this.interrupted = true;
    const stops = [...this.stops];
    this.stops.clear();
    Context.busy.delete(this);
    for (const stop of stops) stop();
  }

  /** Interrupts all that has something under way. */
  static interruptAll(): void {
    for (const context of [...Context.busy]) context.interrupt();
  }

  /** Node 20 hangs the store on every promise; this keeps it short there, see {@link withoutAsyncSymbols}. */
  [inspect.custom](): string {
    return MARK;
  }
}

const carrier = makeCarrier<Context>();
let last: Context | null = null;

export function runInContext<T>(context: Context, body: () => T): T {
  if (context.kind === "cell") last = context;
  return carrier.run(context, body);
}

/** The context of the running code, or of the last cell where it has been lost. */
export function currentContext(): Context | null {
  return carrier.get() ?? last;
}

/** The context of the running code only. */
export function ownContext(): Context | null {
  return carrier.get() ?? null;
}

/** The callback of a timer, which belongs to the context that sets it. */
export function inOwnContext<F extends (...given: never[]) => unknown>(callback: F): F {
  return carrier.bind(callback);
}

const ASYNC_SYMBOLS = new RegExp(
  `,?\\s*\\[Symbol\\((?:async_id_symbol|trigger_async_id_symbol|kResourceStore)\\)\\]: (?:\\d+|${MARK})`,
  "g",
);

/** The text without what AsyncLocalStorage leaves on promises in Node 20. */
export function withoutAsyncSymbols(text: string): string {
  if (!text.includes("[Symbol(")) return text;
  const cleaned = text.replace(ASYNC_SYMBOLS, "");
  return cleaned === text ? text : cleaned.replace(/Promise \{\s+([^\n]+?)\s*\}/g, "Promise { $1 }");
}
