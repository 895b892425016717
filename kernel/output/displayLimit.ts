/** How many displays one cell may send, so that a loop of them leaves the page usable. The newest update of each always comes. */
import type { Context } from "../run/context";
import { native, type Timer } from "../platform";

/** At once, and how many more for every second. */
const DISPLAYS = { burst: 2000, perSecond: 10 };
const UPDATES = { burst: 500, perSecond: 20 };

/** Grows with time and shrinks with use. */
class Allowance {
  private left: number;
  private refilled = Date.now();
  constructor(private readonly rate: { burst: number; perSecond: number }) {
    this.left = rate.burst;
  }

  use(): boolean {
    const now = Date.now();
    const grown = this.left + ((now - this.refilled) / 1000) * this.rate.perSecond;
    this.left = Math.min(this.rate.burst, grown);
    this.refilled = now;
    if (this.left < 1) return false;
    this.left--;
    return true;
  }
}

interface CellDisplays {
  displays: Allowance;
  updates: Allowance;
  leftOut: number;
  /** The newest update of each output that could not be sent yet. */
  waiting: Map<string, () => void>;
  timer: Timer | null;
}

export class DisplayLimit {
  private readonly cells = new WeakMap<Context, CellDisplays>();

  /** Sends a display now, or not at all. */
  display(context: Context, send: () => void): void {
    const cell = this.of(context);
    if (cell.displays.use()) send();
    else cell.leftOut++;
  }

  /** Sends an update now, or the newest one of its id as soon as there is room. */
  update(context: Context, id: string, send: () => void): void {
    const cell = this.of(context);
    cell.waiting.delete(id);
    if (cell.updates.use()) return send();
    cell.waiting.set(id, send);
    cell.timer ??= native.setTimeout(() => {
      cell.timer = null;
      this.flush(cell);
    }, 1000 / UPDATES.perSecond);
  }

  /** The cell has ended: sends the updates that wait. @returns how many displays were left out */
  end(context: Context): number {
    const cell = this.cells.get(context);
    if (!cell) return 0;
    this.flush(cell);
    const { leftOut } = cell;
    cell.leftOut = 0;
    return leftOut;
  }

  private flush(cell: CellDisplays): void {
    const waiting = [...cell.waiting.values()];
    cell.waiting.clear();
    for (const send of waiting) send();
  }

  private of(context: Context): CellDisplays {
    const known = this.cells.get(context);
    if (known) return known;
    const cell: CellDisplays = {
      displays: new Allowance(DISPLAYS),
      updates: new Allowance(UPDATES),
      leftOut: 0,
      waiting: new Map(),
      timer: null,
    };
    this.cells.set(context, cell);
    return cell;
  }
}
