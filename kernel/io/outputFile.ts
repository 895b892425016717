/** A file that gets what a cell prints as well. */
import { closeSync, writeSync } from "node:fs";
import { log } from "../log";
import type { Recording } from "../output/outputs";

export class OutputFile implements Recording {
  constructor(private readonly descriptor: number) {}

  write(text: string): void {
    try {
      writeSync(this.descriptor, text);
    } catch (error) {
      log(`saveOutput: ${String(error)}`);
    }
  }

  close(): void {
    closeSync(this.descriptor);
  }
}
