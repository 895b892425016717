/** The end of a long text that comes in pieces, and how much came before it. */
import type { StreamName } from "./streams";

export interface Piece {
  name: StreamName;
  text: string;
}

export class Tail {
  private pieces: Piece[] = [];
  private length = 0;
  private lines = 0;
  private characters = 0;

  /** @param keep  how many characters are kept at least */
  constructor(private readonly keep: number) {}

  get isEmpty(): boolean {
    return this.pieces.length === 0 && this.characters === 0;
  }

  add(name: StreamName, text: string): void {
    this.pieces.push({ name, text });
    this.length += text.length;
    if (this.length > 2 * this.keep) this.cut(this.keep);
  }

  /** What is left when only the end is wanted; forgets everything. */
  take(length: number): { lines: number; characters: number; pieces: Piece[] } {
    this.cut(length);
    const { lines, characters, pieces } = this;
    this.pieces = [];
    this.length = this.lines = this.characters = 0;
    return { lines, characters, pieces };
  }

  /** Leaves out all but the last characters, from the beginning of a line if there is one. */
  private cut(length: number): void {
    let drop = this.length - length;
    if (drop <= 0) return;
    let at = 0;
    while (at < this.pieces.length && drop >= (this.pieces[at]?.text.length ?? 0)) {
      const text = this.pieces[at++]?.text ?? "";
      drop -= text.length;
      this.leaveOut(text);
    }
    this.pieces = this.pieces.slice(at);
    const first = this.pieces[0];
    if (!first || drop <= 0) return;
    const lineEnd = first.text.indexOf("\n", drop - 1);
    const isMore = lineEnd + 1 < first.text.length || this.pieces.length > 1;
    const from = lineEnd >= 0 && isMore ? lineEnd + 1 : drop;
    this.leaveOut(first.text.slice(0, from));
    const rest = first.text.slice(from);
    this.pieces.splice(0, 1, ...(rest === "" ? [] : [{ name: first.name, text: rest }]));
  }

  private leaveOut(text: string): void {
    this.length -= text.length;
    this.characters += text.length;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.lines++;
  }
}
