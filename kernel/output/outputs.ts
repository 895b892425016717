/** The text output of all cells: limited, and written into files where a cell asks for it. */
import { native, type Timer } from "../platform";
import { CellOutput, type OutputSink } from "./cellOutput";
import type { StreamName } from "./streams";

/** How often it is looked at what waits, in milliseconds. */
const TICK = 10;
/** What gets all that a cell prints, however much that is. */
export interface Recording {
  write(text: string): void;
  close(): void;
}

/** Cells whose prints in the background are still counted. */
const MAX_CELLS = 50;

export class Outputs {
  /** By the header of the request, as JSON; the oldest comes first. */
  private readonly cells = new Map<string, CellOutput>();
  private readonly recordings = new Map<string, Recording>();
  private timer: Timer | null = null;

  /** @param patience how long a text waits for more, in milliseconds; default: as long as pays */
  constructor(
    private readonly sinkOf: (parent: string) => OutputSink,
    private readonly patience?: number,
  ) {}

  add(name: StreamName, text: string, parent: string): void {
    this.recordings.get(parent)?.write(text);
    this.of(parent).add(name, text);
    this.watch();
  }

  clear(wait: boolean, parent: string): void {
    this.of(parent).clear(wait);
    this.watch();
  }

  /** Sends what goes out anyway, so that another message can come after it. */
  flush(): void {
    for (const cell of this.cells.values()) cell.flush();
  }

  /** Writes what the cell prints from now on there as well, until the cell ends. */
  record(parent: string, recording: Recording): void {
    this.close(parent);
    this.recordings.set(parent, recording);
  }

  /** The cell has ended: nothing it has printed waits any longer. */
  end(parent: string): void {
    this.cells.get(parent)?.end();
    this.close(parent);
  }

  endAll(): void {
    for (const parent of this.cells.keys()) this.end(parent);
  }

  private close(parent: string): void {
    this.recordings.get(parent)?.close();
    this.recordings.delete(parent);
  }

  private of(parent: string): CellOutput {
    const known = this.cells.get(parent);
    if (known) return known;
    const cell = new CellOutput(this.sinkOf(parent), Date.now, this.patience);
    this.cells.set(parent, cell);
    if (this.cells.size > MAX_CELLS) {
      const [oldest, output] = [...this.cells][0] ?? [];
      output?.end();
      if (oldest !== undefined) this.cells.delete(oldest);
    }
    return cell;
  }

  /** Shows what waits when its time has come, also if nothing more is printed. */
  private watch(): void {
    this.timer ??= native.setInterval(() => {
      const waiting = [...this.cells.values()].filter((cell) => cell.isWaiting);
      for (const cell of waiting) cell.tick();
      if (waiting.length > 0) return;
      if (this.timer) native.clearInterval(this.timer);
      this.timer = null;
    }, TICK);
  }
}
