import { existsSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { filesBelow, hashOf, stampOf } from "./files.mjs";
import { inRoot } from "./paths.mjs";
import { runLogged } from "./run.mjs";

const compiledFolders = ["src", "kernel", "cli", "test", "bench"];
const tsc = inRoot("node_modules", "typescript", "bin", "tsc");

const tscStamp = stampOf("tsc");
const tscInputs = () =>
  hashOf([
    ...compiledFolders.flatMap((folder) => filesBelow(inRoot(folder)).filter((file) => file.endsWith(".ts"))),
    inRoot("tsconfig.json"),
    inRoot("package-lock.json"),
  ]);

/** Engine, kernel and tests, compiled to dist. */
export const typescript = {
  name: "TypeScript",
  what: "tsc",
  isDone: () => existsSync(inRoot("dist", ".tsbuildinfo")) && tscStamp.is(tscInputs()),
  async run() {
    const hash = tscInputs();
    removeStaleOutputs();
    await runLogged("tsc", process.execPath, [tsc, "-p", "."], { log: "tsc" });
    tscStamp.set(hash);
  },
};

/** A deleted or renamed source must not live on in dist: mocha would still run its tests. */
function removeStaleOutputs() {
  for (const folder of compiledFolders) {
    for (const file of filesBelow(inRoot("dist", folder))) {
      const source = file.slice(inRoot("dist").length).replace(/(\.d\.ts|\.js|\.js\.map)$/, ".ts");
      if (source.endsWith(".ts") && !existsSync(inRoot(source))) rmSync(file);
    }
    removeEmpty(inRoot("dist", folder));
  }
}

/** Folders without files are removed, and so are those that then have none: tests find marks and views by their folders. */
function removeEmpty(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) removeEmpty(join(folder, entry.name));
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}

const extensionFolder = inRoot("extension");
const builder = inRoot("node_modules", "@jupyter", "builder", "lib", "build-labextension.js");
const corePackage = inRoot("node_modules", "@jupyterlab", "core-meta", "core.package.json");

const extensionStamp = stampOf("extension");
const extensionInputs = () =>
  hashOf([
    ...filesBelow(extensionFolder, { skip: new Set(["node_modules", "lib", "labextension"]) }).filter(
      (file) => !file.endsWith(".tsbuildinfo"),
    ),
    ...["protocol", "marks", "text"].flatMap((folder) => filesBelow(inRoot("src", folder))),
    inRoot("package-lock.json"),
  ]);

/** The JupyterLab extension: type-checked, then bundled to extension/labextension. */
export const extension = {
  name: "extension",
  what: "tsc and Rspack",
  isDone: () => existsSync(inRoot("extension", "labextension", "package.json")) && extensionStamp.is(extensionInputs()),
  async run() {
    const hash = extensionInputs();
    const options = { cwd: extensionFolder };
    await runLogged("tsc of the extension", process.execPath, [tsc, "-p", "."], {
      ...options,
      log: "extension-tsc",
    });
    await runLogged("the extension's bundler", process.execPath, [builder, "--core-package-file", corePackage, "."], {
      ...options,
      log: "extension-bundle",
    });
    extensionStamp.set(hash);
  },
};
