import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hashOf, stampOf } from "./files.mjs";
import { inRoot, pythonIn } from "./paths.mjs";
import { findPython } from "./python.mjs";
import { runLogged } from "./run.mjs";
import { wheelFile } from "./wheel.mjs";

const folder = inRoot("dist", "class");
const python = pythonIn(folder);

/** The Python that has nbgrader. */
export const classroomPython = python;
const requirements = inRoot("scripts", "requirements-class.txt");
const constraints = inRoot("scripts", "requirements.txt");
/** Written instead of an error if there is no network: the tests then are skipped, for this reason. */
const unavailable = join(folder, "unavailable.txt");

const environment = stampOf("environment", folder);
const environmentInputs = () => hashOf([requirements, constraints]);
const installed = stampOf("wheel", folder);

/**
 * What a class installs, in an environment of its own: our wheel, JupyterHub and nbgrader, in one go into an empty
 * environment. Later only the wheel is put in anew.
 */
export const classroom = {
  name: "classroom",
  what: "pip install of the wheel into dist/class",
  isDone: () => hasEnvironment() && wheelFile() !== undefined && installed.is(hashOf([wheelFile()])),
  check: () => void (existsSync(python) || findPython()),
  async run() {
    const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--retries", "3"];
    try {
      if (hasEnvironment()) {
        await install([...pip, "--force-reinstall", "--no-deps", wheelFile()]);
      } else {
        rmSync(folder, { recursive: true, force: true });
        const [command, ...first] = findPython();
        await runLogged("python -m venv", command, [...first, "-m", "venv", folder], { log: "class-venv" });
        await install([...pip, wheelFile(), "-r", requirements, "-c", constraints]);
        environment.set(environmentInputs());
      }
    } catch (error) {
      if (!error.noNetwork) throw error;
      writeFileSync(unavailable, error.message);
      return;
    }
    rmSync(unavailable, { force: true });
    installed.set(hashOf([wheelFile()]));
  },
};

const hasEnvironment = () => existsSync(python) && environment.is(environmentInputs());
const install = (args) => runLogged("pip install of the wheel", python, args, { log: "class-install" });
