/**
 * What one cell may send to the notebook as text: enough for every honest cell, little enough that the page stays usable. A cell
 * that prints more shows its first lines, then the latest ones now and then, and its last ones when it ends; between them it
 * says how much was left out. The more there is, the seldomer more of it comes, because a page draws all of it each time.
 */
import type { StreamName } from "./streams";
import { Tail, type Piece } from "./tail";
import { Scales } from "./weight";

/** What a cell may print at once, how much more for every second, and how much before it shows only samples. */
const BURST = 600_000;
const PER_SECOND = 8000;
const TOTAL = 2_000_000;

/** The shortest time between two messages in milliseconds; it grows by one for so much that is shown. */
const WAIT = 10;
const WAIT_GROWS = 200;
/** The same between samples, where text was left out, and where each print replaces the one before. */
const EVERY = 1000;
const OFTEN = 200;
/** What is kept back whole, in case the cell ends soon: its weight, and milliseconds. */
const ALL = 2_200_000;
const SOON = 10_000;
/** Characters of a sample, of the last words of a cell, and of one message. */
const SAMPLE = 1000;
const LAST = 8 * 1024;
const MESSAGE = 256 * 1024;

const ADVICE = `; saveOutput("output.txt") as the first line of the cell writes all of it into a file`;

/** Sends text, or removes what the cell has shown. */
export interface OutputSink {
  text(name: StreamName, text: string): void;
  clear(wait: boolean): void;
}

export class CellOutput {
  private allowance = BURST;
  private refilled: number;
  /** The weight of what is shown. */
  private total = 0;
  private readonly scales = new Scales();

  /** Text that goes out with the next message, and when its first piece came. */
  private held: Piece[] = [];
  private heldLength = 0;
  private heldSince = 0;
  private sent = -Infinity;

  /** Text of which only the end will be shown, once too much was printed. */
  private readonly tail = new Tail(ALL);
  private tailWeight = 0;
  private isFlood = false;
  private floodSince = 0;
  /** True once text was left out. */
  private isSampled = false;
  private advised = false;
  /** A clearOutput that waits with the text behind it. */
  private cleared: boolean | null = null;

  constructor(
    private readonly sink: OutputSink,
    private readonly now: () => number = Date.now,
    /** How long a text waits for more, in milliseconds. */
    private readonly patience = WAIT,
  ) {
    this.refilled = now();
  }

  /** True if there is something to say later. */
  get isWaiting(): boolean {
    return this.cleared !== null || this.held.length > 0 || !this.tail.isEmpty;
  }

  add(name: StreamName, text: string): void {
    this.refill();
    if (!this.isFlood) {
      const { length, weight } = this.scales.fit(text, this.allowance);
      if (length > 0) this.hold(name, text.slice(0, length), weight);
      if (length === text.length) return this.tick();
      this.isFlood = true;
      this.floodSince = this.now();
      text = text.slice(length);
    }
    this.tail.add(name, text);
    if (!this.isSampled) this.tailWeight += this.scales.weigh(text);
    this.tick();
  }

  /** What is printed later replaces what is shown. */
  clear(wait: boolean): void {
    this.refill();
    this.total = 0;
    this.flush();
    if (!this.isFlood && this.allowance > 0) {
      this.allowance -= SAMPLE;
      this.sent = this.now();
      return this.sink.clear(wait);
    }
    if (!this.isFlood) this.floodSince = this.now();
    this.isFlood = true;
    this.cleared = wait;
    this.tail.take(0);
    this.tick();
  }

  /** Sends what waits if it is time. */
  tick(): void {
    const now = this.now();
    const pause = Math.max(WAIT, this.total / WAIT_GROWS);
    if (
      this.heldLength > MESSAGE ||
      (this.held.length > 0 && now >= Math.max(this.heldSince + this.patience, this.sent + pause))
    ) {
      this.flush();
    }
    if (!this.isFlood || (this.cleared === null && this.tail.isEmpty)) return;
    const samplePause = this.cleared !== null ? OFTEN : Math.max(EVERY, pause);
    const isTooMuch = this.isSampled || this.cleared !== null || this.tailWeight > ALL || now >= this.floodSince + SOON;
    if (isTooMuch && now >= Math.max(this.sent, this.floodSince) + samplePause) {
      this.tell(SAMPLE);
      this.flush();
    }
  }

  /** Sends what goes out anyway, so that something else can come after it. */
  flush(): void {
    for (const { name, text } of joined(this.held)) this.sink.text(name, text);
    if (this.held.length > 0) this.sent = this.now();
    this.held = [];
    this.heldLength = 0;
  }

  /** The cell has ended: its last words. */
  end(): void {
    const isAll = !this.isSampled && this.tailWeight <= ALL;
    if (this.cleared !== null || !this.tail.isEmpty) this.tell(isAll ? Infinity : LAST);
    this.flush();
  }

  private tell(length: number): void {
    if (this.cleared !== null) {
      this.flush();
      this.sink.clear(this.cleared);
      this.cleared = null;
    }
    const { lines, characters, pieces } = this.tail.take(length);
    this.tailWeight = 0;
    if (characters > 0) {
      this.isSampled = true;
      const amount = lines > 0 ? `${count(lines)} lines (${size(characters)})` : size(characters);
      const note = `\n... ${amount} left out${this.advised ? "" : ADVICE} ...\n`;
      this.hold(pieces[0]?.name ?? "stdout", note, this.scales.weigh(note));
      this.advised = true;
    }
    for (const { name, text } of pieces) this.hold(name, text, this.scales.weigh(text));
    this.isFlood = characters > 0 || this.allowance < SAMPLE || this.total > TOTAL;
  }

  private hold(name: StreamName, text: string, weight: number): void {
    this.allowance -= weight;
    this.total += weight;
    if (this.held.length === 0) this.heldSince = this.now();
    this.held.push({ name, text });
    this.heldLength += text.length;
  }

  private refill(): void {
    const now = this.now();
    this.allowance = Math.min(BURST, this.allowance + ((now - this.refilled) / 1000) * PER_SECOND);
    this.refilled = now;
  }
}

/** Neighbours of one stream as one piece. */
function joined(pieces: readonly Piece[]): Piece[] {
  const runs: { name: StreamName; texts: string[] }[] = [];
  for (const { name, text } of pieces) {
    const last = runs.at(-1);
    if (last?.name === name) last.texts.push(text);
    else runs.push({ name, texts: [text] });
  }
  return runs.map(({ name, texts }) => ({ name, text: texts.join("") }));
}

const count = (n: number): string => n.toLocaleString("en-US");

function size(characters: number): string {
  const kilobytes = characters / 1024;
  return kilobytes < 1000 ? `${kilobytes.toFixed(kilobytes < 10 ? 1 : 0)} kB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}
