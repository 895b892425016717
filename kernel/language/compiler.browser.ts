/** TypeScript in a page, which sees the files that the page has fetched. */
import type ts from "typescript";
import type { CompilerParts } from "./compilerParts";
import { PAGE_GLOBALS } from "./pageGlobals";
import * as paths from "./paths";
import { TSLAB_FOLDER, TYPES_FOLDER, virtualFiles, virtualSystem } from "./virtualSystem";

/** The Node that the code of cells is written for. */
const VERSION = "v20.19.0";

export const compilerParts: CompilerParts = {
  typescript: () => require("typescript") as typeof ts,
  system() {
    virtualFiles.set(`${TYPES_FOLDER}/page/index.d.ts`, PAGE_GLOBALS);
    return virtualSystem(virtualFiles);
  },
  cellTypes: () => ({ typeRoots: [TYPES_FOLDER], types: ["page", "globals"] }),
  tslabFolder: () => TSLAB_FOLDER,
  readTslab(file) {
    const text = virtualFiles.get(`${TSLAB_FOLDER}/${file}`);
    if (text === undefined) {
      throw new Error(
        `tslab's ${file} is not in this page. What import ... from "tslab" does, display.html(...) does, too.`,
      );
    }
    return text;
  },
  requireForTslab(name) {
    if (name === "semver") return { major: (version: string) => Number.parseInt(version.slice(1)) };
    if (name === "path") return { join: paths.joinPaths, relative: paths.relativePath, dirname: paths.folderOf };
    throw new Error(`${name}: a page has no modules of Node's`);
  },
  process: { version: VERSION },
  builtinModules: [],
};
