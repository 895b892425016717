import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { browser } from "./browser.mjs";
import { readJson } from "./files.mjs";
import { pack } from "./pack.mjs";
import { root, shown } from "./paths.mjs";
import { setUp, stepsFor } from "./setup.mjs";
import { UserError, runCommand } from "./userError.mjs";
import { wheel, wheelFile } from "./wheel.mjs";

const usage = "npm run release -- 0.2.0 [--dry-run]";
const manifests = ["package.json", "kernel/package.json", "extension/package.json"];
const written = [...manifests, "package-lock.json", "CHANGELOG.md"];

/** `npm run release -- <version> [--dry-run]`: a commit and a tag, npm packages and wheel. It publishes nothing. */
export const main = (flags) =>
  runCommand(async () => {
    const isDry = flags.includes("--dry-run");
    const [version, ...more] = flags.filter((flag) => flag !== "--dry-run");
    if (!version || more.length > 0) throw new UserError(`npm run release takes a version. For example: ${usage}`);
    await release({ folder: root, version, isDry, build, print: console.log });
  });

async function build() {
  await setUp([...stepsFor.wheel, browser, wheel]);
  return [...(await pack()), wheelFile()].map(shown);
}

/**
 * Checks everything first, then writes, builds, and commits last: after a failure nothing is left but what git can undo.
 * @param options.build  makes what is released; returns paths
 * @param options.today  YYYY-MM-DD; default: now, UTC
 */
export async function release({ folder, version, isDry, build, print, today = new Date().toISOString().slice(0, 10) }) {
  const git = gitIn(folder);
  const tag = `v${version}`;
  const old = readJson(join(folder, "package.json")).version;
  checkVersion(version, old);
  if (git("status", "--porcelain"))
    throw new UserError("release: there are uncommitted changes. Commit or stash them.");
  if (git("tag", "--list", tag))
    throw new UserError(`release: the tag ${tag} is there already. Choose another version.`);
  const changelog = dated(readFileSync(join(folder, "CHANGELOG.md"), "utf8"), version, today);

  if (isDry) {
    print(`would write ${version} (now ${old}) into ${written.join(", ")}`);
    print(`would build npm packages and wheel, commit "Release ${version}" and tag it ${tag}`);
    return;
  }
  try {
    for (const name of manifests) edit(join(folder, name), (text) => withVersion(text, version));
    edit(join(folder, "package-lock.json"), (text) => lockWithVersion(text, version));
    writeFileSync(join(folder, "CHANGELOG.md"), changelog);
    for (const file of await build()) print(`built ${file}`);
    git("commit", "--quiet", "--message", `Release ${version}`, "--", ...written);
    git("tag", "--annotate", tag, "--message", `Release ${version}`);
  } catch (error) {
    git("checkout", "--quiet", "HEAD", "--", ...written);
    throw error;
  }
  print(
    `committed and tagged ${tag}. Next: git push --follow-tags; npm publish the .tgz files; twine upload the wheel`,
  );
}

function gitIn(folder) {
  return (...args) => {
    const { status, stdout, stderr, error } = spawnSync("git", args, { cwd: folder, encoding: "utf8" });
    if (error) throw new UserError(`release: git does not run (${error.code}). Is it on the PATH?`);
    if (status !== 0) throw new UserError(`release: git ${args[0]} failed: ${stderr.trim() || stdout.trim()}`);
    return stdout.trim();
  };
}

const numbers = (version) => version.split("-")[0].split(".").map(Number);

function checkVersion(version, old) {
  if (!/^\d+\.\d+\.\d+(-[a-z]+\.\d+)?$/.test(version))
    throw new UserError(`release: ${version} is no version (three numbers, or 0.2.0-rc.1). For example: ${usage}`);
  const [own, before] = [numbers(version), numbers(old)];
  const at = own.findIndex((number, i) => number !== before[i]);
  const isNewer = at >= 0 ? own[at] > before[at] : old.includes("-") && version !== old;
  if (!isNewer) throw new UserError(`release: ${version} is not newer than ${old}. Choose a larger one.`);
}

/** The changelog with what is unreleased under the version's own heading. */
function dated(text, version, today) {
  const heading = "## Unreleased\n";
  const [before, after, ...more] = text.split(heading);
  if (after === undefined || more.length > 0)
    throw new UserError('release: CHANGELOG.md needs one heading "## Unreleased". Write it above the newest version.');
  if (!/^- /m.test(after.split("\n## ")[0]))
    throw new UserError("release: CHANGELOG.md has nothing under Unreleased. Write what a user will notice.");
  return `${before}${heading}\n## ${version} - ${today}\n${after}`;
}

const edit = (path, change) => writeFileSync(path, change(readFileSync(path, "utf8")));
const withVersion = (text, version) => text.replace(/^( {2}"version": )"[^"]*"/m, `$1"${version}"`);

/** The lock names the versions of the root and of its workspaces. */
function lockWithVersion(text, version) {
  const lock = JSON.parse(text);
  lock.version = version;
  for (const path of ["", "kernel", "extension"]) lock.packages[path].version = version;
  return `${JSON.stringify(lock, null, 2)}\n`;
}
