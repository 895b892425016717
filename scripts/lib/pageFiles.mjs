import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { filesBelow } from "./files.mjs";
import { inRoot } from "./paths.mjs";

const require = createRequire(import.meta.url);
const read = (path) => readFileSync(path, "utf8");

/**
 * The files that TypeScript and tslab read in a page, as texts by path: TypeScript's libraries, the types of the engine and of
 * the names that every cell has, and tslab's converter.
 * @param root  where the page has the engine's package
 */
export function pageFiles(root) {
  const { LIBRARIES } = require(inRoot("dist", "kernel", "language", "tslab.js"));
  const { LIBRARY_FOLDER, TSLAB_FOLDER, TYPES_FOLDER } = require(
    inRoot("dist", "kernel", "language", "virtualSystem.js"),
  );
  const files = {};
  const addLibrary = (name) => {
    const path = `${LIBRARY_FOLDER}/${name}`;
    if (path in files) return;
    files[path] = read(join(require.resolve("typescript"), "..", name));
    for (const [, other] of files[path].matchAll(/^\/\/\/ <reference lib="([^"]+)"/gm)) addLibrary(`lib.${other}.d.ts`);
  };
  LIBRARIES.forEach(addLibrary);
  const addTypes = (folder, to) => {
    for (const path of filesBelow(folder).filter((each) => each.endsWith(".d.ts")))
      files[to + path.slice(folder.length).replaceAll("\\", "/")] = read(path);
  };
  const modules = root.slice(0, root.lastIndexOf("/"));
  const addPackage = (name) => {
    const folder = inRoot("node_modules", ...name.split("/"));
    files[`${modules}/${name}/package.json`] = read(join(folder, "package.json"));
    addTypes(folder, `${modules}/${name}`);
  };
  addTypes(inRoot("dist", "src"), `${root}/dist/src`);
  // `expect` has chai's types, and they those of two others.
  for (const name of ["@types/chai", "@types/deep-eql", "assertion-error"]) addPackage(name);
  addTypes(inRoot("dist", "kernel", "cell", "globals"), `${TYPES_FOLDER}/globals`);
  const tslab = join(require.resolve("tslab/package.json"), "..");
  for (const name of ["package.json", "dist/converter.js", "dist/tspath.js", "dist/util.js"]) {
    files[`${TSLAB_FOLDER}/${name}`] = read(join(tslab, name));
  }
  return files;
}
