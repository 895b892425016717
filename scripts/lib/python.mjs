import { spawnSync } from "node:child_process";
import { UserError } from "./userError.mjs";

const oldest = [3, 9];
const probe =
  "import sys,importlib.util as u;print('.'.join(map(str,sys.version_info[:3])),all(map(u.find_spec,['venv','ensurepip'])))";

/**
 * The Python that makes the virtual environment, as a command and its first arguments: `PYTHON` if it is set, else the
 * first of python3, python (and `py -3` on Windows) that is new enough.
 * @throws UserError if there is none, if it is too old or if it cannot make an environment
 */
export function findPython() {
  const { PYTHON } = process.env;
  const candidates = PYTHON ? [[PYTHON]] : [["python3"], ["python"]];
  if (!PYTHON && process.platform === "win32") candidates.push(["py", "-3"]);

  const found = candidates.map(ask).filter((python) => python);
  const python = found.find((each) => each.newEnough) ?? found[0];
  if (python?.newEnough && python.makesEnvironments) return python.command;
  throw new UserError(problem(python, candidates));
}

function ask(command) {
  const [program, ...first] = command;
  const { stdout, status } = spawnSync(program, [...first, "-c", probe], { encoding: "utf8" });
  const [, version, modules] = (status === 0 && /^(\d+\.\d+\.\d+) (True|False)/.exec(stdout)) || [];
  if (!version) return undefined;
  const [major, minor] = version.split(".").map(Number);
  const newEnough = major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
  return { command, version, newEnough, makesEnvironments: modules === "True" };
}

function problem(python, candidates) {
  const { PYTHON } = process.env;
  const wanted = `Python ${oldest.join(".")} or newer`;
  if (!python && PYTHON) return `PYTHON=${PYTHON} does not run. Set PYTHON to the path of ${wanted}, or unset it.`;
  if (!python) {
    const tried = candidates.map((command) => command.join(" ")).join(", ");
    return `No Python found (tried ${tried}). Install ${wanted} from https://www.python.org, or set PYTHON to its path.`;
  }
  const name = `Python ${python.version} (${python.command.join(" ")})`;
  if (!python.newEnough) {
    return `${name} is too old: JupyterLab needs ${wanted}. Install it from https://www.python.org, or set PYTHON to its path.`;
  }
  const packageName = `python${python.version.split(".").slice(0, 2).join(".")}-venv`;
  return `${name} cannot make a virtual environment: its venv or ensurepip module is missing. On Debian and Ubuntu: sudo apt install ${packageName}.`;
}
