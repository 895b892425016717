import { spawnSync } from "node:child_process";
import type { Context } from "mocha";

/** A Python program's output. @throws Error with its words on stderr if it fails */
export function python(program: string, args: string[] = [], timeout = 240000): string {
  const run = spawnSync("python3", ["-c", program, ...args], {
    encoding: "utf8",
    timeout,
    maxBuffer: 64 << 20,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
  });
  if (run.status !== 0) throw new Error(`python3: ${run.error?.message ?? run.stderr}`);
  return run.stdout;
}

const found = new Map<string, boolean>();

function has(name: string): boolean {
  let there = found.get(name);
  if (there === undefined) {
    const program = "import importlib.util, sys; sys.exit(importlib.util.find_spec(sys.argv[1]) is None)";
    there = spawnSync("python3", ["-c", program, name]).status === 0;
    found.set(name, there);
  }
  return there;
}

/** Skips the running test or suite, with the reason, unless python3 can import all of these packages. */
export function needsPython(context: Context, ...names: string[]): void {
  const missing = names.filter((name) => !has(name));
  if (missing.length === 0) return;
  const skipReason = `python3 cannot import ${missing.join(", ")}`;
  Object.assign(context.currentTest ?? context.test ?? {}, { skipReason });
  context.skip();
}
