/** What the reader orders of a run, in the order in which it comes; the run obeys between two steps. */
import type { RunCommand, RunControl } from "../../protocol";

export type Order = { command: RunCommand } | { set: RunControl; value: number };

interface Waiting {
  order: Order;
  obeyed: () => void;
  refused: (reason: Error) => void;
}

export class Orders {
  private waiting: Waiting[] = [];
  private wake: (() => void) | undefined;

  /** Resolves when the order is obeyed. @throws what the run says against it */
  give(order: Order): Promise<void> {
    return new Promise((obeyed, refused) => {
      this.waiting.push({ order, obeyed, refused });
      this.wake?.();
    });
  }

  /** Obeys all that wait, one after another. */
  obey(body: (order: Order) => void): void {
    for (let next = this.waiting.shift(); next; next = this.waiting.shift())
      try {
        body(next.order);
        next.obeyed();
      } catch (error) {
        next.refused(error as Error);
      }
  }

  /** Nothing is obeyed any more; whoever waits goes on. */
  close(): void {
    this.obey(() => undefined);
    this.wake?.();
  }

  /** Fulfils when an order comes, or `signal` fires: a run that is paused waits without working. */
  async next(signal?: AbortSignal): Promise<void> {
    if (this.waiting.length > 0 || signal?.aborted) return;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      signal?.addEventListener("abort", () => resolve(), { once: true });
    });
    this.wake = undefined;
  }
}
