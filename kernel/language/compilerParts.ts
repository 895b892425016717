/** What the compiler needs of the place that the kernel runs in: Node or a page. */
import type ts from "typescript";

export interface CompilerParts {
  typescript(): typeof ts;
  /** The files that TypeScript sees. */
  system(compiler: typeof ts): ts.System;
  /** Options for the types of the names that every cell has without an import. */
  cellTypes(): { typeRoots: string[]; types: string[] };
  /** The folder of tslab's package. */
  tslabFolder(): string;
  /** The text of a file in it, such as `dist/converter.js`. */
  readTslab(file: string): string;
  /** A module that tslab's files ask for and that is neither theirs nor the compiler. */
  requireForTslab(name: string): unknown;
  /** `process` in tslab's files. */
  process: { version: string };
  /** Node's own modules, which cells can import. */
  builtinModules: readonly string[];
}
