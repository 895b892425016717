/** Where `import ... from "receptive"` leads: always to the package this kernel is part of, whatever the folder. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isObject } from "./json";

export const PACKAGE_NAME = "receptive";

/** The folder of our package.json, above dist/kernel. */
function findRoot(): string {
  const override = process.env.RECEPTIVE_PACKAGE_ROOT;
  if (override) return override;
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
  }
  throw new Error(`no package.json above ${__dirname}`);
}
export const packageRoot = findRoot();
/** Where the kernel itself lies. */
export const kernelFolder = __dirname;

const manifest: unknown = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8"));
const field = (name: string, otherwise: string): string => {
  const value = isObject(manifest) ? manifest[name] : undefined;
  return typeof value === "string" ? value : otherwise;
};
export const packageVersion = field("version", "0.0.0");
const mainFile = join(packageRoot, field("main", "index.js"));
export const typesFile = join(packageRoot, field("types", "index.d.ts"));

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
