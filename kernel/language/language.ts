/** The TypeScript side of a notebook: converts cells, completes and explains, and remembers what is declared. */
import type ts from "typescript";
import { withoutMissing } from "./declarations";
import { GLOBAL_NAMES } from "../cell/globalNames";
import type { CellFacts } from "./diagnostics";
import { FunctionTexts } from "../run/functionText";
import { HiddenNames } from "./hiddenNames";
import { PACKAGE_NAME } from "../packages";
import { registerOrigin, type LazyMap, type Origin } from "../run/sourceMaps";
import type { Streams } from "../output/streams";
import type { CompletionInfo, Converter, Diagnostic } from "./converter";
import { joinPaths } from "./paths";
import { loadTslab, type Tslab } from "./tslab";
import type { CellShape } from "./transform";

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

/** "Cannot find module": worth another look at the disk before the next cell. */
const MODULE_NOT_FOUND = new Set([2307, 2792, 7016]);
/** tslab puts `export {};` in front of the user's text. */
const LINES_BEFORE = 1;

export class Language {
  private tslab: Tslab | null = null;
  private converter: Converter | null = null;
  private declared = "";
  private lookAgain = false;
  readonly hidden = new HiddenNames(new Set(GLOBAL_NAMES));
  /** JavaScript of TypeScript files that cells have imported, by the path of the JavaScript. */
  readonly sideModules = new Map<string, { code: string; imports: string[] }>();
  onSideModule: (path: string) => void = () => {};
  private readonly facts: CellFacts;
  /** Gives the functions of cells the texts that were written. */
  readonly functionTexts = new FunctionTexts(() => this.compiler);

  constructor(
    private readonly folder: string,
    private readonly streams: Streams,
  ) {
    this.facts = {
      isFresh: () => this.declared === "",
      hiddenBy: (name) => this.hidden.by(name),
      folder,
      notes: [],
    };
  }

  /** Loads the compiler; about a second, so main calls it once the kernel has said hello. */
  warmUp(): Tslab {
    return this.streams.muted(() => {
      this.tslab ??= loadTslab(this.facts);
      this.converter ??= this.tslab.createConverter();
      return this.tslab;
    });
  }

  /** Converts a cell that imports the package, so that the first of the user's takes no longer than others. */
  rehearse(): void {
    const tslab = this.warmUp();
    this.streams.muted(() => {
      const source = `import { Tensor } from "${PACKAGE_NAME}";`;
      const { output, diagnostics } = this.guarded((converter) => converter.convert(this.declared, source));
      if (diagnostics.length === 0) tslab.takeEmitted(output ?? "");
    });
  }

  get compiler(): typeof ts {
    return this.warmUp().compiler;
  }

  convert(source: string): Conversion {
    const tslab = this.warmUp();
    return this.streams.muted(() => {
      tslab.watcher.lookAtFiles();
      if (this.lookAgain) tslab.watcher.forgetMissing();
      this.lookAgain = false;
      this.facts.notes.length = 0;
      const result = this.guarded((converter) =>
        converter.convert(this.declared, withoutExports(tslab.compiler, source)),
      );
      this.lookAgain = result.diagnostics.some(({ code }) => MODULE_NOT_FOUND.has(code));
      for (const side of result.sideOutputs ?? []) this.addSideModule(tslab, side.path, side.data);
      if (result.diagnostics.length > 0) return { ok: false, diagnostics: result.diagnostics, source };
      const { code, emitted } = tslab.takeEmitted(result.output ?? "");
      return {
        ok: true,
        cell: {
          code,
          module: emitted.module,
          shape: emitted.shape,
          isAsync: emitted.shape.isAsync || result.hasToplevelAwait === true,
          result: result.lastExpressionVar ?? null,
          declarations: result.declOutput ?? "",
          maps: emitted.maps,
          notes: [...new Set(this.facts.notes)],
        },
      };
    });
  }

  private addSideModule(tslab: Tslab, path: string, data: string): void {
    const { code, emitted } = tslab.takeEmitted(data);
    this.sideModules.set(path, { code, imports: emitted.shape.imports });
    const origin: Origin = { maps: emitted.maps, linesBefore: 0, file: path.replace(/\.js$/, ".ts") };
    registerOrigin(path, origin);
    this.onSideModule(path);
  }

  registerCell(script: string, cell: ConvertedCell, source: string): void {
    registerOrigin(script, { maps: cell.maps, linesBefore: LINES_BEFORE, file: script, source });
    this.functionTexts.add(cell);
  }

  /** Keeps a cell's declarations; those in `missing` never got a value and keep what they were. */
  commit(cell: ConvertedCell, missing: ReadonlySet<string>): void {
    this.declared = withoutMissing(this.compiler, this.declared, cell.declarations, missing);
  }

  /** Forgets what all cells have declared. */
  forget(): void {
    this.declared = "";
    this.hidden.clear();
  }

  complete(source: string, position: number): CompletionInfo {
    this.warmUp();
    return this.streams.muted(() => this.guarded((converter) => converter.complete(this.declared, source, position)));
  }

  inspect(source: string, position: number): ts.QuickInfo | undefined {
    this.warmUp();
    return this.streams.muted(() => this.guarded((converter) => converter.inspect(this.declared, source, position)));
  }

  /** A compiler that has thrown may be in any state: the next request gets a new one. */
  private guarded<T>(body: (converter: Converter) => T): T {
    if (!this.converter) throw new Error("the converter is not there");
    try {
      return body(this.converter);
    } catch (error) {
      try {
        this.converter.close();
      } catch {
        // It is broken already.
      }
      this.converter = null;
      throw error;
    }
  }

  /** The path under which a relative import of a cell is known. */
  sidePath(folder: string, specifier: string): string | null {
    const path = joinPaths(folder, specifier);
    for (const candidate of [path, `${path}.js`, path.replace(/\.tsx?$/, ".js"), `${path}/index.js`]) {
      if (this.sideModules.has(candidate)) return candidate;
    }
    return null;
  }

  get root(): string {
    return this.folder;
  }
}

/**
 * Every name of a cell is shared anyway, and tslab refuses `export`: code that was copied from a module gets blanks
 * in its place, so that lines and columns stay.
 */
function withoutExports(compiler: typeof ts, source: string): string {
  if (!source.includes("export")) return source;
  let text = source;
  const file = compiler.createSourceFile("cell.ts", source, compiler.ScriptTarget.ES2022, true);
  for (const statement of file.statements) {
    const modifiers = compiler.canHaveModifiers(statement) ? (compiler.getModifiers(statement) ?? []) : [];
    if (modifiers.some(({ kind }) => kind === compiler.SyntaxKind.DefaultKeyword)) continue;
    const word = modifiers.find(({ kind }) => kind === compiler.SyntaxKind.ExportKeyword);
    if (word) text = text.slice(0, word.getStart()) + " ".repeat(6) + text.slice(word.end);
  }
  return text;
}
