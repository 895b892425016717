import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";
import { readJson } from "./files.mjs";
import { runLogged } from "./run.mjs";

/** The npm packages of package-lock.json. Native parts ship inside them, so no install script has to run. */
export const dependencies = {
  name: "packages",
  what: "npm ci",
  isDone: () => packagesAreInstalled(root),
  run: () => runNpm("npm ci", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", ...patience]),
};

/** Without a network npm would try for minutes. */
const patience = ["--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=4000"];

/** npm keeps a list of what it installed last; optional packages of other platforms are not in it. */
export function packagesAreInstalled(folder) {
  const installed = join(folder, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  const present = readJson(installed).packages;
  return Object.entries(readJson(join(folder, "package-lock.json")).packages).every(
    ([path, { version, optional }]) =>
      path === "" || (present[path] ? present[path].version === version : optional === true),
  );
}

/** npm as it was started (`npm start` says where it is), else the one on the PATH. */
export function runNpm(what, args, where = {}) {
  const started = process.env.npm_execpath;
  const options = { log: what.replaceAll(" ", "-"), ...where };
  if (started && /npm-cli\.c?js$/.test(started)) {
    return runLogged(what, process.execPath, [started, ...args], options);
  }
  return runLogged(what, "npm", args, { ...options, shell: process.platform === "win32" });
}
