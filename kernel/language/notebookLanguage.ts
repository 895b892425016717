/** The language of a notebook, by tslab's converter. */
import type ts from "typescript";
import { topLevelNames } from "./topLevelNames";
import { GLOBAL_NAMES } from "../cell/globalNames";
import type { Streams } from "../output/streams";
import { PACKAGE_NAME } from "../packages";
import { FunctionTexts } from "../run/functionText";
import { registerOrigin, type Origin } from "../run/sourceMaps";
import { compilerParts } from "./compiler";
import type { CompilerParts } from "./compilerParts";
import type { CompletionInfo, Converter } from "./converter";
import { withoutMissing } from "./declarations";
import type { CellFacts } from "./diagnostics";
import { HiddenNames } from "./hiddenNames";
import type { Conversion, ConvertedCell, Language, SideModule } from "./language";
import { joinPaths } from "./paths";
import { loadTslab, type Tslab } from "./tslab";

/** "Cannot find module": worth another look at the disk before the next cell. */
const MODULE_NOT_FOUND = new Set([2307, 2792, 7016]);
/** tslab puts `export {};` in front of the user's text. */
const LINES_BEFORE = 1;

export class NotebookLanguage implements Language {
  private tslab: Tslab | null = null;
  private converter: Converter | null = null;
  private declared = "";
  private lookAgain = false;
  readonly hidden = new HiddenNames(new Set(GLOBAL_NAMES));
  readonly sideModules = new Map<string, SideModule>();
  onSideModule: (path: string) => void = () => {};
  private readonly facts: CellFacts;
  readonly functionTexts = new FunctionTexts(() => this.compiler);

  constructor(
    private readonly folder: string,
    private readonly streams: Pick<Streams, "muted">,
    private readonly parts: CompilerParts = compilerParts,
  ) {
    this.facts = {
      isFresh: () => this.declared === "",
      hiddenBy: (name) => this.hidden.by(name),
      folder,
      builtinModules: parts.builtinModules,
      notes: [],
    };
  }

  warmUp(): Tslab {
    return this.streams.muted(() => {
      this.tslab ??= loadTslab(this.facts, this.parts);
      this.converter ??= this.tslab.createConverter();
      return this.tslab;
    });
  }

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

  namesIn(source: string): string[] {
    return topLevelNames(this.compiler, source);
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

  commit(cell: ConvertedCell, missing: ReadonlySet<string>): void {
    this.declared = withoutMissing(this.compiler, this.declared, cell.declarations, missing);
  }

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
