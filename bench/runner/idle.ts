/** Whether a process that should wait computes: it would take time from the one that is measured. */
import { readFileSync } from "node:fs";
import type { Child } from "./child";

/** Linux counts in hundredths of a second. */
const TICK = 0.01;

/** Seconds that a process has computed so far, all threads together; 0 where this cannot be known. */
export function cpuSeconds(pid: number | undefined): number {
  try {
    const stat = readFileSync(`/proc/${pid ?? 0}/stat`, "utf8");
    // The name in brackets may hold spaces; user and system time are fields 14 and 15.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * TICK;
  } catch {
    return 0;
  }
}

/** What children computed while others were measured. */
export class IdleWatch {
  private readonly used = new Map<Child, number>();
  private measured = 0;

  /** Runs `body`, which measures `active`; all others should be still. */
  async during<T>(active: Child, others: readonly Child[], body: () => Promise<T>): Promise<T> {
    const still = others.filter((child) => child !== active);
    const before = still.map(({ pid }) => cpuSeconds(pid));
    const began = performance.now();
    const result = await body();
    this.measured += (performance.now() - began) / 1000;
    still.forEach((child, i) => {
      const seconds = cpuSeconds(child.pid) - before[i];
      this.used.set(child, (this.used.get(child) ?? 0) + seconds);
    });
    return result;
  }

  /** The children that used more than `share` of one core, with that share. */
  restless(share = 0.05): [Child, number][] {
    if (this.measured < 0.5) return [];
    return [...this.used]
      .map(([child, seconds]): [Child, number] => [child, seconds / this.measured])
      .filter(([, used]) => used > share);
  }
}
