/** Files of a page, for TypeScript: texts by their paths. */
import type ts from "typescript";
import { folderOf, joinPaths } from "./paths";

/** Where TypeScript's own libraries lie. */
export const LIBRARY_FOLDER = "/lib";
/** Where the types of the names that every cell has lie, a folder for each set. */
export const TYPES_FOLDER = "/types";
export const TSLAB_FOLDER = "/node_modules/tslab";

/** What the page has fetched; it must be there before the language wakes up. */
export const virtualFiles = new Map<string, string>();

/** A system over texts by path. Folders exist where a file lies below them; nothing is written. */
export function virtualSystem(files: ReadonlyMap<string, string>): ts.System {
  let folders = new Set<string>();
  let known = -1;
  const allFolders = (): ReadonlySet<string> => {
    if (known === files.size) return folders;
    known = files.size;
    folders = new Set(["/"]);
    for (const path of files.keys()) {
      for (let at = folderOf(path); !folders.has(at); at = folderOf(at)) folders.add(at);
    }
    return folders;
  };
  const refuse = (): never => {
    throw new Error("the files of a page are only read");
  };
  return {
    args: [],
    newLine: "\n",
    useCaseSensitiveFileNames: true,
    write: () => {},
    readFile: (path) => files.get(path),
    fileExists: (path) => files.has(path),
    directoryExists: (path) => allFolders().has(joinPaths(path, ".")),
    getDirectories: (path) =>
      [...allFolders()]
        .filter((each) => each !== "/" && folderOf(each) === path)
        .map((each) => each.slice(each.lastIndexOf("/") + 1)),
    readDirectory: () => [],
    resolvePath: (path) => joinPaths(path, "."),
    getCurrentDirectory: () => "/",
    getExecutingFilePath: () => `${LIBRARY_FOLDER}/typescript.js`,
    writeFile: refuse,
    createDirectory: refuse,
    exit: refuse,
  };
}
