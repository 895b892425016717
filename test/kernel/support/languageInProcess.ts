import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CompilerParts } from "../../../kernel/language/compilerParts";
import type { Conversion, ConvertedCell } from "../../../kernel/language/language";
import { NotebookLanguage } from "../../../kernel/language/notebookLanguage";

/** The language of a notebook in this process: a compiler in a second, then cells in milliseconds. */
export class NotebookInProcess {
  readonly language: NotebookLanguage;

  constructor(
    readonly folder = mkdtempSync(join(tmpdir(), "receptive-cells-")),
    parts?: CompilerParts,
  ) {
    this.language = new NotebookLanguage(folder, { muted: (body) => body() }, parts);
  }

  /** Converts a cell and keeps what it declares, as if it had run. */
  cell(code: string): ConvertedCell {
    const converted = this.language.convert(code);
    if (!converted.ok) throw new Error(`${code}\n${messagesOf(converted).join("\n")}`);
    this.language.commit(converted.cell, new Set());
    return converted.cell;
  }

  /** What is said against a cell; nothing if it is fine. */
  mistakes(code: string): string[] {
    return messagesOf(this.language.convert(code));
  }

  /** What Tab offers at the `|` in the code. */
  offered(code: string): string[] {
    return this.language.complete(code.replace("|", ""), code.indexOf("|")).candidates;
  }

  /** What Shift-Tab says about the name before the `|`. */
  shown(code: string): string {
    const info = this.language.inspect(code.replace("|", ""), code.indexOf("|") - 1);
    return (info?.displayParts ?? []).map(({ text }) => text).join("");
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const messagesOf = (converted: Conversion): string[] =>
  converted.ok ? [] : converted.diagnostics.map(({ messageText }) => messageText);
