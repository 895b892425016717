/** `require` for cells: our package, tslab's display, TypeScript files beside the notebook, then Node's own way. */
import Module, { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { constants, Script } from "node:vm";
import { ownFile } from "./packages";
import { asCommonJs, namespaceOf } from "./run/commonJs";
import type { CellModules, ModuleLanguage } from "./run/executor";
import { DYNAMIC_IMPORT } from "./language/transform";

/** Members of Node's CommonJS modules that its types do not list. */
interface CompilableModule extends Module {
  _compile(code: string, file: string): void;
}

/** What `require` says about packages that only `import()` can load. */
const ONLY_IMPORT = new Set(["ERR_REQUIRE_ESM", "ERR_REQUIRE_ASYNC_MODULE", "ERR_PACKAGE_PATH_NOT_EXPORTED"]);

/** The loader of one folder. */
interface Folder {
  path: string;
  /** Ours, with `import()` beside it. */
  require: NodeJS.Require;
  native: NodeJS.Require;
  nativeImport: (specifier: string) => Promise<object>;
}

class Modules implements CellModules {
  private readonly loaded = new Map<string, Module>();
  /** Modules that only `import()` could load, by folder and specifier. */
  private readonly imported = new Map<string, object>();
  private readonly folders = new Map<string, Folder>();
  readonly require: NodeJS.Require;

  constructor(
    private readonly language: ModuleLanguage,
    private readonly tslabModule: () => unknown,
  ) {
    language.onSideModule = (path) => this.loaded.delete(path);
    this.require = this.folder(language.root).require;
  }

  prepare(specifiers: readonly string[]): Promise<void> | null {
    const waiting = this.missing(specifiers, this.folder(this.language.root), new Set());
    return waiting.length === 0 ? null : Promise.all(waiting).then(() => {});
  }

  private missing(specifiers: readonly string[], folder: Folder, seen: Set<string>): Promise<unknown>[] {
    return specifiers.flatMap((specifier) => {
      const side = this.sidePath(folder, specifier);
      if (side !== null) {
        if (seen.has(side)) return [];
        seen.add(side);
        const inner = this.language.sideModules.get(side)?.imports ?? [];
        return this.missing(inner, this.folder(dirname(side)), seen);
      }
      try {
        folder.require(specifier);
        return [];
      } catch (error) {
        return isOnlyImport(error) ? [this.importOnly(folder, specifier).catch(() => {})] : [];
      }
    });
  }

  private folder(path: string): Folder {
    const known = this.folders.get(path);
    if (known) return known;
    const file = join(path, "cell.js");
    const native = createRequire(file);
    const script = new Script("(specifier) => import(specifier)", {
      filename: file,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    const nativeImport = script.runInThisContext() as Folder["nativeImport"];
    const folder: Folder = { path, native, nativeImport, require: native };
    folder.require = Object.assign((specifier: string): unknown => this.load(folder, specifier), {
      resolve: native.resolve,
      cache: native.cache,
      main: native.main,
      extensions: native.extensions,
      [DYNAMIC_IMPORT]: (specifier: string) => this.import(folder, specifier),
    });
    this.folders.set(path, folder);
    return folder;
  }

  private load(folder: Folder, specifier: string): unknown {
    if (specifier === "tslab") return this.tslabModule();
    const own = ownFile(specifier);
    if (own) return require(own);
    const side = this.sidePath(folder, specifier);
    if (side) return this.loadSide(side);
    return this.imported.get(keyOf(folder, specifier)) ?? folder.native(specifier);
  }

  /** `import()` of a cell: the same module that a static import gets. */
  private async import(folder: Folder, specifier: string): Promise<unknown> {
    try {
      return namespaceOf(this.load(folder, String(specifier)));
    } catch (error) {
      if (isOnlyImport(error)) return this.importOnly(folder, specifier);
      throw error;
    }
  }

  private async importOnly(folder: Folder, specifier: string): Promise<object> {
    const key = keyOf(folder, specifier);
    const known = this.imported.get(key);
    if (known) return known;
    const module = asCommonJs(await folder.nativeImport(specifier));
    this.imported.set(key, module);
    return module;
  }

  private sidePath(folder: Folder, specifier: string): string | null {
    return /^\.{0,2}\//.test(specifier) ? this.language.sidePath(folder.path, specifier) : null;
  }

  private loadSide(path: string): unknown {
    const known = this.loaded.get(path);
    if (known) return known.exports;
    const code = this.language.sideModules.get(path)?.code ?? "";
    const module = new Module(path) as CompilableModule;
    module.filename = path;
    const paths = (Module as unknown as { _nodeModulePaths(folder: string): string[] })._nodeModulePaths;
    module.paths = paths(dirname(path));
    module.require = this.folder(dirname(path)).require as typeof module.require;
    this.loaded.set(path, module);
    try {
      module._compile(code, path);
    } catch (error) {
      this.loaded.delete(path);
      throw error;
    }
    return module.exports;
  }
}

const keyOf = (folder: Folder, specifier: string): string => `${folder.path}\0${specifier}`;

function isOnlyImport(error: unknown): boolean {
  return ONLY_IMPORT.has(String((error as { code?: unknown } | null)?.code));
}

/** @param tslabModule what `require("tslab")` gives */
export const makeModules = (language: ModuleLanguage, tslabModule: () => unknown): CellModules =>
  new Modules(language, tslabModule);
