import { mkdirSync, rmSync, statSync } from "node:fs";
import { runNpm } from "./dependencies.mjs";
import { readJson } from "./files.mjs";
import { stageKernel } from "./packages.mjs";
import { inRoot, root, shown } from "./paths.mjs";
import { browser } from "./browser.mjs";
import { setUp, stepsFor } from "./setup.mjs";
import { runCommand } from "./userError.mjs";

const output = inRoot("dist", "packages");

/** The npm packages of engine and kernel as files; both must be built. @returns their paths */
export async function pack() {
  const { version } = readJson(inRoot("package.json"));
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const staged = inRoot("dist", "package-kernel");
  stageKernel(staged);
  for (const folder of [root, staged])
    await runNpm("npm pack", ["pack", "--ignore-scripts", "--pack-destination", output, folder]);
  return ["receptive", "receptive-kernel"].map((name) => inRoot("dist", "packages", `${name}-${version}.tgz`));
}

/** `npm run pack`: the two npm packages in dist/packages. */
export const main = () =>
  runCommand(async () => {
    await setUp([...stepsFor.wheel, browser]);
    for (const file of await pack()) console.log(`${shown(file)} (${(statSync(file).size / 1e6).toFixed(1)} MB)`);
  });
