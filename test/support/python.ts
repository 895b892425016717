/** Python as a witness: PyTorch, ONNX and onnxruntime judge what we write. All of it is the project's own `.venv`. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "mocha";

const bin = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];
/** The Python of the project's environment, which holds nothing that somebody installed by hand. */
export const projectPython = join(__dirname, "../../..", ".venv", ...bin);

/** A Python program's output, given as text. @throws Error with its words on stderr if it fails */
export const python = (program: string, args: string[] = [], timeout = 240000): string =>
  run(["-c", program, ...args], timeout);

/** The same of a program in a file. */
export const pythonFile = (file: string, args: string[] = [], timeout = 240000): string =>
  run([file, ...args], timeout);

function run(args: string[], timeout: number): string {
  const run = spawnSync(projectPython, ["-W", "ignore", ...args], {
    encoding: "utf8",
    timeout,
    maxBuffer: 64 << 20,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
  });
  if (run.status !== 0) throw new Error(`${projectPython}: ${run.error?.message ?? run.stderr}`);
  return run.stdout;
}

const found = new Map<string, boolean>();

function has(name: string): boolean {
  let there = found.get(name);
  if (there === undefined) {
    const program = "import importlib.util, sys; sys.exit(importlib.util.find_spec(sys.argv[1]) is None)";
    there = existsSync(projectPython) && spawnSync(projectPython, ["-c", program, name]).status === 0;
    found.set(name, there);
  }
  return there;
}

/** Skips the running test or suite, with the reason, unless the project's Python can import all of these packages. */
export function needsPython(context: Context, ...names: string[]): void {
  const missing = names.filter((name) => !has(name));
  if (existsSync(projectPython) && missing.length === 0) return;
  const skipReason = existsSync(projectPython)
    ? `the project's .venv has no ${missing.join(", ")}: npm run judges installs it, with Python 3.11`
    : `there is no .venv: npm run setup makes it`;
  Object.assign(context.currentTest ?? context.test ?? {}, { skipReason });
  context.skip();
}
