/** The inputs of this session and of earlier ones, for history_request. */
import type { JsonObject } from "./json";
import { uuid } from "./platform";

/** One thing that is kept. A later line with an output belongs to the input of the same session and line. */
export interface HistoryLine {
  session: string;
  line: number;
  input?: string;
  output?: string;
}

/** Where the inputs of all sessions are kept. */
export interface HistoryStore {
  append(line: HistoryLine): void;
  /** All lines, oldest first. */
  read(): HistoryLine[];
}

interface Entry {
  session: string;
  line: number;
  input: string;
  output: string | null;
  /** Whether it is in the store. */
  keep: boolean;
}
/** Sessions count from one, the oldest that is kept first. */
type Numbered = Entry & { number: number };

/** Outputs above this are cut in the store. */
const MAX_OUTPUT = 10_000;

export class History {
  private readonly session = uuid().slice(0, 8);
  /** What this session has added; it is known although the store may not be. */
  private readonly own: Entry[] = [];

  /** @param store null keeps nothing beyond the session */
  constructor(private readonly store: HistoryStore | null = null) {}

  /** @param keep false for an input that nobody typed: a notebook that is executed as a whole leaves no trace */
  add(line: number, input: string, keep = true): void {
    const { session } = this;
    this.own.push({ session, line, input, output: null, keep });
    if (keep) this.store?.append({ session, line, input });
  }

  addOutput(line: number, output: string): void {
    const entry = [...this.own].reverse().find((candidate) => candidate.line === line);
    if (!entry) return;
    entry.output = output.slice(0, MAX_OUTPUT);
    if (entry.keep) this.store?.append({ session: this.session, line, output: entry.output });
  }

  /** The content of history_reply. */
  reply(content: JsonObject): JsonObject {
    const wantOutput = content.output === true;
    const history = this.select(content).map(({ number, line, input, output }) => [
      number,
      line,
      wantOutput ? [input, output] : input,
    ]);
    return { status: "ok", history };
  }

  private select(content: JsonObject): Numbered[] {
    const n = typeof content.n === "number" && content.n >= 0 ? content.n : Infinity;
    const tail = (entries: Numbered[]): Numbered[] => (n === Infinity ? entries : n === 0 ? [] : entries.slice(-n));
    switch (content.hist_access_type) {
      case "tail":
        return tail(this.all());
      case "range":
        return this.range(content);
      case "search": {
        const pattern = globToRegExp(typeof content.pattern === "string" ? content.pattern : "*");
        const found = this.all().filter(({ input }) => pattern.test(input));
        return tail(content.unique === true ? lastOfEach(found) : found);
      }
      default:
        return [];
    }
  }

  /** Lines start to stop - 1 of a session: 0 is this one, -1 the one before it, a positive number counts from the oldest. */
  private range(content: JsonObject): Numbered[] {
    const start = typeof content.start === "number" ? content.start : 0;
    const stop = typeof content.stop === "number" ? content.stop : Infinity;
    const wanted = typeof content.session === "number" ? content.session : 0;
    const inRange = (entry: Entry): boolean => entry.line >= start && entry.line < stop;
    // As IPython does, this session's lines are given under the number that was asked for.
    if (wanted === 0) return this.own.filter(inRange).map((entry) => ({ ...entry, number: 0 }));
    const all = this.all();
    const own = all.find(({ session }) => session === this.session)?.number;
    const latest = own ?? (all.at(-1)?.number ?? 0) + 1;
    const number = wanted < 0 ? latest + wanted : wanted;
    return all.filter((entry) => entry.number === number && inRange(entry));
  }

  /** Entries of all sessions in the order in which they began, this session's last. */
  private all(): Numbered[] {
    const sessions = new Map<string, Map<number, Entry>>();
    for (const { session, line, input, output } of this.store?.read() ?? []) {
      if (session === this.session) continue;
      const lines = sessions.get(session) ?? new Map<number, Entry>();
      sessions.set(session, lines);
      if (typeof input === "string") lines.set(line, { session, line, input, output: null, keep: true });
      const entry = lines.get(line);
      if (entry && typeof output === "string") entry.output = output;
    }
    const earlier = [...sessions.values()].map((lines) => [...lines.values()]);
    const all = this.own.length > 0 ? [...earlier, this.own] : earlier;
    return all.flatMap((entries, i) => entries.map((entry) => ({ ...entry, number: i + 1 })));
  }
}

function lastOfEach(entries: Numbered[]): Numbered[] {
  const byInput = new Map<string, Numbered>();
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
