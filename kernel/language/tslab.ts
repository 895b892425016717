/**
 * What a cell is turned into, and with which types: tslab's converter with our options and our second stage. tslab is pinned
 * to 1.0.22; nothing else in the kernel knows its files.
 */
import type ts from "typescript";
import { PACKAGE_NAME, packageRoot, typesFile } from "../packages";
import { splitMap, type LazyMap } from "../run/sourceMaps";
import type { CompilerParts } from "./compilerParts";
import type { Converter } from "./converter";
import { explainDiagnostics, type CellFacts } from "./diagnostics";
import { usefulEntries } from "./inspection/entries";
import { withArguments } from "./inspection/quickInfo";
import {
  cellTransformer,
  importTransformer,
  moduleTransformer,
  shapeOf,
  shapeOfFile,
  withoutStrict,
  type CellShape,
} from "./transform";
import { tslabFiles } from "./tslabFiles";
import { tslabFunctions, type GetCompletions, type TslabFunctions } from "./tslabFunctions";
import { OnDemandWatcher } from "./watcher";

/** tslab's own display messages, as `tslab.display.html(...)` makes them. */
export interface TslabDisplay {
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
  transient: { display_id?: string };
}

/** What our second stage knows about one emitted text; the text carries the key in its last line. */
export interface Emitted {
  shape: CellShape;
  /** From the text that runs to the user's. */
  maps: LazyMap[];
  /** The text before imports, guards and live variables were rewritten. */
  module: string;
}

type HostFactory = (files: string[], options: ts.CompilerOptions, system: ts.System, ...rest: unknown[]) => unknown;

/**
 * The language that Node 20 runs. Its libraries are listed one by one: what Node 20 lacks, such as `Object.groupBy`, is no
 * name in a cell either.
 */
export const LIBRARIES = ["es2023", "es2024.regexp", "es2024.string"].map((name) => `lib.${name}.d.ts`);
const target = (compiler: typeof ts): ts.ScriptTarget => compiler.ScriptTarget.ES2024;

/** "'await' expressions are only allowed within async functions ...": tslab takes it for an await outside any function. */
const AWAIT_DIAGNOSTIC = 1308;
/** Stands for {@link AWAIT_DIAGNOSTIC} while tslab looks. */
const KEPT_AWAIT_DIAGNOSTIC = 1308.5;
const EMITTED = /\n?\/\/# receptive=(\d+)\s*$/;

export interface Tslab {
  compiler: typeof ts;
  watcher: OnDemandWatcher;
  createConverter(): Converter;
  /** Splits our mark off an emitted text. */
  takeEmitted(text: string): { code: string; emitted: Emitted };
  /** The program of the cell that was converted last; null before the first one. */
  program(): ts.Program | null;
  /** `require("tslab")` for cells. */
  publicModule(show: (display: TslabDisplay, update: boolean) => void): unknown;
}

