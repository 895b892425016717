/** Joins pieces of stream text in the I/O thread. Anything else that is published must flush it first. */
import type { StreamName } from "./streams";

/** Text waits this many milliseconds for more, and is sent at once when it is this long. */
const WAIT = 10;
const MAX_CHARACTERS = 256 * 1024;

export class StreamJoiner {
  private pieces: string[] = [];
  private length = 0;
  private name: StreamName = "stdout";
  private parent = "";
  private timer: NodeJS.Timeout | null = null;

  /** @param publish sends one stream message; the parent is a header as JSON */
  constructor(private readonly publish: (name: StreamName, text: string, parent: string) => void) {}

  add(name: StreamName, text: string, parent: string): void {
    if (name !== this.name || parent !== this.parent) this.flush();
    this.name = name;
    this.parent = parent;
    this.pieces.push(text);
    this.length += text.length;
    if (this.length > MAX_CHARACTERS) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), WAIT);
  }

  flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (this.length === 0) return;
    const text = this.pieces.join("");
    this.pieces = [];
    this.length = 0;
    this.publish(this.name, text, this.parent);
  }
}
