import { join, relative, resolve } from "node:path";

/** The repository's root; every other path here is inside it. */
export const root = resolve(import.meta.dirname, "../..");
export const inRoot = (...parts) => join(root, ...parts);

const onWindows = process.platform === "win32";
export const venv = inRoot(".venv");
/** The Python of a virtual environment. */
export const pythonIn = (folder) => (onWindows ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python"));
export const venvPython = pythonIn(venv);

/** Logs of the last run of each step; git ignores them with the rest of dist. */
export const logFile = (name) => inRoot("dist", "logs", `${name}.log`);

/** A path as a reader of a message wants it: short if it is inside the repository. */
export const shown = (path) => relative(root, path).replaceAll("\\", "/") || ".";
