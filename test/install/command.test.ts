import { expect } from "chai";
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { MAIN } from "../kernel/support/kernelClient";
import { Machine } from "./support";
import { needsUnix } from "../support/unix";

const usage = "Usage: receptive install [--user | --sys-prefix | --prefix DIR]\n";

describe("receptive", function () {
  let machine: Machine;
  beforeEach(function () {
    needsUnix(this);
    machine = new Machine();
  });
  afterEach(() => machine?.[Symbol.dispose]());

  describe("install", () => {
    const installed = (share: string) => {
      const text = (path: string): string => readFileSync(join(machine.root, share, path), "utf8");
      return {
        spec: JSON.parse(text("kernels/receptive/kernel.json")) as { argv: string[] },
        logo: text("kernels/receptive/logo-svg.svg"),
        script: text("labextensions/@receptive/jupyterlab/static/style.js"),
      };
    };
    const report = (share: string): string =>
      `kernelspec  ROOT/${share}/kernels/receptive\n` +
      `extension   ROOT/${share}/labextensions/@receptive/jupyterlab\n` +
      `Reload JupyterLab and choose the kernel "TypeScript (Receptive)".\n`;

    for (const [args, share] of [
      [[], "home/.local/share/jupyter"],
      [["--user"], "home/.local/share/jupyter"],
      [["--sys-prefix"], "prefix/share/jupyter"],
      [["--prefix", "ROOT/else"], "else/share/jupyter"],
      [["--prefix=ROOT/else"], "else/share/jupyter"],
    ] as const) {
      it(`${["install", ...args].join(" ")} puts kernel and extension into ${share}`, () => {
        machine.python();
        const result = machine.run(["install", ...args.map((arg) => arg.replace("ROOT", machine.root))]);
        expect(result).to.deep.equal({ code: 0, stdout: report(share), stderr: "" });
        const { spec, logo, script } = installed(share);
        expect(spec.argv).to.deep.equal([process.execPath, MAIN, "{connection_file}"]);
        expect(spec).to.deep.include({ language: "typescript", interrupt_mode: "message" });
        expect(logo).to.contain("<svg");
        expect(script).to.equal("style");
      });
    }

    it("goes where Jupyter's own settings say", () => {
      const result = machine.run(["install"], { JUPYTER_DATA_DIR: join(machine.root, "mine") });
      expect(result.stdout).to.equal(report("mine"));
    });

    it("replaces a link to a built extension without touching what it leads to", () => {
      const link = join(machine.root, "home/.local/share/jupyter/labextensions/@receptive/jupyterlab");
      machine.write("built/package.json", "keep");
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(machine.root, "built"), link);
      expect(machine.run(["install"]).code).to.equal(0);
      expect(readFileSync(join(machine.root, "built/package.json"), "utf8")).to.equal("keep");
      expect(existsSync(join(machine.root, "built/static"))).to.equal(false);
    });

    it("says that npx's cache may be emptied", () => {
      const cache = join(machine.root, "_npx/1f/node_modules/receptive");
      for (const file of ["package.json", "extension/labextension/package.json"]) {
        machine.write(join("_npx/1f/node_modules/receptive", file), '{ "version": "0.1.0" }');
      }
      expect(machine.run(["install"], { RECEPTIVE_PACKAGE_ROOT: cache }).stdout).to.contain(
        "note        ROOT/_npx/1f/node_modules/receptive is npx's cache. If npm empties it, run npx receptive install again.\n",
      );
    });
  });

  for (const [args, message] of [
    [["--prefix"], `receptive install: --prefix wants a folder. ${usage}`],
    [["--system"], `receptive install: does not know --system here. ${usage}`],
    [["--user", "--sys-prefix"], `receptive install: does not know --sys-prefix here. ${usage}`],
    [["--prefix", "a", "b"], `receptive install: does not know b here. ${usage}`],
    [
      ["--sys-prefix"],
      "receptive install: --sys-prefix needs a Python (tried python3, python). Activate the environment of your Jupyter, or set PYTHON to its Python.\n",
    ],
    [
      ["--prefix", "ROOT/package/package.json"],
      "receptive install: cannot write ROOT/package/package.json/share/jupyter/kernels/receptive (ENOTDIR). Choose a folder that you own: --user, or --prefix DIR.\n",
    ],
  ] as const) {
    it(`answers "install ${args.join(" ")}" in one line`, () => {
      const result = machine.run(["install", ...args.map((arg) => arg.replace("ROOT", machine.root))]);
      expect(result).to.deep.equal({ code: 1, stdout: "", stderr: message });
    });
  }

  it("says what is missing if the extension was not built", () => {
    machine.write("bare/package.json", '{ "version": "0.1.0" }');
    const result = machine.run(["install"], { RECEPTIVE_PACKAGE_ROOT: join(machine.root, "bare") });
    expect(result.stderr).to.equal(
      "receptive install: ROOT/bare/extension/labextension is missing. Run npm run build:extension first.\n",
    );
  });

  it("knows its commands", () => {
    expect(machine.run(["instal"]).stderr).to.equal(
      "receptive: there is no command instal. Commands: install, doctor, homework. For example: receptive install --user\n",
    );
    expect(machine.run(["doctor", "--fix"]).stderr).to.equal(
      "receptive doctor: takes no options. Usage: receptive doctor\n",
    );
    expect(machine.run(["--version"]).stdout).to.equal("0.1.0\n");
    expect(machine.run([]).stdout).to.match(/^Usage:\n {2}receptive install .*\n(.*\n)+ {2}receptive doctor\n/);
  });

  describe("doctor", () => {
    const node = `ok Node        ${process.versions.node} (NODE)\n`;
    const kernel = "ok Kernel      0.1.0 (ROOT/package)\n";
    const python = "ok Python      3.12.1 (ROOT/bin/python3)\n";
    const noGpu = 'ok GPU         none, device "cpu" does without (webgpu: no adapter)\n';
    const share = "prefix/share/jupyter";
    const spec = `ok Kernelspec  ROOT/${share}/kernels/receptive\n`;
    const extension = `ok Extension   0.1.0 (ROOT/${share}/labextensions/@receptive/jupyterlab)\n`;

    it("finds everything after an installation", () => {
      machine.python();
      machine.gpu({ mode: "webgpu", adapter: "NVIDIA H100", hardware: true, fallbackReason: null });
      machine.run(["install", "--sys-prefix"]);
      expect(machine.run(["doctor"])).to.deep.equal({
        code: 0,
        stdout: `${node}${kernel}${python}ok JupyterLab  4.6.6\n${spec}${extension}ok GPU         NVIDIA H100 (webgpu)\nEverything is there.\n`,
        stderr: "",
      });
    });

    it("says what to do on a bare machine", () => {
      expect(machine.run(["doctor"])).to.deep.equal({
        code: 1,
        stdout: `${node}${kernel}!! Python      not found (tried python3, python). Install Python 3.9 or newer from https://www.python.org, or set PYTHON to its path
!! JupyterLab  not found. It needs Python first
!! Kernelspec  not found. Run: receptive install
!! Extension   not found. Run: receptive install
${noGpu}4 of 7 need attention.
`,
        stderr: "",
      });
    });

    it("names the Python that lacks JupyterLab, and npx to those who use it", () => {
      machine.python({ lab: null, dataFolders: null });
      const { stdout } = machine.run(["doctor"], { npm_command: "exec" });
      expect(stdout).to.contain(
        '!! JupyterLab  not found. Run: ROOT/bin/python3 -m pip install "jupyterlab>=4.4"\n!! Kernelspec  not found. Run: npx receptive install\n',
      );
    });

    it("sees what is too old", () => {
      machine.python({ version: "3.8.2", lab: "4.3.9" });
      const { stdout } = machine.run(["doctor"]);
      expect(stdout).to.contain(
        `!! Python      3.8.2 (ROOT/bin/python3) is too old. Install Python 3.9 or newer, or set PYTHON to its path
!! JupyterLab  4.3.9 is too old. Run: ROOT/bin/python3 -m pip install "jupyterlab>=4.4"
`,
      );
    });

    it("sees a kernelspec whose Node or package has gone, and an extension of another version", () => {
      machine.python();
      machine.write(`${share}/kernels/receptive/kernel.json`, '{ "argv": ["/nowhere/node", "x"] }');
      machine.write(`${share}/labextensions/@receptive/jupyterlab/package.json`, '{ "version": "0.0.9" }');
      expect(machine.run(["doctor"]).stdout).to.contain(
        `!! Kernelspec  ROOT/${share}/kernels/receptive names /nowhere/node, which is gone. Run: receptive install
!! Extension   0.0.9 (ROOT/${share}/labextensions/@receptive/jupyterlab), not 0.1.0 as the kernel. Run: receptive install
${noGpu}2 of 7 need attention.
`,
      );
      machine.write(`${share}/kernels/receptive/kernel.json`, "{");
      expect(machine.run(["doctor"]).stdout).to.contain(
        `!! Kernelspec  ROOT/${share}/kernels/receptive cannot be read. Run: receptive install\n`,
      );
    });

    it("takes PYTHON's word before the PATH's", () => {
      machine.python();
      const { stdout } = machine.run(["doctor"], { PYTHON: "/nowhere/python" });
      expect(stdout).to.contain("!! Python      not found (tried /nowhere/python). Install Python 3.9");
    });
  });
});
