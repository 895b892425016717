import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { packagesAreInstalled, runNpm } from "./dependencies.mjs";
import { inRoot, pythonIn, venvPython as projectPython } from "./paths.mjs";
import { findPython } from "./python.mjs";
import { runLogged } from "./run.mjs";

const folder = inRoot("bench", "peers");
const venv = join(folder, ".venv");
const venvPython = pythonIn(venv);
const requirements = join(folder, "requirements.txt");

/** The JavaScript engines of bench/peers/package-lock.json, in a node_modules of their own. */
export const nodePeers = {
  name: "peers",
  what: "npm ci in bench/peers, about 600 MB",
  isDone: () => packagesAreInstalled(folder),
  run: () => runNpm("npm ci of the peers", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder }),
};

/** PyTorch, unless the project's environment has the very version. */
export const pythonPeers = {
  name: "PyTorch",
  what: "pip install in bench/peers/.venv, about 1 GB",
  isDone: () => peersPython() !== undefined,
  check: () => void findPython(),
  async run() {
    const [program, ...first] = findPython();
    rmSync(venv, { recursive: true, force: true });
    await runLogged("venv", program, [...first, "-m", "venv", venv], { log: "peers-venv" });
    const pip = ["-m", "pip", "install", "--disable-pip-version-check", "-r", requirements];
    await runLogged("pip install of the peers", venvPython, pip, { log: "peers-pip" });
  },
};

let found;

/** The Python that has the PyTorch of requirements.txt: the peers' own, else the project's with its judges. */
export function peersPython() {
  found ??= [venvPython, projectPython].find(hasTorch);
  return found;
}

function hasTorch(python) {
  if (!existsSync(python)) return false;
  const [, version] = /^torch==(\S+)/m.exec(readFileSync(requirements, "utf8"));
  const program =
    "import importlib.metadata as m, numpy, sys; sys.exit(m.version('torch').split('+')[0] != sys.argv[1])";
  return spawnSync(python, ["-c", program, version], { stdio: "ignore" }).status === 0;
}
