/**
 * Where the inputs of all sessions are kept: one JSON line for each input and each output, appended, in Jupyter's data
 * folder. Several kernels may write at once. RECEPTIVE_HISTORY names another file; "off" keeps nothing.
 */
import { appendFileSync, mkdirSync, readFileSync, statSync, writeFileSync, renameSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import type { HistoryLine, HistoryStore } from "../history";
import { log } from "../log";
import { isObject } from "../json";

/** A file above this is cut to its last part when a kernel starts. */
const MAX_BYTES = 4 * 1024 * 1024;
const KEPT_BYTES = 2 * 1024 * 1024;

export function historyPath(env: NodeJS.ProcessEnv = process.env): string | null {
  const chosen = env.RECEPTIVE_HISTORY;
  if (chosen !== undefined && chosen !== "") return chosen === "off" ? null : chosen;
  return join(jupyterDataFolder(env), "receptive", "history.jsonl");
}

/** As `jupyter --data-dir` finds it. */
function jupyterDataFolder(env: NodeJS.ProcessEnv): string {
  if (env.JUPYTER_DATA_DIR) return env.JUPYTER_DATA_DIR;
  if (process.platform === "darwin") return join(homedir(), "Library", "Jupyter");
  if (process.platform === "win32") return join(env.APPDATA ?? homedir(), "jupyter");
  return join(env.XDG_DATA_HOME ?? join(homedir(), ".local", "share"), "jupyter");
}

export class HistoryFile implements HistoryStore {
  private ready = false;

  constructor(private path: string | null) {}

  append(line: HistoryLine): void {
    this.attempt((path) => {
      if (!this.ready) this.prepare(path);
      this.ready = true;
      appendFileSync(path, `${JSON.stringify(line)}\n`, { mode: 0o600 });
    });
  }

  /** All lines, oldest first; those that are no such lines are left out. */
  read(): HistoryLine[] {
    let text = "";
    this.attempt((path) => {
      try {
        text = readFileSync(path, "utf8");
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      }
    });
    return text.split("\n").flatMap((json) => parse(json) ?? []);
  }

  private prepare(path: string): void {
    mkdirSync(dirname(path), { recursive: true });
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (size <= MAX_BYTES) return;
    const kept = readFileSync(path).subarray(-KEPT_BYTES);
    const temporary = `${path}.${process.pid}`;
    writeFileSync(temporary, kept.subarray(kept.indexOf("\n") + 1), { mode: 0o600 });
    renameSync(temporary, path);
  }

  /** A history that cannot be kept is no reason to fail a cell: from then on it is in memory only. */
  private attempt(body: (path: string) => void): void {
    if (this.path === null) return;
    try {
      body(this.path);
    } catch (error) {
      log(`history: ${String(error)}`);
      this.path = null;
    }
  }
}

function parse(json: string): HistoryLine | null {
  if (json === "") return null;
  try {
    const value: unknown = JSON.parse(json);
    if (!isObject(value)) return null;
    const { session, line } = value;
    return typeof session === "string" && typeof line === "number" ? (value as unknown as HistoryLine) : null;
  } catch {
    return null;
  }
}
