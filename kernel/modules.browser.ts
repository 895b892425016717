/** `require` for cells in a page: our package, tslab's display, and with `import()` what lies at an address. */
import { DYNAMIC_IMPORT } from "./language/transform";
import { PACKAGE_NAME } from "./packages";
import { engine } from "./pageEngine";
import type { CellModules, ModuleLanguage } from "./run/executor";

class Modules implements CellModules {
  readonly require: (specifier: string) => unknown;

  constructor(private readonly tslabModule: () => unknown) {
    this.require = Object.assign((specifier: string) => this.load(specifier), {
      [DYNAMIC_IMPORT]: (specifier: string) => this.import(String(specifier)),
    });
  }

  prepare(specifiers: readonly string[]): Promise<void> | null {
    if (!specifiers.includes(PACKAGE_NAME) || engine.loaded) return null;
    // The cell's own import says why it failed.
    return engine.load().then(
      () => {},
      () => {},
    );
  }

  private load(specifier: string): unknown {
    if (specifier === "tslab") return this.tslabModule();
    if (specifier !== PACKAGE_NAME) throw new Error(missing(specifier));
    if (!engine.loaded) throw engine.failure;
    return engine.loaded;
  }

  private async import(specifier: string): Promise<unknown> {
    if (/^(?:https?|data|blob):/.test(specifier)) return import(/* webpackIgnore: true */ specifier);
    if (specifier === PACKAGE_NAME) return engine.load();
    return this.load(specifier);
  }
}

const missing = (specifier: string): string =>
  `Cannot find module '${specifier}': a page has neither files nor packages. ` +
  `Import "${PACKAGE_NAME}", or a module by its address: await import("https://...").`;

/** @param tslabModule what `require("tslab")` gives */
export const makeModules = (_language: ModuleLanguage, tslabModule: () => unknown): CellModules =>
  new Modules(tslabModule);
