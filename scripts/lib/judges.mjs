import { spawnSync } from "node:child_process";
import { judges, jupyterLab, testTools } from "./jupyter.mjs";
import { venvPython } from "./paths.mjs";
import { setUp } from "./setup.mjs";
import { runCommand } from "./userError.mjs";

const isNewEnough = "import sys; sys.exit(sys.version_info < (3, 11))";

/** `npm run judges`: PyTorch into .venv, so that the tests which ask it are not skipped; Captum for the goldens of `interpret`. */
export const main = () =>
  runCommand(async () => {
    await setUp([jupyterLab, testTools]);
    if (spawnSync(venvPython, ["-c", isNewEnough]).status !== 0)
      console.log("judges: they need Python 3.11; the tests that ask them will be skipped.");
    else await setUp([judges]);
  });
