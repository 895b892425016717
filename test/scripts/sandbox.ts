/**
 * A small stand-in for the repository in a temporary folder: the real scripts, with stubs for npm, Python and the compilers.
 * So the set-up can be run from a fresh clone in a second, and each of its steps can be made to fail.
 */
import { spawn, type ChildProcess } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const repository = resolve(__dirname, "../../..");

export interface Result {
  code: number | string;
  stdout: string;
  stderr: string;
}
export interface RunOptions {
  env?: Record<string, string>;
  nodeFlags?: string[];
  uid?: number;
}

/** The part of a stub that all have: what they are called with goes to calls.txt. */
const stubHead = (calls: string, name: string) =>
  `#!${process.execPath}
const { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const args = process.argv.slice(2);
appendFileSync(${JSON.stringify(calls)}, ${JSON.stringify(name)} + " " + args.join(" ") + "\\n");
const write = (path, text) => { mkdirSync(dirname(path), { recursive: true }); writeFileSync(path, text); };
`;

/** A Python that answers the probe, makes environments (with itself as their Python), installs, and serves until SIGTERM. */
const pythonBody = `
if (args[0] === "-c") console.log("3.12.1 True");
if (args[1] === "venv") {
  mkdirSync(join(args[3], "bin"), { recursive: true });
  cpSync(__filename, join(args[3], "bin", "python"));
}
if (args[1] === "jupyterlab") {
  process.on("SIGTERM", () => { console.log("server stopped"); process.exit(0); });
  console.log("server started");
  setInterval(() => {}, 1000);
}
`;
const compilers = {
  // An import of shared memory, which is all that is looked at.
  "assemblyscript/bin/asc.js": `write(args[args.indexOf("--outFile") + 1], "\\x03env\\x06memory\\x02\\x03");`,
  "typescript/bin/tsc": `
    if (process.cwd().endsWith("extension")) process.exit(0);
    write("dist/.tsbuildinfo", "{}");
    write("dist/cli/kernelspec.js", "exports.installKernelspec = (d) => { d += '/share/jupyter/kernels/receptive';" +
      "require('fs').mkdirSync(d, { recursive: true }); require('fs').writeFileSync(d + '/kernel.json', '{}'); };");
    for (const file of existsSync("test") ? readdirSync("test", { recursive: true }) : [])
      if (file.endsWith(".ts")) mkdirSync(dirname("dist/test/" + file), { recursive: true }),
        cpSync("test/" + file, "dist/test/" + file.replace(/ts$/, "js"));`,
  "@rspack/core/index.js": `
    exports.rspack = ({ entry, output }) => ({
      run(done) {
        for (const name of typeof entry === "string" ? ["main"] : Object.keys(entry))
          write(join(output.path, output.filename.replace("[name]", name)), "exports.nn = 1;");
        done(null, { toJson: () => ({ errors: [], warnings: [] }) });
      },
      close: (done) => done(),
    });
    exports.rspack.DefinePlugin = exports.rspack.SwcJsMinimizerRspackPlugin = class {};`,
  "@jupyter/builder/lib/build-labextension.js": `write("labextension/package.json", "{}");`,
};
const lock = JSON.stringify({ packages: { "": {}, "node_modules/a": { version: "1.0.0" } } });

export class Sandbox {
  readonly root = mkdtempSync(join(tmpdir(), "receptive-"));
  private readonly calls = join(this.root, "calls.txt");
  private readonly bin = join(this.root, "bin");

  constructor() {
    chmodSync(this.root, 0o755);
    cpSync(join(repository, "scripts"), join(this.root, "scripts"), { recursive: true });
    // It reads what real compilers have written.
    this.write("scripts/lib/pageFiles.mjs", "export const pageFiles = () => ({});");
    this.write("package.json", '{ "version": "0.0.0" }');
    this.write("package-lock.json", lock);
    this.write("tsconfig.json", "{}");
    this.write("notebooks/browser/index.html", "");
    this.write(".mocharc.json", '{ "timeout": 2000 }');
    this.write("extension/package.json", "{}");
    this.write("src/protocol/index.ts", "");
    this.write("src/devices/cpu/index.as.ts", "");
    this.write("stubs/.package-lock.json", lock);
    for (const name of ["assemblyscript", "gpu.js", "acorn", "gpu-mock.js", "fflate", "protobufjs", "chai"])
      this.write(`stubs/${name}/package.json`, '{ "dependencies": {} }');
    for (const [path, body] of Object.entries(compilers)) this.stub(join("stubs", path), body);
    mkdirSync(this.bin);
    this.stub("bin/npm", `cpSync(${JSON.stringify(join(this.root, "stubs"))}, "node_modules", { recursive: true });`);
    this.stub("bin/python3", pythonBody);
  }

  /** Writes an executable that runs `body` as JavaScript; {@link called} tells how it was called. */
  stub(path: string, body: string): void {
    this.write(path, stubHead(this.calls, path) + body);
    chmodSync(join(this.root, path), 0o755);
  }

  /** A Python that "runs" notebooks: `source` is args[3], the executed one args[4], flags come after. */
  stubNotebooks(run: string): void {
    this.stub("bin/python3", `${pythonBody}\nif (args[0] === "-W") {\n${run}\n}`);
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  remove(path: string): void {
    rmSync(join(this.root, path), { recursive: true });
  }

  /** Makes the root read-only; {@link Symbol.dispose} still removes it. */
  protect(): void {
    chmodSync(this.root, 0o555);
  }

  /** What the stubs were called with since the last time this was asked, a line a call. */
  called(): string[] {
    const lines = existsSync(this.calls) ? readFileSync(this.calls, "utf8").trim().split("\n") : [];
    rmSync(this.calls, { force: true });
    return lines.map((line) => line.replaceAll(this.root, "ROOT"));
  }

  /** Puts a real package of the repository beside the stubs. */
  link(name: string): void {
    mkdirSync(join(this.root, "node_modules"), { recursive: true });
    cpSync(join(this.root, "stubs"), join(this.root, "node_modules"), { recursive: true });
    symlinkSync(join(repository, "node_modules", name), join(this.root, "node_modules", name));
  }

  start(script: string, args: string[], { env, nodeFlags = [], uid }: RunOptions = {}): ChildProcess {
    return spawn(process.execPath, [...nodeFlags, join(this.root, "scripts", script), ...args], {
      cwd: this.root,
      env: { PATH: this.bin, ...env },
      uid,
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  run(script: string, args: string[] = [], options: RunOptions = {}): Promise<Result> {
    return finished(this.start(script, args, options));
  }

  [Symbol.dispose](): void {
    chmodSync(this.root, 0o755);
    rmSync(this.root, { recursive: true, force: true });
  }
}

export function finished(child: ChildProcess): Promise<Result> {
  const text = { stdout: "", stderr: "" };
  child.stdout?.on("data", (data) => (text.stdout += String(data)));
  child.stderr?.on("data", (data) => (text.stderr += String(data)));
  return new Promise((settle, reject) => {
    child.on("error", reject).on("close", (code, signal) => settle({ code: code ?? signal ?? "?", ...text }));
  });
}
