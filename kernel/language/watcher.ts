/**
 * TypeScript watches hundreds of files and whole folders. A kernel needs to know about changes only when a cell runs,
 * so nothing is watched: before a cell is converted, the user's files are looked at once. No idle cost, no race.
 */
import type ts from "typescript";

interface WatchedFile {
  callback: ts.FileWatcherCallback;
  modified: number;
}

export class OnDemandWatcher {
  private readonly files = new Map<string, WatchedFile>();
  private readonly folders = new Map<string, Set<ts.DirectoryWatcherCallback>>();

  /** Collects timers while {@link forgetMissing} runs. */
  private invalidations: Set<() => void> | null = null;

  /** When a file was written last, in milliseconds; zero if there is no such file. */
  private modified: (path: string) => number = () => 0;

  constructor(private readonly compiler: typeof ts) {}

  /** A system whose files are watched here, and which stands in a folder. */
  systemOver(system: ts.System, folder: string): ts.System {
    this.modified = (path) => system.getModifiedTime?.(path)?.getTime() ?? 0;
    const watched = Object.create(system) as ts.System;
    watched.getCurrentDirectory = () => folder;
    watched.watchFile = (path, callback) => this.watchFile(path, callback);
    return watched;
  }

  /** The system of one converter, whose folder watchers and reads pass through here. */
  wrap(system: ts.System): ts.System {
    const wrapped = Object.create(system) as ts.System;
    wrapped.watchDirectory = (path, callback) => {
      const callbacks = this.folders.get(path) ?? new Set();
      this.folders.set(path, callbacks.add(callback));
      return { close: () => callbacks.delete(callback) };
    };
    // tslab exports names as TypeScript escapes them: with one underscore too many if they begin with two.
    wrapped.readFile = (path, encoding) => {
      const text = system.readFile(path, encoding);
      if (!text || !path.endsWith("__tslab__.ts")) return text;
      return text.replace(/\nexport \{[^}\n]*\}$/, (list) => list.replace(/(?<=[{ ])___(?=[\w$])/g, "__"));
    };
    // tslab keeps one timer; TypeScript sets another one to invalidate what it has not found.
    wrapped.setTimeout = (callback: () => void, delay: number, ...rest: unknown[]) => {
      if (!this.invalidations) return system.setTimeout?.(callback, delay, ...rest) as unknown;
      this.invalidations.add(callback);
      return callback;
    };
    wrapped.clearTimeout = (timer: unknown) => {
      if (!this.invalidations?.delete(timer as () => void)) system.clearTimeout?.(timer);
    };
    return wrapped;
  }

  private watchFile(path: string, callback: ts.FileWatcherCallback): ts.FileWatcher {
    if (path.includes("/node_modules/") || path.endsWith(".d.ts")) return { close: () => {} };
    this.files.set(path, { callback, modified: this.modified(path) });
    return { close: () => this.files.delete(path) };
  }

  /** Tells TypeScript about files that have changed since the last look. */
  lookAtFiles(): void {
    const { Changed, Created, Deleted } = this.compiler.FileWatcherEventKind;
    for (const [path, file] of [...this.files]) {
      const modified = this.modified(path);
      if (modified === file.modified) continue;
      const kind = modified === 0 ? Deleted : file.modified === 0 ? Created : Changed;
      file.modified = modified;
      file.callback(path, kind);
    }
  }

  /** Makes TypeScript look again for modules it has not found. */
  forgetMissing(): void {
    const invalidations = (this.invalidations = new Set<() => void>());
    for (const [path, callbacks] of [...this.folders]) for (const callback of [...callbacks]) callback(path);
    this.invalidations = null;
    for (const invalidate of invalidations) invalidate();
  }
}
