/** `receptive doctor`: what of a working laboratory is found here, and what to do about the rest. */
import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { KERNEL_NAME } from "../kernel/info";
import { kernelRoot, ownFile, packageVersion } from "../kernel/packages";
import { EXTENSION_NAME } from "./install";
import { candidates, findPython, userDataFolder, type Python } from "./python";

/** One line of the report; `next` is what to do, and is there exactly if something is wrong. */
interface Finding {
  name: string;
  found: string;
  next?: string;
}

const OLDEST_PYTHON = [3, 9] as const;

/** Prints the report. @returns whether nothing is missing */
export async function doctor(print: (line: string) => void): Promise<boolean> {
  const python = findPython();
  const findings = [
    nodeFinding(),
    kernelFinding(),
    pythonFinding(python),
    jupyterFinding(python),
    kernelspecFinding(python),
    extensionFinding(python),
    await gpuFinding(),
  ];
  for (const { name, found, next } of findings) {
    print(`${next ? "!!" : "ok"} ${name.padEnd(10)}  ${found}${next ? `. ${next}` : ""}`);
  }
  const wrong = findings.filter(({ next }) => next !== undefined).length;
  print(wrong === 0 ? "Everything is there." : `${wrong} of ${findings.length} need attention.`);
  return wrong === 0;
}

/** Node's version was checked before any of this could run. */
const nodeFinding = (): Finding => ({
  name: "Node",
  found: `${process.versions.node} (${process.execPath})`,
});

function kernelFinding(): Finding {
  const name = "Kernel";
  try {
    // The one native package without which nothing works.
    require("zeromq");
    return { name, found: `${packageVersion} (${kernelRoot})` };
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split("\n");
    return {
      name,
      found: `zeromq does not load (${reason})`,
      next: "Install receptive again with the Node that runs it",
    };
  }
}

function pythonFinding(python: Python | null): Finding {
  const name = "Python";
  const wanted = `Python ${OLDEST_PYTHON.join(".")} or newer`;
  if (!python) {
    const found = `not found (tried ${candidates().join(", ")})`;
    return { name, found, next: `Install ${wanted} from https://www.python.org, or set PYTHON to its path` };
  }
  const found = `${python.version} (${python.executable})`;
  const [major = 0, minor = 0] = python.version.split(".").map(Number);
  const isOld = major < OLDEST_PYTHON[0] || (major === OLDEST_PYTHON[0] && minor < OLDEST_PYTHON[1]);
  return isOld
    ? { name, found: `${found} is too old`, next: `Install ${wanted}, or set PYTHON to its path` }
    : { name, found };
}

function jupyterFinding(python: Python | null): Finding {
  const name = "JupyterLab";
  if (!python) return { name, found: "not found", next: "It needs Python first" };
  const next = `Run: ${python.executable} -m pip install "jupyterlab>=4.4"`;
  if (python.lab === null) return { name, found: "not found", next };
  const [major = 0, minor = 0] = python.lab.split(".").map(Number);
  if (major < 4 || (major === 4 && minor < 4)) return { name, found: `${python.lab} is too old`, next };
  return { name, found: python.lab };
}

/** Where this Jupyter looks; without one, where it would find what is the user's. */
const foldersOf = (python: Python | null): string[] => python?.dataFolders ?? [userDataFolder()];
/** npx says who it is; the wheel and a global installation put the command on the PATH. */
const INSTALL = `Run: ${process.env.npm_command === "exec" ? "npx " : ""}receptive install`;

function kernelspecFinding(python: Python | null): Finding {
  const name = "Kernelspec";
  const folder = foldersOf(python)
    .map((data) => join(data, "kernels", KERNEL_NAME))
    .find((each) => existsSync(join(each, "kernel.json")));
  if (folder === undefined) return { name, found: "not found", next: INSTALL };
  const spec = readJson(join(folder, "kernel.json"));
  const argv = Array.isArray(spec?.argv) ? spec.argv.map(String) : [];
  if (argv.length === 0) return { name, found: `${folder} cannot be read`, next: INSTALL };
  // The wheel's starts with the word python, for which Jupyter puts its own.
  const lost = argv.find((part) => isAbsolute(part) && !existsSync(part));
  if (lost !== undefined) return { name, found: `${folder} names ${lost}, which is gone`, next: INSTALL };
  return { name, found: folder };
}

function extensionFinding(python: Python | null): Finding {
  const name = "Extension";
  const folder = foldersOf(python)
    .map((data) => join(data, "labextensions", EXTENSION_NAME))
    .find((each) => existsSync(join(each, "package.json")));
  if (folder === undefined) return { name, found: "not found", next: INSTALL };
  const version = String(readJson(join(folder, "package.json"))?.version);
  const found = `${version} (${folder})`;
  if (version !== packageVersion)
    return { name, found: `${found}, not ${packageVersion} as the kernel`, next: INSTALL };
  return { name, found };
}

interface Engine {
  deviceInfo(): Promise<{
    gpu: { mode: string; adapter: string | null; hardware: boolean; fallbackReason: string | null };
  }>;
}

/** No graphics card is nothing wrong: the cpu device needs none. */
async function gpuFinding(): Promise<Finding> {
  const name = "GPU";
  try {
    const { gpu } = await (require(ownFile("receptive") ?? "") as Engine).deviceInfo();
    if (gpu.hardware) return { name, found: `${gpu.adapter ?? "yes"} (${gpu.mode})` };
    return { name, found: `none, device "cpu" does without (${gpu.fallbackReason ?? gpu.mode})` };
  } catch (error) {
    return { name, found: `none, device "cpu" does without (${String((error as Error).message)})` };
  }
}

function readJson(path: string): Record<string, unknown> | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  } catch {
    return null;
  }
}
