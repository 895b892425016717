/** The TypeScript side of a notebook, as the rest of the kernel sees it. */
import type ts from "typescript";
import type { FunctionTexts } from "../run/functionText";
import type { LazyMap } from "../run/sourceMaps";
import type { CompletionInfo, Diagnostic } from "./converter";
import type { HiddenNames } from "./hiddenNames";
import type { CellShape } from "./transform";
import type { Tslab } from "./tslab";

export interface ConvertedCell {
  code: string;
  /** The same before the kernel's own rewriting, see functionText.ts. */
  module: string;
  shape: CellShape;
  isAsync: boolean;
  /** The exported name that holds the value of the cell, if its last statement is an expression. */
  result: string | null;
  declarations: string;
  maps: LazyMap[];
  /** Lines about what is probably not meant, shown when the cell runs. */
  notes: string[];
}

export type Conversion = { ok: true; cell: ConvertedCell } | { ok: false; diagnostics: Diagnostic[]; source: string };

/** The JavaScript of a TypeScript file beside the notebook. */
export interface SideModule {
  code: string;
  /** The modules it imports. */
  imports: string[];
}

/** Converts cells, completes and explains, and remembers what is declared. */
export interface Language {
  /** The folder that relative paths and packages are looked for in. */
  readonly root: string;
  readonly compiler: typeof ts;
  /** Gives the functions of cells the texts that were written. */
  readonly functionTexts: FunctionTexts;
  readonly hidden: HiddenNames;
  /** By the path of the JavaScript. */
  readonly sideModules: ReadonlyMap<string, SideModule>;
  /** Called when a file beside the notebook has been converted anew. */
  onSideModule: (path: string) => void;

  /** Loads the compiler, which takes half a second; main calls it once the kernel has said hello. */
  warmUp(): Tslab;
  /** Converts a cell that imports the package, so that the first of the user's takes no longer than others. */
  rehearse(): void;

  convert(source: string): Conversion;
  /** The names that a cell's text declares, also one that does not compile. */
  namesIn(source: string): string[];
  /** Positions and functions in the script lead to the user's text from now on. */
  registerCell(script: string, cell: ConvertedCell, source: string): void;
  /** Keeps a cell's declarations; those in `missing` never got a value and keep what they were. */
  commit(cell: ConvertedCell, missing: ReadonlySet<string>): void;
  /** Forgets what all cells have declared. */
  forget(): void;

  complete(source: string, position: number): CompletionInfo;
  inspect(source: string, position: number): ts.QuickInfo | undefined;

  /** The path under which a relative import of a cell is known; null if it is none of a TypeScript file. */
  sidePath(folder: string, specifier: string): string | null;
}
