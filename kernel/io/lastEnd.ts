/**
 * Why the kernel before this one ended, if it was for want of memory. Jupyter starts the next one with the same connection
 * file, so what is known lies beside that: a report that Node writes when V8 finds no memory any more, and a word of the
 * I/O thread's for the case that the system ends the process.
 */
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import type { Memory } from "./memoryWords";
import { log } from "../log";
import { isObject } from "../json";

const reportFile = (connectionFile: string): string => connectionFile.replace(/\.json$/, "") + ".report";
const memoryFile = (connectionFile: string): string => connectionFile.replace(/\.json$/, "") + ".memory";

/** What Node's types do not list yet. */
interface ReportSettings {
  compact: boolean;
  excludeNetwork?: boolean;
  excludeEnv?: boolean;
}

/** Lets Node write a report if this process ends for want of memory. */
export function reportLastEnd(connectionFile: string): void {
  const { report } = process;
  // The report holds the environment, which is nobody else's to read; Jupyter's own folder for these files is private.
  if (!report || !isPrivate(dirname(connectionFile))) return;
  report.directory = dirname(connectionFile);
  report.filename = basename(reportFile(connectionFile));
  report.reportOnFatalError = true;
  // Addresses would be looked up, and keys of the environment stay out of files.
  Object.assign(report, { compact: true, excludeNetwork: true, excludeEnv: true } satisfies ReportSettings);
}

function isPrivate(folder: string): boolean {
  try {
    return process.platform === "win32" || (statSync(folder).mode & 0o077) === 0;
  } catch {
    return false;
  }
}

/** Keeps that memory is nearly full; null: it is no more. */
export function rememberMemory(connectionFile: string, memory: Memory | null): void {
  const file = memoryFile(connectionFile);
  try {
    if (memory === null) rmSync(file, { force: true });
    else writeFileSync(file, JSON.stringify(memory), { mode: 0o600 });
  } catch (error) {
    log(`${file}: ${String(error)}`);
  }
}

/** The memory that the last kernel had none left of; null if it ended for another reason. Forgets it. */
export function takeLastEnd(connectionFile: string): Memory | null {
  const report = takeJson(reportFile(connectionFile));
  const remembered = takeJson(memoryFile(connectionFile));
  const { header, javascriptHeap: heap } = report as { header?: unknown; javascriptHeap?: unknown };
  if (isObject(header) && header.trigger === "OOMError" && isObject(heap)) {
    const isHeap = /heap/.test(String(header.event));
    const [used, limit] = [Number(heap.usedMemory), Number(heap.memoryLimit)];
    if (isHeap && limit > 0) return { kind: "heap", used, limit };
  }
  const { kind, used, limit } = remembered;
  const isKnown = (kind === "heap" || kind === "machine") && typeof used === "number";
  return isKnown && typeof limit === "number" ? { kind, used, limit } : null;
}

function takeJson(file: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
    rmSync(file, { force: true });
  } catch {
    return {};
  }
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
