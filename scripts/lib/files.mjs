import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { inRoot, shown } from "./paths.mjs";

const ignored = new Set(["node_modules", "dist", "coverage", ".git", ".venv", ".ipynb_checkpoints"]);

/** Every file below a folder, sorted, without what tools wrote there. A folder that is not there has no files. */
export function filesBelow(folder, { skip = ignored } = {}) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return skip.has(entry.name) ? [] : filesBelow(path, { skip });
      return entry.isFile() ? [path] : [];
    });
}

/** One hash over names and contents of files, and over further words that decide the result. */
export function hashOf(files, ...words) {
  const hash = createHash("sha256").update(JSON.stringify(words));
  for (const file of files) hash.update(`\0${shown(file)}\0`).update(readFileSync(file));
  return hash.digest("hex");
}

/** Remembers of which inputs an output was made: `stampOf("tsc").is(hash)`, `.set(hash)`. */
export function stampOf(name, folder = inRoot("dist", ".stamps")) {
  const path = join(folder, name);
  return {
    is: (hash) => existsSync(path) && readFileSync(path, "utf8") === hash,
    set(hash) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, hash);
    },
  };
}

export const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));
