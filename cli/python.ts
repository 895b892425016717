/** The user's Python, asked once for what Jupyter it has and where that looks for kernels and extensions. */
import { spawnSync } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";

export interface Python {
  /** Path of the interpreter. */
  executable: string;
  version: string;
  /** `sys.prefix`: the environment's folder. */
  prefix: string;
  /** JupyterLab's version; null if it is not installed. */
  lab: string | null;
  /** Where Jupyter looks for kernels and extensions, first the first; null without Jupyter. */
  dataFolders: string[] | null;
}

const PROBE = `
import json, sys
from importlib.metadata import PackageNotFoundError, version
def have(ask):
    try: return ask()
    except (ImportError, PackageNotFoundError): return None
def folders():
    from jupyter_core.paths import jupyter_path
    return jupyter_path()
print(json.dumps(dict(executable=sys.executable, version=".".join(map(str, sys.version_info[:3])), prefix=sys.prefix,
    lab=have(lambda: version("jupyterlab")), dataFolders=have(folders))))
`;

/** Programs that may be the Python; `PYTHON` decides, if it is set. */
export function candidates(): string[] {
  const { PYTHON } = process.env;
  return PYTHON ? [PYTHON] : ["python3", "python"];
}

/** The first Python on the PATH that has Jupyter, else the first that runs; null if none does. */
export function findPython(): Python | null {
  const found = candidates()
    .map(ask)
    .filter((python) => python !== null);
  return found.find(({ dataFolders }) => dataFolders !== null) ?? found[0] ?? null;
}

function ask(program: string): Python | null {
  const { status, stdout } = spawnSync(program, ["-c", PROBE], { encoding: "utf8", timeout: 30_000 });
  if (status !== 0) return null;
  try {
    return JSON.parse(stdout) as Python;
  } catch {
    return null;
  }
}

/** The folder in which Jupyter keeps what belongs to this user, by Jupyter's own rules. */
export function userDataFolder(): string {
  const { JUPYTER_DATA_DIR, APPDATA, XDG_DATA_HOME } = process.env;
  if (JUPYTER_DATA_DIR) return JUPYTER_DATA_DIR;
  if (process.platform === "darwin") return join(homedir(), "Library", "Jupyter");
  if (process.platform === "win32" && APPDATA) return join(APPDATA, "jupyter");
  return join(XDG_DATA_HOME || join(homedir(), ".local", "share"), "jupyter");
}
