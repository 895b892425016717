/** How a run obeys its reader: between two steps it pauses, goes on, does single steps or a single epoch, is reset or ends. */
import { show } from "../../arguments";
import type { TrainingMark } from "../../marks";
import { checkpoint } from "../../notebook";
import type { RunCommand } from "../../protocol";
import type { RunEvent } from "./curves";
import { Orders, type Order } from "./orders";
import type { Pace } from "./pace";

export type RunState = TrainingMark["state"];

/** What obeying does to the run. */
export interface RunActions {
  /** Whether the run goes through batches, between which alone it can be held. */
  canHold(): boolean;
  /** Sets a control and says what has changed. @throws Error if there is no such control or value */
  set(order: Extract<Order, { set: unknown }>): string;
  /** Gives the network first weights again. */
  reset(): void;
  end(state: RunState): void;
  /** The panel is another now. */
  changed(): void;
}

const all: readonly RunCommand[] = ["pause", "resume", "step", "epoch", "stop", "reset"];

export class Steering {
  state: RunState = "running";
  /** Every change of a control and every command, with the number of steps that were done before it. */
  readonly events: RunEvent[] = [];
  private readonly orders = new Orders();
  /** Steps after which it pauses, and whether it pauses at the end of the epoch. */
  private stepsLeft: number | undefined;
  private pausesAtEpoch = false;

  constructor(
    private readonly pace: Pace,
    private readonly actions: RunActions,
  ) {}

  get isOver(): boolean {
    return this.state !== "running" && this.state !== "paused";
  }

  /** The commands that would be obeyed now. */
  get commands(): RunCommand[] {
    if (this.isOver) return [];
    if (!this.actions.canHold()) return ["reset"];
    return all.filter((command) => command !== (this.state === "paused" ? "pause" : "resume"));
  }

  /** Resolves when the order is obeyed. @throws Error if it cannot be */
  async give(order: Order): Promise<void> {
    if (!this.isOver) await this.orders.give(order);
  }

  /** The run begins, or begins anew. */
  begin(): void {
    this.state = "running";
    this.pace.run();
  }

  /** The run is over: whoever waits for an order to be obeyed goes on. */
  end(state: RunState): void {
    this.state = state;
    this.pace.pause();
  }

  /** Nothing is obeyed any more. */
  close(): void {
    this.orders.close();
  }

  /** Obeys what was ordered since the step before. */
  betweenSteps(): void {
    // At the beginning of an epoch no step was done since the order.
    if (this.stepsLeft !== undefined && this.pace.batch > 0 && --this.stepsLeft <= 0) this.pause();
    this.orders.obey((order) => this.obey(order));
  }

  /** Waits while the run is paused. @throws what stops the cell */
  async whilePaused(signal: AbortSignal | undefined): Promise<void> {
    while (this.state === "paused" && !signal?.aborted) {
      await this.orders.next(signal);
      checkpoint();
      this.orders.obey((order) => this.obey(order));
    }
  }

  /** @param isLast whether no epoch follows */
  epochEnds(isLast: boolean): void {
    if (this.pausesAtEpoch && !isLast) this.pause();
  }

  private pause(): void {
    this.stepsLeft = undefined;
    this.pausesAtEpoch = false;
    if (this.state !== "running") return;
    this.state = "paused";
    this.pace.pause();
    this.actions.changed();
  }

  private go(): void {
    if (this.state === "paused") this.begin();
  }

  /** @throws Error if there is no such order */
  private obey(order: Order): void {
    if (this.isOver) return;
    if ("set" in order) return this.note(this.actions.set(order));
    const { command } = order;
    if (!this.actions.canHold() && command !== "reset") return;
    switch (command) {
      case "pause":
        if (this.state === "paused") return;
        this.pause();
        return this.note("paused");
      case "resume":
        if (this.state === "running" && this.stepsLeft === undefined && !this.pausesAtEpoch) return;
        this.stepsLeft = undefined;
        this.pausesAtEpoch = false;
        this.go();
        return this.note("resumed");
      case "step":
        this.go();
        this.stepsLeft = (this.stepsLeft ?? 0) + 1;
        return this.note("one step");
      case "epoch":
        this.go();
        this.pausesAtEpoch = true;
        return this.note("to the end of the epoch");
      case "stop":
        this.note("stopped");
        return this.actions.end("stopped");
      case "reset":
        this.actions.reset();
        return this.note("weights reset");
      default:
        throw new Error(`control: there is no command ${show(command)}. Use ${all.join(", ")}.`);
    }
  }

  private note(text: string): void {
    this.events.push({ step: this.pace.step, text });
    this.actions.changed();
  }
}
