/**
 * Stop is for children as well, and for what they have started: a terminal sends SIGINT to the whole group, and a shell that
 * ends alone leaves its command behind.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { log } from "../log";

/** The processes that this one has started and that have not ended. */
export function ownChildren(): Set<number> {
  return new Set(childrenOf(process.pid));
}

/** Sends SIGINT to processes and all below them. */
export function interruptTrees(pids: Iterable<number>): void {
  for (const pid of pids) {
    // Before its parent is gone, and it has another one.
    interruptTrees(childrenOf(pid));
    try {
      process.kill(pid, "SIGINT");
    } catch (error) {
      log(`SIGINT to ${pid}: ${String(error)}`);
    }
  }
}

function childrenOf(pid: number): number[] {
  if (process.platform === "win32") return [];
  try {
    // A process's children are listed with the threads that started them.
    const tasks = readdirSync(`/proc/${pid}/task`);
    return tasks.flatMap((task) => numbers(readFileSync(`/proc/${pid}/task/${task}/children`, "utf8")));
  } catch {
    return process.platform === "linux" ? [] : listed(pid);
  }
}

/** Where there is no /proc: macOS. */
function listed(pid: number): number[] {
  try {
    return numbers(execFileSync("pgrep", ["-P", String(pid)], { encoding: "utf8" }));
  } catch {
    return [];
  }
}

const numbers = (text: string): number[] => text.split(/\s+/).filter(Boolean).map(Number);
