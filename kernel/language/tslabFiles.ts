/**
 * Evaluates tslab's files, each once. They ask for a fork of TypeScript, which is not loaded: they get the compiler that is
 * given here.
 */
import type { CompilerParts } from "./compilerParts";
import { folderOf, joinPaths } from "./paths";

const FORK = "@tslab/typescript-for-tslab";

/** @returns a function that gives what a file such as `dist/converter.js` exports */
export function tslabFiles(parts: CompilerParts, compiler: object): (file: string) => unknown {
  const modules = new Map<string, { exports: unknown }>();

  const load = (file: string): unknown => {
    const known = modules.get(file);
    if (known) return known.exports;
    const module = { exports: {} as unknown };
    modules.set(file, module);
    const text = parts.readTslab(file);
    if (file.endsWith(".json")) module.exports = JSON.parse(text);
    else evaluate(file, text, module);
    return module.exports;
  };

  const evaluate = (file: string, text: string, module: { exports: unknown }): void => {
    const resolve = (name: string): unknown => {
      if (name === FORK) return compiler;
      if (!name.startsWith(".")) return parts.requireForTslab(name);
      const path = joinPaths(folderOf(file), name);
      return load(/\.js(?:on)?$/.test(path) ? path : `${path}.js`);
    };
    const names = ["exports", "require", "module", "process", "__dirname"];
    const path = joinPaths(parts.tslabFolder(), file);
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- a module system of our own, as bundlers have one
    const body = new Function(...names, `${text}\n//# sourceURL=${path}`) as (...given: unknown[]) => void;
    body(module.exports, resolve, module, parts.process, folderOf(path));
  };

  return load;
}