/** @param facts  what messages about a cell say besides */
export function loadTslab(facts: CellFacts, parts: CompilerParts): Tslab {
  const original = parts.typescript();
  const functions = tslabFunctions(original);
  const watcher = new OnDemandWatcher(original);
  const emitted = new Map<number, Emitted>();
  let count = 0;
  let latest: ts.Program | null = null;

  /** Runs after tslab's own emission, ES modules -> CommonJS, in tslab's place. */
  const transpileModule: typeof ts.transpileModule = (input, options) => {
    const first = splitMap(input);
    const source = original.createSourceFile("cell.js", first.text, target(original), true);
    const isCell = first.source.endsWith("__tslab__.ts");
    const shape = isCell ? shapeOf(original, source) : shapeOfFile(original, source);
    const result = original.transpileModule(first.text, {
      ...options,
      compilerOptions: { ...options.compilerOptions, target: target(original), inlineSourceMap: true },
      transformers: isCell
        ? {
            before: [moduleTransformer(original, shape), importTransformer(original, true)],
            after: [withoutStrict(original), cellTransformer(original, shape)],
          }
        : { before: [importTransformer(original, false)], after: [withoutStrict(original)] },
    });
    const second = splitMap(result.outputText);
    const maps = [second.map, first.map].flatMap((map) => (map ? [map] : []));
    emitted.set(++count, { shape, maps, module: first.text });
    return { ...result, outputText: `${second.text}\n//# receptive=${count}` };
  };

  const createWatchCompilerHost: HostFactory = (files, options, system, createProgram) => {
    const { typeRoots, types } = parts.cellTypes();
    const ours: ts.CompilerOptions = {
      inlineSourceMap: true,
      target: target(original),
      lib: LIBRARIES,
      // Reads the "exports" of packages, which ESM-only ones have instead of "main".
      moduleResolution: original.ModuleResolutionKind.Bundler,
      typeRoots: [...(options.typeRoots ?? []), ...typeRoots],
      types,
      paths: { [PACKAGE_NAME]: [typesFile], [`${PACKAGE_NAME}/*`]: [`${packageRoot}/*`] },
    };
    const create = original.createWatchCompilerHost as unknown as HostFactory;
    const quiet = (): void => {};
    const watched = watcher.wrap(system);
    // The package's types stay in the program: reading them takes half a second, and cells that import it come and go.
    return create([...files, typesFile], { ...options, ...ours }, watched, createProgram, quiet, quiet);
  };

  const getPreEmitDiagnosticsOfFiles: TslabFunctions["getPreEmitDiagnosticsOfFiles"] = (program, files) => {
    latest = program;
    const found = functions.getPreEmitDiagnosticsOfFiles(program, files);
    const [cell] = files;
    const explained = cell ? explainDiagnostics(original, program, cell, found, facts) : found;
    return explained.map((each) => (each.code === AWAIT_DIAGNOSTIC ? { ...each, code: KEPT_AWAIT_DIAGNOSTIC } : each));
  };

  const getQuickInfoAtPosition: TslabFunctions["getQuickInfoAtPosition"] = (cell, checker, token, position) => {
    const info = functions.getQuickInfoAtPosition(cell, checker, token, position);
    return info && withArguments({ compiler: original, checker, cell }, info);
  };

  const getCompletionsAtPositionForTslab: GetCompletions = (host, program, ...rest) => {
    const info = functions.getCompletionsAtPosition(host, program, ...rest);
    return info && { ...info, entries: usefulEntries(original, program.getTypeChecker(), info.entries) };
  };

  const file = tslabFiles(parts, {
    ...original,
    ...functions,
    sys: watcher.systemOver(parts.system(original), facts.folder),
    transpileModule,
    createWatchCompilerHost,
    getPreEmitDiagnosticsOfFiles,
    getQuickInfoAtPosition,
    Completions: { getCompletionsAtPositionForTslab },
  });
  const { createConverter } = file("dist/converter.js") as { createConverter(options: { isJS: boolean }): Converter };

  return {
    compiler: original,
    watcher,
    createConverter() {
      const converter = createConverter({ isJS: false });
      const convert: Converter["convert"] = (previous, source) => {
        const result = converter.convert(previous, source);
        for (const each of result.diagnostics) if (each.code === KEPT_AWAIT_DIAGNOSTIC) each.code = AWAIT_DIAGNOSTIC;
        return result;
      };
      return { ...converter, convert };
    },
    takeEmitted(text) {
      const key = Number(EMITTED.exec(text)?.[1]);
      const found = emitted.get(key);
      if (!found) throw new Error("the emitted text carries no mark");
      emitted.delete(key);
      return { code: text.replace(EMITTED, ""), emitted: found };
    },
    program: () => latest,
    publicModule(show) {
      const jupyter = file("dist/jupyter.js") as {
        lastWriteDisplayData: ((display: TslabDisplay, update?: boolean) => void) | null;
      };
      jupyter.lastWriteDisplayData = (display, update) => show(display, update === true);
      return file("dist/public.js");
    },
  };
}
