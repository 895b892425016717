/** A made-up machine in a temporary folder: a copy of the package, a home, and stubs of Python for the command to find. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ROOT } from "../support/jupyterServer";

export interface Result {
  code: number | null;
  stdout: string;
  stderr: string;
}

export class Machine {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "receptive-machine-")));
  readonly package = join(this.root, "package");
  readonly prefix = join(this.root, "prefix");
  private readonly bin = join(this.root, "bin");

  constructor() {
    mkdirSync(this.bin);
    this.write("package/package.json", '{ "version": "0.1.0", "main": "index.js" }');
    this.write("package/extension/labextension/package.json", '{ "version": "0.1.0" }');
    this.write("package/extension/labextension/static/style.js", "style");
    this.gpu({ mode: "webasm", adapter: null, hardware: false, fallbackReason: "webgpu: no adapter" });
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  /** What the engine says of the graphics card. */
  gpu(gpu: object): void {
    this.write("package/index.js", `exports.deviceInfo = async () => (${JSON.stringify({ gpu })});`);
  }

  /** An executable on the PATH that runs `body` as JavaScript. @returns its path */
  program(name: string, body: string): string {
    const path = join(this.bin, name);
    this.write(join("bin", name), `#!${process.execPath}\n${body}`);
    chmodSync(path, 0o755);
    return path;
  }

  /** A Python that answers the probe: of the environment `prefix`, with JupyterLab unless told otherwise. */
  python(answer: object = {}): void {
    const own = {
      executable: join(this.bin, "python3"),
      version: "3.12.1",
      prefix: this.prefix,
      lab: "4.6.6",
      dataFolders: [join(this.root, "home/.local/share/jupyter"), join(this.prefix, "share/jupyter")],
    };
    this.program("python3", `console.log(${JSON.stringify(JSON.stringify({ ...own, ...answer }))});`);
  }

  /** Runs the command; the folder's name stands as ROOT in what it says. */
  run(args: string[], env: Record<string, string> = {}): Result {
    const own = { PATH: this.bin, HOME: join(this.root, "home"), RECEPTIVE_PACKAGE_ROOT: this.package };
    const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], {
      env: { ...own, ...env },
      encoding: "utf8",
    });
    const short = (text: string): string => text.replaceAll(this.root, "ROOT").replaceAll(process.execPath, "NODE");
    return { code: status, stdout: short(stdout), stderr: short(stderr) };
  }
}

const COMMAND = join(ROOT, "kernel/receptive.mjs");
