import { cpSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readJson } from "./files.mjs";
import { inRoot } from "./paths.mjs";

/**
 * The two npm packages. The engine is the repository's own package: `files` of package.json says what is in it. The kernel's
 * has the repository's folders, because its compiled files look for each other there, and a manifest made of
 * kernel/package.json with the version of the engine, which it needs exactly.
 */
export function stageEngine(folder, { forBrowsers = true } = {}) {
  const { files } = readJson(inRoot("package.json"));
  for (const name of ["package.json", "README.md", "LICENSE", ...files]) {
    if (!forBrowsers && name.startsWith("dist/browser/")) continue;
    // The one kind of pattern among them: all files below a folder that end like this.
    const [below, ending] = name.split("/**/*");
    copy(folder, below, (path) => !ending || path.endsWith(ending));
  }
}

/** What the kernel's compiled files need, from the root. Of their declarations, only those that cells are checked with. */
const kernelFiles = ["dist/kernel", "dist/cli", "dist/src/protocol", "dist/src/text", "extension/labextension"];
const isNeeded = (path) =>
  !/\.(js\.map|tsbuildinfo)$/.test(path) && (!path.endsWith(".d.ts") || /\bglobals\b/.test(path));

export function stageKernel(folder) {
  rmSync(folder, { recursive: true, force: true });
  const { name, version } = readJson(inRoot("package.json"));
  const { dependencies, bin, ...manifest } = readJson(inRoot("kernel", "package.json"));
  const packed = {
    ...manifest,
    private: undefined,
    version,
    bin: Object.fromEntries(Object.entries(bin).map(([command, file]) => [command, `kernel/${file}`])),
    dependencies: { [name]: version, ...dependencies },
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(packed, null, 2)}\n`);
  for (const file of kernelFiles) copy(folder, file, isNeeded);
  for (const file of ["LICENSE", "scripts/lib/nodeVersion.mjs", ...Object.values(packed.bin)]) copy(folder, file);
  cpSync(inRoot("kernel", "README.md"), join(folder, "README.md"));
}

function copy(folder, path, isWanted = () => true) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  const filter = (from) => statSync(from).isDirectory() || isWanted(from);
  cpSync(inRoot(path), join(folder, path), { recursive: true, filter });
}
