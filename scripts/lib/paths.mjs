import { join, relative, resolve } from "node:path";

/** The repository's root; every other path here is inside it. */
export const root = resolve(import.meta.dirname, "../..");
export const inRoot = (...parts) => join(root, ...parts);

const onWindows = process.platform === "win32";
export const venv = inRoot(".venv");
export const venvPython = onWindows ? join(venv, "Scripts", "python.exe") : join(venv, "bin", "python");

/** Logs of the last run of each step; git ignores them with the rest of dist. */
export const logFile = (name) => inRoot("dist", "logs", `${name}.log`);

/** A path as a reader of a message wants it: short if it is inside the repository. */
export const shown = (path) => relative(root, path).replaceAll("\\", "/") || ".";
