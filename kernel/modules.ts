/** `require` for cells: our package, tslab's display, TypeScript files beside the notebook, then Node's own way. */
import Module, { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Language } from "./language";
import { ownFile } from "./packages";

type Require = (specifier: string) => unknown;
/** Members of Node's CommonJS modules that its types do not list. */
interface CompilableModule extends Module {
  _compile(code: string, file: string): void;
}

export class CellModules {
  private readonly loaded = new Map<string, Module>();
  readonly require: Require;

  constructor(
    private readonly language: Language,
    private readonly tslabModule: () => unknown,
  ) {
    language.onSideModule = (path) => this.loaded.delete(path);
    const native = createRequire(join(language.root, "cell.js"));
    this.require = this.wrap(native, language.root);
  }

  private wrap(native: NodeJS.Require, folder: string): NodeJS.Require {
    const load = (specifier: string): unknown => {
      if (specifier === "tslab") return this.tslabModule();
      const own = ownFile(specifier);
      if (own) return require(own);
      const side = /^\.{0,2}\//.test(specifier) ? this.language.sidePath(folder, specifier) : null;
      return side ? this.loadSide(side) : native(specifier);
    };
    return Object.assign(load, {
      resolve: native.resolve,
      cache: native.cache,
      main: native.main,
      extensions: native.extensions,
    }) as NodeJS.Require;
  }

  private loadSide(path: string): unknown {
    const known = this.loaded.get(path);
    if (known) return known.exports;
    const code = this.language.sideModules.get(path) ?? "";
    const module = new Module(path) as CompilableModule;
    module.filename = path;
    const paths = (Module as unknown as { _nodeModulePaths(folder: string): string[] })._nodeModulePaths;
    module.paths = paths(dirname(path));
    module.require = this.wrap(createRequire(path), dirname(path)) as typeof module.require;
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
