import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { inRoot } from "./paths.mjs";

const manifest = inRoot("notebooks", "package.json");

/**
 * npm climbs from a notebook's folder to the next package.json, which would be the project's own. So notebooks/ gets one;
 * git ignores it with all that npm writes beside it, because what a reader of the notebooks installs is theirs.
 */
export const notebookPackages = {
  name: "notebooks",
  what: "package.json for npm install",
  isDone: () => existsSync(manifest),
  run() {
    const description = "Packages that notebooks here import: npm install <name>. Git ignores this file.";
    mkdirSync(inRoot("notebooks"), { recursive: true });
    writeFileSync(manifest, `${JSON.stringify({ private: true, description }, null, 2)}\n`);
  },
};
