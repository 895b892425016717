/** What a person at the notebook reads about memory that is nearly full, or was. */
import { totalmem } from "node:os";

export interface Memory {
  /** JavaScript's own, which V8 limits; or all of the process, which the system limits. */
  kind: "heap" | "machine";
  /** Both in bytes. */
  used: number;
  limit: number;
}

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;
/** The share of the computer's memory that JavaScript is told to take at most. */
const SHARE = 0.75;

/** The line before it is too late. */
export function warningOf({ kind, used, limit }: Memory): string {
  const [taken, most] = [sizeOf(used), sizeOf(limit)];
  const state =
    kind === "heap"
      ? `the variables of this kernel take ${taken} of the ${most} that JavaScript may use`
      : `the kernel takes ${taken} of the ${most} that there are`;
  return (
    `Memory is nearly full: ${state}. Beyond that the kernel ends, and all variables are lost. ` +
    `Press Stop if the cell still runs, and let go of what is large (data = null, or reset()).${roomFor(kind, limit)}\n`
  );
}

/** The line in the first output of the kernel that comes after one whose memory was full. */
export function noteOf({ kind, limit }: Memory): string {
  const reason =
    kind === "heap"
      ? `its memory was full: JavaScript may use ${sizeOf(limit)}, and a cell needed more`
      : `the memory was nearly full, ${sizeOf(limit)} in all, and the system ended it`;
  return (
    `Note: this kernel is new, because the last one died: ${reason}. Its variables are gone; run the cells above again. ` +
    `Look for a list that grows without an end, or keep less at once.${roomFor(kind, limit)}\n`
  );
}

function sizeOf(bytes: number): string {
  return bytes < GIB ? `${Math.round(bytes / MIB)} MB` : `${(bytes / GIB).toFixed(1)} GB`;
}

/** How JavaScript gets more, if the computer has more. */
function roomFor(kind: Memory["kind"], limit: number): string {
  const possible = Math.min(2 * limit, SHARE * totalmem());
  if (kind !== "heap" || possible < 1.2 * limit) return "";
  return ` More room: set NODE_OPTIONS=--max-old-space-size=${Math.round(possible / MIB)} before Jupyter starts.`;
}
