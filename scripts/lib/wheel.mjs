import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { filesBelow, hashOf, stampOf } from "./files.mjs";
import { stageEngine, stageKernel } from "./packages.mjs";
import { inRoot, shown, venvPython } from "./paths.mjs";
import { isUseful, productionPackages } from "./productionPackages.mjs";
import { runLogged } from "./run.mjs";
import { setUp, stepsFor } from "./setup.mjs";
import { runCommand } from "./userError.mjs";

const require = createRequire(import.meta.url);
const packaging = inRoot("packaging");
const staging = inRoot("dist", "wheel");
const output = inRoot("dist", "wheels");

const stamp = stampOf("wheel");
const inputs = () =>
  hashOf([
    ...[packaging, inRoot("grading"), ...["src", "node", "kernel", "cli"].map((name) => inRoot("dist", name))].flatMap(
      (folder) => filesBelow(folder),
    ),
    inRoot("extension", "labextension", "package.json"),
    inRoot("kernel", "package.json"),
    inRoot("kernel", "receptive.mjs"),
    ...["wheel", "packages", "productionPackages"].map((name) => inRoot("scripts", "lib", `${name}.mjs`)),
    inRoot("package.json"),
    inRoot("package-lock.json"),
  ]);

/** The path of the wheel; undefined if there is none. */
export const wheelFile = () => {
  const name = existsSync(output) && readdirSync(output).find((file) => file.endsWith(".whl"));
  return name ? join(output, name) : undefined;
};

/** The Python wheel: extension, kernelspec, and the npm package with all that it needs on this system. */
export const wheel = {
  name: "wheel",
  what: "pip wheel",
  isDone: () => wheelFile() !== undefined && stamp.is(inputs()),
  async run() {
    const hash = inputs();
    rmSync(staging, { recursive: true, force: true });
    rmSync(output, { recursive: true, force: true });
    stagePackage(join(staging, "package"));
    stageKernelspec(join(staging, "kernelspec"));
    stageExtension(join(staging, "labextension"));
    const pip = ["-m", "pip", "wheel", "--disable-pip-version-check", "--no-deps", "--retries", "3"];
    await runLogged("pip wheel", venvPython, [...pip, "--wheel-dir", output, packaging], { log: "wheel" });
    stamp.set(hash);
  },
};

/** What `npm install @receptive/kernel` with the optional packages would put there, but for what only browsers need. */
function stagePackage(folder) {
  stageKernel(folder);
  stageEngine(join(folder, "node_modules", "receptive"), { forBrowsers: false });
  for (const from of productionPackages()) {
    for (const file of filesBelow(from, { skip: new Set(["node_modules"]) })) {
      const path = shown(file);
      if (isUseful(path.replace(/^.*node_modules\//, ""))) copy(file, join(folder, path));
    }
  }
}

function stageKernelspec(folder) {
  const { writeKernelspec } = require(inRoot("dist", "cli", "kernelspec.js"));
  // Jupyter puts its own Python and the kernelspec's folder there: nothing in the file depends on where it is installed.
  writeKernelspec(folder, ["python", "{resource_dir}/launch.py", "{connection_file}"]);
  copyFileSync(join(packaging, "kernelspec", "launch.py"), join(folder, "launch.py"));
}

function stageExtension(folder) {
  cpSync(inRoot("extension", "labextension"), folder, { recursive: true });
  const installed = {
    packageManager: "python",
    packageName: "receptive",
    uninstallInstructions: "pip uninstall receptive",
  };
  writeFileSync(join(folder, "install.json"), JSON.stringify(installed));
}

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

/** `npm run wheel`: everything that goes into it, then the wheel. */
export const main = () =>
  runCommand(async () => {
    await setUp([...stepsFor.wheel, wheel]);
    const file = wheelFile();
    console.log(`${shown(file)} (${(statSync(file).size / 1e6).toFixed(1)} MB)`);
  });
