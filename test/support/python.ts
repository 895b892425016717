/** Python as a witness: PyTorch, ONNX and onnxruntime judge what we write. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Context } from "mocha";

/** The project's own environment first; PyTorch, which it does not install, may be in the machine's. */
const interpreters = [join(__dirname, "../../../.venv/bin/python"), "python3"];
let chosen = interpreters[0];

/** A Python program's output, from the interpreter that `needsPython` found last. @throws Error with its words on stderr if it fails */
export function python(program: string, args: string[] = [], timeout = 240000): string {
  const run = spawnSync(chosen, ["-c", program, ...args], {
    encoding: "utf8",
    timeout,
    maxBuffer: 64 << 20,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
  });
  if (run.status !== 0) throw new Error(`${chosen}: ${run.error?.message ?? run.stderr}`);
  return run.stdout;
}

const found = new Map<string, boolean>();

function has(interpreter: string, name: string): boolean {
  const key = `${interpreter} ${name}`;
  let there = found.get(key);
  if (there === undefined) {
    const program = "import importlib.util, sys; sys.exit(importlib.util.find_spec(sys.argv[1]) is None)";
    there = spawnSync(interpreter, ["-c", program, name]).status === 0;
    found.set(key, there);
  }
  return there;
}

/** Chooses a Python that can import all of these packages; without one, skips the running test or suite with the reason. */
export function needsPython(context: Context, ...names: string[]): void {
  const able = interpreters.find((interpreter) => names.every((name) => has(interpreter, name)));
  if (able) {
    chosen = able;
    return;
  }
  const missing = names.filter((name) => !interpreters.some((interpreter) => has(interpreter, name)));
  const skipReason = `no Python here can import ${(missing.length ? missing : names).join(", ")}`;
  Object.assign(context.currentTest ?? context.test ?? {}, { skipReason });
  context.skip();
}
