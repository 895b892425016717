import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { packagesAreInstalled, runNpm } from "./dependencies.mjs";
import { stampOf } from "./files.mjs";
import { inRoot, root } from "./paths.mjs";
import { runLogged } from "./run.mjs";
import { UserError } from "./userError.mjs";

/** The commit's full name. @throws UserError if there is none */
function nameOf(commit) {
  const args = ["rev-parse", "--verify", "--quiet", `${commit}^{commit}`];
  const { status, stdout } = spawnSync("git", args, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new UserError(`bench: there is no commit ${commit}. Give a name that git log shows.`);
  return stdout.trim();
}

/** An older state of the engine, built in dist/against/<commit>, as a peer of the benchmarks. */
export function against(commit) {
  const name = nameOf(commit);
  const folder = inRoot("dist", "against", name.slice(0, 12));
  const stamp = stampOf("built", folder);
  const run = (what, ...args) => runLogged(what, process.execPath, args, { log: "against", cwd: folder });
  return {
    folder,
    name: `${name.slice(0, 7)}`,
    step: {
      name: `build of ${name.slice(0, 7)}`,
      what: "asc, tsc and Rspack in dist/against",
      isDone: () => stamp.is(name),
      async run() {
        rmSync(folder, { recursive: true, force: true });
        mkdirSync(folder, { recursive: true });
        const archive = `${folder}.tar`;
        await runLogged("git archive", "git", ["archive", "-o", archive, name], { log: "against" });
        await runLogged("tar", "tar", ["-xf", archive, "-C", folder], { log: "against" });
        rmSync(archive);
        await packages(folder);
        await run("asc", "scripts/buildWasm.mjs");
        await run("tsc", "node_modules/typescript/bin/tsc", "-p", ".");
        await run("Rspack", "scripts/buildBundle.mjs");
        stamp.set(name);
      },
    },
  };
}

/** The packages of this state where they are the same, else its own. */
async function packages(folder) {
  const lock = (where) => readFileSync(`${where}/package-lock.json`, "utf8");
  if (lock(folder) === lock(root)) symlinkSync(inRoot("node_modules"), `${folder}/node_modules`, "junction");
  else if (!existsSync(`${folder}/node_modules`) || !packagesAreInstalled(folder))
    await runNpm("npm ci", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder });
}
