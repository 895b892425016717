import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { readJson } from "./files.mjs";

/**
 * Packages that a wheel leaves out, with all that only they need: GPU.js's optional `gl` is C++ that npm compiles at
 * installation, and there is no compiler at `pip install`. GPU.js does without it. tslab names a fork of TypeScript, in whose
 * place the kernel gives it TypeScript itself.
 */
const leftOut = new Set(["gl", "@tslab/typescript-for-tslab"]);

/** The folders of all packages that a package needs at run time, found as Node finds them; optional ones if they are there. */
export function productionPackages(root) {
  const found = new Set();
  const visit = (folder) => {
    const { dependencies, optionalDependencies } = readJson(join(folder, "package.json"));
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      if (leftOut.has(name)) continue;
      const path = resolvePackage(name, folder);
      if (!path && optionalDependencies?.[name]) continue;
      if (!path) throw new Error(`${name}, which ${folder} needs, is not installed`);
      if (!found.has(path)) visit((found.add(path), path));
    }
  };
  visit(root);
  return [...found].sort();
}

function resolvePackage(name, from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, "node_modules", name);
    if (existsSync(join(path, "package.json"))) return path;
    if (folder === dirname(folder)) return undefined;
  }
}

const { platform, arch } = process;

/**
 * Whether a file of a production package is of use on this system. The native packages bring every system's binaries, and
 * TypeScript a copy of itself for each of its programs, of which we load one.
 * @param path  below node_modules, with `/`
 */
export function isUseful(path) {
  const [, webgpu] = /^webgpu\/dist\/([^/]+)\//.exec(path) ?? [];
  if (webgpu) return webgpu === `${platform}-${arch}` || webgpu === `${platform}-universal`;
  const [, system, processor] = /^zeromq\/build\/([^/]+)\/([^/]+)\//.exec(path) ?? [];
  if (system) return system === platform && processor === arch;
  return !/^typescript\/lib\/(_?tsc|_?tsserver|tsserverlibrary|typescriptServices|_?typingsInstaller|[a-z]+(-[a-z]+)?\/)/i.test(
    path,
  );
}
