/** Where `import ... from "receptive"` leads in a page: to a module whose address the page gives. */
import { engine } from "./pageEngine";

/** The version in package.json, put here by scripts/lib/worker.mjs. */
declare const RECEPTIVE_VERSION: string;

export const PACKAGE_NAME = "receptive";

/** A folder of the files that the compiler sees. */
export const packageRoot: string = "/node_modules/receptive";
/** Where the kernel's package lies: in that of the engine. */
export const kernelRoot = packageRoot;
export const kernelFolder = `${packageRoot}/dist/kernel`;
export const packageVersion: string = typeof RECEPTIVE_VERSION === "string" ? RECEPTIVE_VERSION : "0.0.0";
export const typesFile = `${packageRoot}/dist/src/index.d.ts`;

/** No part of the package is a file here. */
export const ownFile = (_specifier: string): string | null => null;

/** Loads our package before a cell asks for it. If that fails, the cell's own import says why. */
export function preload(): void {
  engine.load().catch(() => {});
}
