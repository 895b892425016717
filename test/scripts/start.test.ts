import { expect } from "chai";
import { execSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { finished, Sandbox, type Result, type RunOptions } from "./sandbox";
import { needsUnix } from "../support/unix";

describe("npm start", function () {
  let box: Sandbox;
  beforeEach(function () {
    needsUnix(this);
    box = new Sandbox();
  });
  afterEach(() => box?.[Symbol.dispose]());

  /** Starts, waits for the server, stops it with a signal as Ctrl-C does. */
  async function startAndStop(args: string[] = [], options?: RunOptions): Promise<Result> {
    const child = box.start("start.mjs", args, options);
    const result = finished(child);
    child.stdout?.on("data", (data) => {
      if (String(data).includes("server started")) child.kill("SIGINT");
    });
    return result;
  }

  async function expectError(message: string, args: string[] = [], options?: RunOptions): Promise<void> {
    const { code, stderr } = await box.run("start.mjs", args, options);
    expect(stderr).to.equal(`${message}\n`);
    expect(code).to.equal(1);
  }

  it("does every step on a fresh clone, once, and ends cleanly on Ctrl-C", async () => {
    const first = await startAndStop(["--no-browser", "--debug"]);
    expect(first.stderr).to.equal("");
    expect(first.code).to.equal(0);
    expect(first.stdout).to.match(/server started\nserver stopped\n$/);
    const calls = box.called();
    expect(calls.map((line) => line.split(" ").slice(0, 3).join(" "))).to.deep.equal([
      "bin/python3 -c import",
      "bin/npm ci --ignore-scripts",
      "stubs/assemblyscript/bin/asc.js src/devices/cpu/index.as.ts --outFile",
      "stubs/assemblyscript/bin/asc.js src/devices/cpu/index.as.ts --outFile",
      "stubs/typescript/bin/tsc -p .",
      "stubs/@rspack/core/index.js --no-browser --debug",
      "stubs/typescript/bin/tsc -p .",
      "stubs/@jupyter/builder/lib/build-labextension.js --core-package-file ROOT/node_modules/@jupyterlab/core-meta/core.package.json",
      "bin/python3 -c import",
      "bin/python3 -m venv",
      "bin/python3 -m pip",
      "bin/python3 -m jupyterlab",
    ]);
    expect(calls.at(-1))
      .to.contain("--ServerApp.root_dir=ROOT/notebooks --LabApp.default_url=/lab/tree/my/index.md")
      .and.to.match(/--no-browser --debug$/);

    const second = await startAndStop();
    expect(box.called().map((line) => line.split(" ").slice(0, 3).join(" "))).to.deep.equal([
      "bin/python3 -m jupyterlab",
    ]);
    expect(second.stdout.match(/^\[\d+\/11\] .*: up to date$/gm)).to.have.length(11);
  });

  it("lets npm install a package beside a notebook, and the project's own files stay as they are", async () => {
    box.write("package.json", `{ "name": "project", "private": true, "workspaces": ["extension"] }`);
    box.write(".gitignore", readFileSync(resolve(__dirname, "../../../.gitignore"), "utf8"));
    box.write("notebooks/lectures/01-first-net.ipynb", "{}");
    box.write("elsewhere/package.json", `{ "name": "charts", "version": "1.0.0" }`);
    await startAndStop();
    const run = (command: string, folder = "."): string =>
      execSync(command, { cwd: join(box.root, folder), encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
    run(`git init -q && git add -A && git -c user.name=a -c user.email=a@b.c commit -qm all`);
    expect(run("git ls-files notebooks")).not.to.include("package.json");

    run("npm install ../../elsewhere --offline --no-audit --no-fund", "notebooks/lectures");
    expect(run("git status --porcelain")).to.equal("");
    const found = `require("node:module").createRequire(process.cwd() + "/cell.js").resolve("charts/package.json")`;
    expect(run(`node -p '${found}'`, "notebooks/lectures")).to.include("elsewhere");
    // What was installed is not forgotten by the next start.
    await startAndStop();
    expect(readFileSync(join(box.root, "notebooks/package.json"), "utf8")).to.include(`"charts"`);
  });

  it("does again only what a change asks for", async () => {
    await startAndStop();
    box.called();
    box.write("src/protocol/index.ts", "changed");
    const { stdout } = await startAndStop();
    expect(stdout.match(/^\[.*(?= \.\.\. )/gm)).to.deep.equal([
      "[3/11] TypeScript: tsc",
      "[5/11] extension: tsc and Rspack",
    ]);
  });

  it("refuses an old Node", async () => {
    const pretend = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "18.20.8" } });`;
    await expectError(
      "Node 18.20.8 is too old: Receptive needs Node 20.19 or newer (of the 22 line, 22.12 or newer). " +
        "Install it from https://nodejs.org and run this command again.",
      [],
      { nodeFlags: ["--import", `data:text/javascript,${encodeURIComponent(pretend)}`] },
    );
  });

  it("says that there is no Python", async () => {
    box.remove("bin/python3");
    await expectError(
      "No Python found (tried python3, python). Install Python 3.9 or newer from https://www.python.org, or set PYTHON to its path.",
    );
    expect(box.called()).to.deep.equal([]);
  });

  it("says that PYTHON does not run", () =>
    expectError(
      "PYTHON=/nowhere/python does not run. Set PYTHON to the path of Python 3.9 or newer, or unset it.",
      [],
      {
        env: { PYTHON: "/nowhere/python" },
      },
    ));

  it("says that Python is too old", async () => {
    box.stub("bin/python3", `console.log("3.8.10 True");`);
    await expectError(
      "Python 3.8.10 (python3) is too old: JupyterLab needs Python 3.9 or newer. " +
        "Install it from https://www.python.org, or set PYTHON to its path.",
    );
  });

  it("takes python if python3 is too old", async () => {
    box.stub("bin/python3", `console.log("3.8.10 True");`);
    box.stub("bin/python", `if (args[0] === "-c") console.log("3.13.0 True"); else process.exit(1);`);
    const { stderr } = await box.run("start.mjs");
    expect(stderr).to.match(/^python -m venv failed: /);
  });

  it("says that Python lacks venv", async () => {
    box.stub("bin/python3", `console.log("3.11.2 False");`);
    await expectError(
      "Python 3.11.2 (python3) cannot make a virtual environment: its venv or ensurepip module is missing. " +
        "On Debian and Ubuntu: sudo apt install python3.11-venv.",
    );
  });

  it("says that npm found no network", async () => {
    box.stub(
      "bin/npm",
      `console.error("npm error code ENOTFOUND\\nnpm error network request failed"); process.exit(1);`,
    );
    await expectError(
      "npm ci failed: no network (ENOTFOUND). Connect to the internet and run this command again. " +
        "The log is at dist/logs/npm-ci.log.",
    );
  });

  it("says what else npm found", async () => {
    box.stub(
      "bin/npm",
      `console.error("npm error code EUSAGE\\nnpm error\\nnpm error The lock file does not fit."); process.exit(1);`,
    );
    await expectError("npm ci failed: The lock file does not fit. The log is at dist/logs/npm-ci.log.");
  });

  it("says that npm is not there", async () => {
    box.remove("bin/npm");
    await expectError("npm ci failed: npm does not run (ENOENT). Is it on the PATH?");
  });

  it("says that pip found no network", async () => {
    const pip = `if (args[1] === "pip") { console.log("Retrying after NewConnectionError: x"); process.exit(1); }`;
    box.stub(
      "bin/python3",
      `${pip}
      if (args[0] === "-c") console.log("3.12.1 True");
      if (args[1] === "venv") mkdirSync(args[3] + "/bin", { recursive: true }), cpSync(__filename, args[3] + "/bin/python");`,
    );
    await expectError(
      "pip install failed: no network (NewConnectionError). Connect to the internet and run this command again. " +
        "The log is at dist/logs/pip-install.log.",
    );
  });

  it("says what the compiler found", async () => {
    box.stub("stubs/typescript/bin/tsc", `console.log("src/a.ts(1,2): error TS2322: No."); process.exit(2);`);
    await expectError("tsc failed: src/a.ts(1,2): error TS2322: No. The log is at dist/logs/tsc.log.");
  });

  it("says that the port is in use, before anything else", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    try {
      for (const flags of [["--port", String(port)], [`--port=${port}`]]) {
        await expectError(
          `Port ${port} is in use. Stop what uses it, or choose another: npm start -- --port ${port + 1}.`,
          flags,
        );
      }
      expect(box.called()).to.deep.equal([]);
    } finally {
      server.close();
    }
  });

  it("says that it cannot write", async () => {
    // Root may write anywhere, so root's tests become nobody for this.
    const uid = process.getuid?.() === 0 ? 65534 : undefined;
    box.protect();
    await expectError(
      `Cannot write in ${box.root} (EACCES). Move the project to a folder that you own, or change its permissions.`,
      [],
      { uid },
    );
  });

  it("passes a JupyterLab that fails on", async () => {
    box.stub(
      "bin/python3",
      `if (args[0] === "-c") console.log("3.12.1 True");
      if (args[1] === "venv") mkdirSync(args[3] + "/bin", { recursive: true }), cpSync(__filename, args[3] + "/bin/python");
      if (args[1] === "jupyterlab") process.exit(7);`,
    );
    expect(await box.run("start.mjs")).to.include({ code: 7 });
  });
});
