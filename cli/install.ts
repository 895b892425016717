/** `receptive install`: kernelspec and extension into a folder where Jupyter looks for them. */
import { cpSync, existsSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { KERNEL_NAME } from "../kernel/info";
import { kernelRoot } from "../kernel/packages";
import { writeKernelspec } from "./kernelspec";
import { candidates, findPython, userDataFolder } from "./python";
import { UserError } from "./userError";

export const INSTALL_USAGE = "receptive install [--user | --sys-prefix | --prefix DIR]";
export const EXTENSION_NAME = "@receptive/jupyterlab";
/** The built extension in this package. */
export const builtExtension = join(kernelRoot, "extension", "labextension");

/** @param print  gets a line for each thing that was done */
export function install(args: readonly string[], print: (line: string) => void): void {
  const target = dataFolder(args);
  if (!existsSync(join(builtExtension, "package.json"))) {
    throw new UserError(`receptive install: ${builtExtension} is missing. Run npm run build:extension first.`);
  }
  const kernelspec = join(target, "kernels", KERNEL_NAME);
  const extension = join(target, "labextensions", EXTENSION_NAME);
  try {
    writeKernelspec(kernelspec);
    // A link, as `npm start` makes it, would otherwise be followed and its target overwritten.
    rmSync(extension, { recursive: true, force: true });
    cpSync(builtExtension, extension, { recursive: true });
  } catch (error) {
    const { code, path = target } = error as NodeJS.ErrnoException;
    const why = `cannot write ${code === "EACCES" || code === "EROFS" ? dirname(path) : path} (${code})`;
    throw new UserError(`receptive install: ${why}. Choose a folder that you own: --user, or --prefix DIR.`);
  }
  print(`kernelspec  ${kernelspec}`);
  print(`extension   ${extension}`);
  if (kernelRoot.includes(`${join("_npx", "/")}`)) {
    print(`note        ${kernelRoot} is npx's cache. If npm empties it, run npx receptive install again.`);
  }
  print(`Reload JupyterLab and choose the kernel "TypeScript (Receptive)".`);
}

/** The `share/jupyter` folder that the flags mean; without flags the user's own. */
function dataFolder(args: readonly string[]): string {
  const [flag = "--user", ...rest] = args.flatMap((arg) => arg.split(/=(.*)/s).filter((part) => part !== ""));
  const [value, ...tooMuch] = rest;
  const share = (prefix: string): string => resolve(prefix, "share", "jupyter");
  if (flag === "--prefix" && value !== undefined && tooMuch.length === 0) return share(value);
  if (flag === "--prefix" && value === undefined) {
    throw new UserError(`receptive install: --prefix wants a folder. Usage: ${INSTALL_USAGE}`);
  }
  const surplus = flag === "--prefix" ? tooMuch : rest;
  if (!["--user", "--sys-prefix", "--prefix"].includes(flag) || surplus.length > 0) {
    const unknown = surplus[0] ?? flag;
    throw new UserError(`receptive install: does not know ${unknown} here. Usage: ${INSTALL_USAGE}`);
  }
  if (flag === "--user") return userDataFolder();
  const python = findPython();
  if (!python) {
    throw new UserError(
      `receptive install: --sys-prefix needs a Python (tried ${candidates().join(", ")}). ` +
        "Activate the environment of your Jupyter, or set PYTHON to its Python.",
    );
  }
  return share(python.prefix);
}
