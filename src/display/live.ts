import { notebook } from "../notebook";
import type { MimeBundle } from "../protocol";
import { uniqueName } from "./uniqueName";

/** Milliseconds between two updates of the notebook: faster than this nobody reads, and messages pile up. */
const INTERVAL = 220;

/** An output that changes while a cell runs: shown at its first change, then updated in place, now and then. */
export class LiveOutput {
  private displayId: string | null = null;
  private sentAt = 0;
  private isBehind = false;
  private timer: ReturnType<typeof setTimeout> | null = null;

  /**
   * @param name    of the kind of output, part of its display id: "curve"
   * @param bundle  the output as it is at the moment
   * @param interval milliseconds between two updates at least; default 220
   */
  constructor(
    private readonly name: string,
    private readonly bundle: () => MimeBundle,
    private readonly interval = INTERVAL,
  ) {}

  /** Says that the bundle is another now. Without a notebook nothing happens. */
  changed(): void {
    if (!notebook()) return;
    this.isBehind = true;
    const wait = this.sentAt + this.interval - performance.now();
    if (this.displayId === null || wait <= 0) this.send();
    else if (this.timer === null) {
      this.timer = setTimeout(() => this.send(), wait);
      // Node must not wait for it at its end. In a page and in a Worker timers are numbers.
      (this.timer as { unref?: () => void }).unref?.();
    }
  }

  /**
   * Sends what has not been sent. The next change shows a new output, below the cell that then runs.
   * @param isChanged whether the bundle is another now; a cell that was stopped can set no timer, as `changed` does
   */
  done(isChanged = false): void {
    if (this.isBehind || (isChanged && notebook())) this.send();
    this.displayId = null;
  }

  private send(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.isBehind = false;
    this.sentAt = performance.now();
    const update = this.displayId !== null;
    this.displayId ??= `receptive-${this.name}-${uniqueName()}`;
    notebook()?.display(this.bundle(), { displayId: this.displayId, update });
  }
}
