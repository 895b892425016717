/** What the kernel offers the engine, and where the engine finds it. */
import type { InspectHandler } from "./comms";
import type { MimeBundle } from "./mime";

/** `globalThis[NOTEBOOK]` is the kernel's {@link NotebookHost}; absent when the engine runs in plain Node. */
export const NOTEBOOK: unique symbol = Symbol.for("receptive.notebook");

/** What the kernel offers the engine. The engine works without it; then nothing is drawn. */
export interface NotebookHost {
  /**
   * Shows a bundle below the running cell. With a `displayId`, `update: true` replaces every output of that id in place.
   */
  display(bundle: MimeBundle, options?: { displayId?: string; update?: boolean }): void;
  /** Answers requests of the extension about `id` until {@link unregister}; a second call with the same id replaces the first. */
  register(id: string, answer: InspectHandler): void;
  unregister(id: string): void;
  /** Throws if the user has stopped the running code. The engine calls it before each op and each batch. */
  checkInterrupt(): void;
  /** How often running code was cut off without its `finally` blocks: state that they would have restored is wrong. */
  readonly breaks: number;
  /** Stands for the run of a cell that is going on: another object for each. Absent where there is none. */
  readonly cell?: object | undefined;
  /**
   * Calls back once when the cell that runs now has ended, before its result or its error goes out: what the callback displays
   * still belongs to the cell. `failed` tells whether an error or Stop ended it.
   */
  onCellEnd?(callback: (failed: boolean) => void): void;
  /**
   * Calls back once when the cell that runs now is to run again, or has been deleted, as far as the front end says: what waits for its
   * reader below that cell has nobody to wait for.
   */
  onCellReplaced?(callback: () => void): void;
  /**
   * Calls `work` once when the code of the cell that runs now has ended, well or not. The cell ends after it, and fails with what
   * it rejects with, unless it has failed before.
   * @returns false if no cell runs that could wait, and `work` is never called
   */
  beforeCellEnd?(work: () => Promise<void>): boolean;
  /** The running cell as its front end names it in every run; absent where the front end does not say. */
  readonly cellId?: string | undefined;
  /** Whether the cell of that run, which `cell` stood for, has run again since, as far as the front end names cells. */
  hasRunAgain?(cell: object): boolean;
  /** Names of cells that the reader has deleted, as far as the front end says. */
  readonly deletedCells?: readonly string[];
  /** Variables whose value is of an earlier cell than the last one that declares them, which did not compile. */
  readonly outdated?: ReadonlySet<string>;
  /** The value of a variable of the notebook now; undefined if there is none of that name. */
  variable?(name: string): unknown;
}
