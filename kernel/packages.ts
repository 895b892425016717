/** Where `import ... from "receptive"` leads: always to the engine that came with this kernel, whatever the folder. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { isObject } from "./json";

export const PACKAGE_NAME = "receptive";

const override = process.env.RECEPTIVE_PACKAGE_ROOT;
const read = (folder: string): unknown => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

/** The folder of the package.json above dist/kernel: the repository's, or that of @receptive/kernel where npm has put it. */
function findKernel(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
  }
  throw new Error(`no package.json above ${__dirname}`);
}
export const kernelRoot = override ?? findKernel();
/** Where the kernel itself lies. */
export const kernelFolder = __dirname;

/** The engine: in the repository the package finds itself by its name, elsewhere Node finds it in node_modules. */
export const packageRoot = override ?? dirname(createRequire(__filename).resolve(`${PACKAGE_NAME}/package.json`));

const field = (manifest: unknown, name: string, otherwise: string): string => {
  const value = isObject(manifest) ? manifest[name] : undefined;
  return typeof value === "string" ? value : otherwise;
};
/** Kernel and engine have one version. */
export const packageVersion = field(read(kernelRoot), "version", "0.0.0");
const engine = read(packageRoot);
const mainFile = join(packageRoot, field(engine, "main", "index.js"));
export const typesFile = join(packageRoot, field(engine, "types", "index.d.ts"));

/** The file of our package that a cell means, or null if it means another package. */
export function ownFile(specifier: string): string | null {
  if (specifier === PACKAGE_NAME) return mainFile;
  if (specifier.startsWith(`${PACKAGE_NAME}/`)) {
    return join(packageRoot, specifier.slice(PACKAGE_NAME.length + 1));
  }
  return null;
}

/** Loads our package before a cell asks for it. If that fails, the cell's own import says why. */
export function preload(): void {
  try {
    require(mainFile);
  } catch {
    // It is said in time.
  }
}
