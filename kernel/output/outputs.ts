/** The text output of all cells, in the I/O thread: limited, and written into files where a cell asks for it. */
import { closeSync, writeSync } from "node:fs";
import { CellOutput, type OutputSink } from "./cellOutput";
import type { StreamName } from "./streams";
import { log } from "../log";

/** How often it is looked at what waits, in milliseconds. */
const TICK = 10;
/** Cells whose prints in the background are still counted. */
const MAX_CELLS = 50;

export class Outputs {
  /** By the header of the request, as JSON; the oldest comes first. */
  private readonly cells = new Map<string, CellOutput>();
  private readonly files = new Map<string, number>();
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly sinkOf: (parent: string) => OutputSink) {}

  add(name: StreamName, text: string, parent: string): void {
    const file = this.files.get(parent);
    if (file !== undefined) write(file, text);
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

  /** Writes what the cell prints from now on into a file as well, until the cell ends. */
  record(parent: string, file: number): void {
    this.close(parent);
    this.files.set(parent, file);
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
    const file = this.files.get(parent);
    this.files.delete(parent);
    if (file !== undefined) closeSync(file);
  }

  private of(parent: string): CellOutput {
    const known = this.cells.get(parent);
    if (known) return known;
    const cell = new CellOutput(this.sinkOf(parent));
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
    this.timer ??= setInterval(() => {
      const waiting = [...this.cells.values()].filter((cell) => cell.isWaiting);
      for (const cell of waiting) cell.tick();
      if (waiting.length > 0) return;
      if (this.timer) clearInterval(this.timer);
      this.timer = null;
    }, TICK);
  }
}

function write(file: number, text: string): void {
  try {
    writeSync(file, text);
  } catch (error) {
    log(`saveOutput: ${String(error)}`);
  }
}
