/** `npm run size`: lines of every source file, then the ten longest and a total per folder. */
import { readFileSync } from "node:fs";
import { filesBelow } from "./lib/files.mjs";
import { inRoot, shown } from "./lib/paths.mjs";

const folders = ["src", "kernel", "extension/src", "test", "scripts", "bench"];

const files = folders
  .flatMap((folder) => filesBelow(inRoot(folder)))
  .filter((path) => /\.(ts|mjs|cjs|py)$/.test(path))
  .map((path) => ({ name: shown(path), lines: readFileSync(path, "utf8").split("\n").length - 1 }));

const print = (title, rows) => {
  console.log(`\n${title}`);
  for (const { name, lines } of rows) console.log(`${String(lines).padStart(6)}  ${name}`);
};
const total = (name, some) => ({
  name: `${name} (${some.length} files)`,
  lines: some.reduce((sum, file) => sum + file.lines, 0),
});

print("Lines per file", files);
print("Top ten", files.toSorted((a, b) => b.lines - a.lines).slice(0, 10));
print("Folders", [
  ...folders.map((folder) =>
    total(
      folder,
      files.filter((file) => file.name.startsWith(`${folder}/`)),
    ),
  ),
  total("all", files),
]);
