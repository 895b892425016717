/** The inputs of this session, for history_request. */
import type { JsonObject } from "./wire";

interface Entry {
  line: number;
  input: string;
  output: string | null;
}

export class History {
  private readonly entries: Entry[] = [];

  add(line: number, input: string): void {
    this.entries.push({ line, input, output: null });
  }

  addOutput(line: number, output: string): void {
    const entry = this.entries.find((candidate) => candidate.line === line);
    if (entry) entry.output = output;
  }

  /** The content of history_reply. */
  reply(content: JsonObject): JsonObject {
    const wantOutput = content.output === true;
    const history = this.select(content).map(({ line, input, output }) => [
      0,
      line,
      wantOutput ? [input, output] : input,
    ]);
    return { status: "ok", history };
  }

  private select(content: JsonObject): Entry[] {
    const n = typeof content.n === "number" && content.n >= 0 ? content.n : Infinity;
    const tail = (entries: Entry[]): Entry[] => (n === Infinity ? entries : n === 0 ? [] : entries.slice(-n));
    switch (content.hist_access_type) {
      case "tail":
        return tail(this.entries);
      case "range": {
        // Sessions before this one are not kept: only the present one, 0, has lines.
        if (content.session !== undefined && content.session !== 0) return [];
        const start = typeof content.start === "number" ? content.start : 0;
        const stop = typeof content.stop === "number" ? content.stop : Infinity;
        return this.entries.filter(({ line }) => line >= start && line < stop);
      }
      case "search": {
        const pattern = globToRegExp(typeof content.pattern === "string" ? content.pattern : "*");
        const found = this.entries.filter(({ input }) => pattern.test(input));
        return tail(content.unique === true ? lastOfEach(found) : found);
      }
      default:
        return [];
    }
  }
}

function lastOfEach(entries: Entry[]): Entry[] {
  const byInput = new Map<string, Entry>();
  for (const entry of entries) {
    byInput.delete(entry.input);
    byInput.set(entry.input, entry);
  }
  return [...byInput.values()];
}

/** `*` is any text and `?` any character. */
function globToRegExp(glob: string): RegExp {
  const pattern = glob
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", "[^]*")
    .replaceAll("?", "[^]");
  return new RegExp(`^${pattern}$`);
}
