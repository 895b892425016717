/** TypeScript in Node, which reads the disk. */
import { readFileSync } from "node:fs";
import { builtinModules, createRequire } from "node:module";
import { dirname, join } from "node:path";
import type ts from "typescript";
import type { CompilerParts } from "./compilerParts";

const tslabFolder = (): string => dirname(require.resolve("tslab/package.json"));

export const compilerParts: CompilerParts = {
  typescript: () => require("typescript") as typeof ts,
  system: ({ sys }) => sys,
  cellTypes: () => ({
    // `@types/node`, so that `process` and `console` have types in every folder; and globals/ of the kernel.
    typeRoots: [dirname(dirname(require.resolve("@types/node/package.json"))), join(__dirname, "..", "cell")],
    types: ["node", "globals"],
  }),
  tslabFolder,
  readTslab: (file) => readFileSync(join(tslabFolder(), file), "utf8"),
  requireForTslab: (name) => createRequire(join(tslabFolder(), "dist", "index.js"))(name) as unknown,
  process,
  builtinModules,
};
