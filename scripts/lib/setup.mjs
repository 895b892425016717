import { mkdtempSync, rmdirSync } from "node:fs";
import { inRoot, root } from "./paths.mjs";
import { UserError, runCommand } from "./userError.mjs";
import { dependencies } from "./dependencies.mjs";
import { wasm } from "./wasm.mjs";
import { browser } from "./browser.mjs";
import { bundle } from "./bundle.mjs";
import { extension, typescript } from "./build.mjs";
import { extensionLink, jupyterLab, kernelspec, labSettings, testTools } from "./jupyter.mjs";
import { notebookCopies } from "./notebookCopies.mjs";
import { notebookPackages } from "./notebooks.mjs";
import { worker } from "./worker.mjs";

const compile = [dependencies, wasm, typescript, bundle];

/** What each use needs, in the order in which it is done. A step is `{name, what, isDone(), check?(), run()}`. */
export const stepsFor = {
  lint: [dependencies],
  unit: compile,
  notebooks: [...compile, jupyterLab, kernelspec],
  exports: [dependencies, jupyterLab],
  lab: [...compile, extension, jupyterLab, kernelspec, extensionLink, labSettings, notebookPackages, notebookCopies],
  demo: [dependencies, wasm, browser],
  test: [...compile, browser, worker, extension, jupyterLab, testTools, kernelspec, extensionLink],
  wheel: [...compile, extension, jupyterLab],
};

/** What a step waits for, where steps run at the same time. */
const needs = new Map([
  [wasm, [dependencies]],
  [typescript, [dependencies]],
  [bundle, [wasm, typescript]],
  [browser, [dependencies, wasm]],
  [extension, [dependencies]],
  [testTools, [jupyterLab]],
  [kernelspec, [typescript, jupyterLab]],
  [extensionLink, [extension, jupyterLab]],
]);

/**
 * Does the steps that are not done yet, one line each. Anything that can be known to fail is said before the first.
 * @param options.quietIfDone  no line for a step that is done; default false
 * @param options.out          where the lines go; default standard output
 * @param options.slots        lets steps run at the same time that do not need each other; default one after the other
 * @param options.onFailure    is given a step's error and may let the next steps go on; by default it is thrown
 */
export async function setUp(steps, { quietIfDone = false, out = process.stdout, onFailure, slots } = {}) {
  checkWritable();
  for (const step of steps) if (!step.isDone()) step.check?.();

  // One line a step; where steps run at the same time, one for its start and one for its end.
  const line = slots
    ? { begin: (start, what) => `${start}${what} ...\n`, end: (start, words) => `${start}${words}\n` }
    : { begin: (start, what) => `${start}${what} ... `, end: (_, words) => `${words}\n` };
  const doStep = async (step, index) => {
    const start = `[${index + 1}/${steps.length}] ${step.name}: `;
    if (step.isDone()) {
      if (!quietIfDone) out.write(`${start}up to date\n`);
      return;
    }
    out.write(line.begin(start, step.what));
    const began = performance.now();
    try {
      await step.run();
    } catch (error) {
      out.write(line.end(start, `failed after ${seconds(began)}`));
      if (!onFailure) throw error;
      onFailure(error, step);
      return;
    }
    out.write(line.end(start, seconds(began)));
  };

  if (!slots) {
    for (const [index, step] of steps.entries()) await doStep(step, index);
    return;
  }
  const done = new Map();
  for (const [index, step] of steps.entries()) {
    const before = (needs.get(step) ?? steps.slice(0, index)).map((each) => done.get(each));
    done.set(
      step,
      Promise.all(before).then(() => slots.use(() => doStep(step, index))),
    );
  }
  await Promise.all(done.values());
}

/** Time since `began` as a reader wants it. */
export const seconds = (began) => `${((performance.now() - began) / 1000).toFixed(1)} s`;

function checkWritable() {
  try {
    rmdirSync(mkdtempSync(inRoot(".writable-")));
  } catch (error) {
    throw new UserError(
      `Cannot write in ${root} (${error.code}). Move the project to a folder that you own, or change its permissions.`,
    );
  }
}

/** `npm run setup`: all that `npm start` does before it opens JupyterLab. */
export const main = () => runCommand(() => setUp(stepsFor.lab));
