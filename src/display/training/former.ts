/** The runs that were, by title: running a cell again shows its former curve behind the new one. */
import type { Line } from "../series";

export interface FormerLines {
  loss: Omit<Line, "name">;
  validation: Omit<Line, "name">;
}

/** Titles that are remembered, the one used last at the end. */
const MOST = 30;
const lines = new Map<string, FormerLines>();

export const formerOf = (title: string): FormerLines | undefined => lines.get(title);

export function remember(title: string, run: FormerLines): void {
  lines.delete(title);
  lines.set(title, run);
  const [oldest] = lines.keys();
  if (lines.size > MOST && oldest !== undefined) lines.delete(oldest);
}
