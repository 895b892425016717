/**
 * The seam to tslab: types for the parts of it that we use, and the TypeScript compiler it sees, with our options.
 * Nothing else in the kernel knows tslab's files. tslab is pinned to 1.0.22; its TypeScript is the fork 5.0.4.
 */
import type ts from "typescript";
import { join } from "node:path";
import { nodeTypesRoot, PACKAGE_NAME, packageRoot, typesFile } from "../packages";
import { explainDiagnostics, type CellFacts } from "./diagnostics";
import { usefulEntries, type Entry } from "./inspection/entries";
import { withArguments } from "./inspection/quickInfo";
import { splitMap, type LazyMap } from "../run/sourceMaps";
import {
  cellTransformer,
  importTransformer,
  moduleTransformer,
  shapeOf,
  shapeOfFile,
  type CellShape,
} from "./transform";
import { OnDemandWatcher } from "./watcher";

export interface TextPosition {
  offset: number;
  /** Both counted from zero. */
  line: number;
  character: number;
}
export interface Diagnostic {
  start: TextPosition;
  end: TextPosition;
  messageText: string;
  category: number;
  code: number;
  fileName?: string;
}
export interface ConvertResult {
  output?: string;
  declOutput?: string;
  diagnostics: Diagnostic[];
  lastExpressionVar?: string;
  hasToplevelAwait?: boolean;
  sideOutputs?: { path: string; data: string }[];
}
export interface CompletionInfo {
  start: number;
  end: number;
  candidates: string[];
  original?: ts.CompletionInfo;
}
export interface Converter {
  convert(previous: string, source: string): ConvertResult;
  inspect(previous: string, source: string, position: number): ts.QuickInfo | undefined;
  complete(previous: string, source: string, position: number): CompletionInfo;
  close(): void;
}
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

/** Options of the fork's that TypeScript's own types do not list. */
type HostFactory = (files: string[], options: ts.CompilerOptions, system: ts.System, ...rest: unknown[]) => unknown;

type GetDiagnostics = (program: ts.Program, files: ts.SourceFile[]) => ts.Diagnostic[];
type GetQuickInfo = (
  cell: ts.SourceFile,
  checker: ts.TypeChecker,
  token: ts.CancellationToken,
  position: number,
) => ts.QuickInfo | undefined;
type GetCompletions = (
  host: unknown,
  program: ts.Program,
  ...rest: unknown[]
) => (Omit<ts.CompletionInfo, "entries"> & { entries: Entry[] }) | undefined;

/** What tslab calls besides TypeScript's public functions. */
interface Fork {
  getPreEmitDiagnosticsOfFiles: GetDiagnostics;
  getQuickInfoAtPosition: GetQuickInfo;
  Completions: { getCompletionsAtPosition: GetCompletions };
}

/** "Cannot use for await outside an async function", in the fork without top-level await; 1308 is "await". */
const FOR_AWAIT_DIAGNOSTIC = 1103;
const AWAIT_DIAGNOSTIC = 1308;
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

/** Where the types of the names that every cell has lie: `globals/index.d.ts`. */
const cellTypesRoot = join(__dirname, "..", "cell");

