import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { hashOf, stampOf } from "./files.mjs";
import { inRoot, root, shown, venv, venvPython } from "./paths.mjs";
import { findPython } from "./python.mjs";
import { runLogged } from "./run.mjs";
import { UserError } from "./userError.mjs";

const share = (...parts) => join(venv, "share", "jupyter", ...parts);

/** A step that brings .venv to what a requirements file says; the first one makes .venv. */
function environment(name, what, requirements) {
  const file = inRoot("scripts", requirements);
  const stamp = stampOf(requirements, join(venv, ".stamps"));
  return {
    name,
    what,
    isDone: () => existsSync(venvPython) && stamp.is(hashOf([file])),
    check: () => void (existsSync(venvPython) || findPython()),
    async run() {
      if (!existsSync(venvPython)) {
        const [python, ...first] = findPython();
        // --clear: a .venv whose Python has gone is made anew.
        await runLogged("python -m venv", python, [...first, "-m", "venv", "--clear", venv], { log: "venv" });
      }
      const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--retries", "3"];
      await runLogged("pip install", venvPython, [...pip, "-r", file], { log: "pip-install" });
      stamp.set(hashOf([file]));
    },
  };
}

export const jupyterLab = environment("JupyterLab", "pip install into .venv", "requirements.txt");
export const testTools = environment("test tools", "pip install into .venv", "requirements-test.txt");
/** What the numbers of tests are compared with; large, so only on request and in CI. */
export const judges = environment("judges", "pip install into .venv, about 1 GB", "requirements-judges.txt");

const settings = share("lab", "settings", "overrides.json");
const settingsText = `${JSON.stringify(
  {
    // No question about news and no look-up of updates at the first start: nothing here needs the network.
    "@jupyterlab/apputils-extension:notification": { checkForUpdates: false, fetchNews: "false" },
    // The page on which `npm start` opens is read, not edited.
    "@jupyterlab/docmanager-extension:plugin": { defaultViewers: { markdown: "Markdown Preview" } },
  },
  null,
  2,
)}\n`;

/** What JupyterLab does unless its user has chosen otherwise. */
export const labSettings = {
  name: "settings of JupyterLab",
  what: "into .venv",
  isDone: () => existsSync(settings) && readFileSync(settings, "utf8") === settingsText,
  run() {
    mkdirSync(dirname(settings), { recursive: true });
    writeFileSync(settings, settingsText);
  },
};

const require = createRequire(import.meta.url);
const installer = inRoot("dist", "cli", "kernelspec.js");
const kernelStamp = stampOf("kernelspec", join(venv, ".stamps"));
const kernelInputs = () => hashOf([installer], root, process.execPath);

/** The kernelspec in .venv, which names this Node and this folder. */
export const kernelspec = {
  name: "kernelspec",
  what: "into .venv",
  isDone: () =>
    existsSync(share("kernels", "receptive", "kernel.json")) && existsSync(installer) && kernelStamp.is(kernelInputs()),
  run() {
    if (!existsSync(installer)) throw new UserError(`${shown(installer)} is missing. Run npm run build.`);
    require(installer).installKernelspec(venv);
    kernelStamp.set(kernelInputs());
  },
};

/** What Jupyter finds through links into this folder, so that a change needs no installation. */
const links = [
  { at: share("labextensions", "@receptive", "jupyterlab"), to: inRoot("extension", "labextension") },
  { at: share("nbconvert", "templates", "receptive"), to: inRoot("packaging", "nbconvert", "receptive") },
];

export const extensionLink = {
  name: "extension and template links",
  what: "into .venv",
  isDone: () => links.every(({ at, to }) => isLink(at) && resolve(dirname(at), readlinkSync(at)) === to),
  run() {
    for (const { at, to } of links) {
      rmSync(at, { recursive: true, force: true });
      mkdirSync(dirname(at), { recursive: true });
      symlinkSync(to, at, "junction");
    }
  },
};

const isLink = (path) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