/** @param facts  what messages about a cell say besides */
export function loadTslab(facts: CellFacts): Tslab {
  const file = require.resolve("@tslab/typescript-for-tslab");
  const original = require(file) as typeof ts;
  const watcher = new OnDemandWatcher(original);
  const emitted = new Map<number, Emitted>();
  let count = 0;
  let latest: ts.Program | null = null;

  /** Runs after tslab's own emission, ES modules -> CommonJS, in tslab's place. */
  const transpileModule: typeof ts.transpileModule = (input, options) => {
    const first = splitMap(input);
    const source = original.createSourceFile("cell.js", first.text, original.ScriptTarget.ES2022, true);
    const isCell = first.source.endsWith("__tslab__.ts");
    const shape = isCell ? shapeOf(original, source) : shapeOfFile(original, source);
    const result = original.transpileModule(first.text, {
      ...options,
      compilerOptions: { ...options.compilerOptions, inlineSourceMap: true },
      transformers: isCell
        ? {
            before: [moduleTransformer(original, shape), importTransformer(original, true)],
            after: [cellTransformer(original, shape)],
          }
        : { before: [importTransformer(original, false)] },
    });
    const second = splitMap(result.outputText);
    const maps = [second.map, first.map].flatMap((map) => (map ? [map] : []));
    emitted.set(++count, { shape, maps, module: first.text });
    return { ...result, outputText: `${second.text}\n//# receptive=${count}` };
  };

  const createWatchCompilerHost: HostFactory = (files, options, system, createProgram) => {
    const typeRoots = [...(options.typeRoots ?? []), nodeTypesRoot(), cellTypesRoot];
    const ours: ts.CompilerOptions = {
      inlineSourceMap: true,
      // Reads the "exports" of packages, which ESM-only ones have instead of "main".
      moduleResolution: original.ModuleResolutionKind.Bundler,
      typeRoots,
      types: ["node", "globals"],
      paths: { [PACKAGE_NAME]: [typesFile], [`${PACKAGE_NAME}/*`]: [join(packageRoot, "*")] },
    };
    const create = original.createWatchCompilerHost as unknown as HostFactory;
    const quiet = (): void => {};
    const watched = watcher.wrap(system);
    // The package's types stay in the program: reading them takes half a second, and cells that import it come and go.
    return create([...files, typesFile], { ...options, ...ours }, watched, createProgram, quiet, quiet);
  };

  const fork = original as unknown as Fork;
  const getPreEmitDiagnosticsOfFiles: GetDiagnostics = (program, files) => {
    latest = program;
    const found = fork
      .getPreEmitDiagnosticsOfFiles(program, files)
      .map((each) => (each.code === FOR_AWAIT_DIAGNOSTIC ? { ...each, code: AWAIT_DIAGNOSTIC } : each));
    const [cell] = files;
    return cell ? explainDiagnostics(original, program, cell, found, facts) : found;
  };

  const getQuickInfoAtPosition: GetQuickInfo = (cell, checker, token, position) => {
    const info = fork.getQuickInfoAtPosition(cell, checker, token, position);
    return info && withArguments({ compiler: original, checker, cell }, info);
  };

  /** As the fork's, but with the symbols. */
  const getCompletionsAtPositionForTslab: GetCompletions = (host, program, ...rest) => {
    const given = [...rest, undefined, true] as typeof rest;
    const info = fork.Completions.getCompletionsAtPosition(host, program, ...given);
    return info && { ...info, entries: usefulEntries(original, program.getTypeChecker(), info.entries) };
  };

  const cached = require.cache[file];
  if (!cached) throw new Error(`${file} is not in the module cache`);
  cached.exports = {
    ...original,
    transpileModule,
    createWatchCompilerHost,
    getPreEmitDiagnosticsOfFiles,
    getQuickInfoAtPosition,
    Completions: { ...fork.Completions, getCompletionsAtPositionForTslab },
  };

  const converterModule = require("tslab/dist/converter.js") as {
    createConverter(options: { isJS: boolean }): Converter;
  };

  return {
    compiler: original,
    watcher,
    createConverter: () => converterModule.createConverter({ isJS: false }),
    takeEmitted(text) {
      const key = Number(EMITTED.exec(text)?.[1]);
      const found = emitted.get(key);
      if (!found) throw new Error("the emitted text carries no mark");
      emitted.delete(key);
      return { code: text.replace(EMITTED, ""), emitted: found };
    },
    program: () => latest,
    publicModule(show) {
      const jupyter = require("tslab/dist/jupyter.js") as {
        lastWriteDisplayData: ((display: TslabDisplay, update?: boolean) => void) | null;
      };
      jupyter.lastWriteDisplayData = (display, update) => show(display, update === true);
      return require("tslab") as unknown;
    },
  };
}
