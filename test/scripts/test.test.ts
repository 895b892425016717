import { expect } from "chai";
import { Sandbox } from "./sandbox";
import { needsUnix } from "../support/unix";

const passing = `it("passes", () => {});`;
const failing = `it("fails", () => { throw new Error("no"); });`;
const skipping = `describe("on gpu", () => { it("waits", function () { this.test.skipReason = "no adapter"; this.skip(); }); });`;

describe("npm test", function () {
  this.timeout(30_000);
  let box: Sandbox;
  beforeEach(function () {
    needsUnix(this);
    box = new Sandbox();
    box.link("mocha");
  });
  afterEach(() => box?.[Symbol.dispose]());

  const lastLine = (text: string) => text.trimEnd().split("\n").at(-1);

  it("sums the groups and lists why tests were skipped", async () => {
    box.write("test/nn/a.test.ts", passing + skipping);
    box.write("test/kernel/b.test.ts", passing + passing);
    const { code, stdout, stderr } = await box.run("test.mjs", ["--only", "unit,kernel"]);
    expect(stderr).to.equal("");
    expect(lastLine(stdout)).to.equal("4 passed, 0 failed, 1 skipped"); // the build is one of them
    expect(stdout).to.contain("\nskipped in unit: on gpu > waits: no adapter\n");
    expect(stdout).to.match(/^kernel +\d+\.\d s {2}2 passed, 0 failed, 0 skipped$/m);
    expect(code).to.equal(0);
  });

  it("runs the next group after a failure and ends with an error", async () => {
    box.write("test/a.test.ts", failing + passing);
    box.write("test/kernel/b.test.ts", passing);
    const { code, stdout } = await box.run("test.mjs", ["--only", "unit,kernel"]);
    expect(lastLine(stdout)).to.equal("3 passed, 1 failed, 0 skipped");
    expect(code).to.equal(1);
  });

  it("counts a crash, a group without files, a group without tests and a forgotten .only as failures", async () => {
    box.write("test/a.test.ts", `it("crashes", () => process.kill(process.pid, "SIGKILL"));`);
    box.write("test/notebooks/b.test.ts", "");
    box.write("test/browser/c.test.ts", passing.replace("it(", "it.only("));
    const { code, stdout } = await box.run("test.mjs", ["--only", "unit,kernel,notebooks,browser"]);
    expect(stdout).to.match(
      /^unit .*0 passed, 1 failed, 0 skipped \(test: mocha ended before its report \(signal SIGKILL\)\)$/m,
    );
    expect(stdout).to.match(/^kernel .*1 failed, 0 skipped \(the group has no test files\)$/m);
    expect(stdout).to.match(/^notebooks .*1 failed, 0 skipped \(test\/notebooks: no test ran\)$/m);
    expect(stdout).to.match(/^browser .*1 failed, 0 skipped/m);
    expect(lastLine(stdout)).to.equal("1 passed, 4 failed, 0 skipped");
    expect(code).to.equal(1);
  });

  it("counts an error after the tests as a failure", async () => {
    box.write(
      "test/a.test.ts",
      `${passing} after(() => process.on("exit", () => process.kill(process.pid, "SIGKILL")));`,
    );
    const { stdout } = await box.run("test.mjs", ["--only", "unit"]);
    expect(stdout).to.contain("(test: mocha ended badly after its tests (signal SIGKILL))");
    expect(lastLine(stdout)).to.equal("2 passed, 1 failed, 0 skipped");
  });

  it("counts a failed compiler as a failure, shows its words, and still runs the tests", async () => {
    box.stub("node_modules/assemblyscript/bin/asc.js", `console.log("ERROR TS1: bad kernel"); process.exit(1);`);
    box.write("test/a.test.ts", passing);
    const { code, stdout } = await box.run("test.mjs", ["--only=unit"]);
    expect(stdout).to.contain("ERROR TS1: bad kernel").and.to.contain("(failed: WebAssembly)");
    expect(lastLine(stdout)).to.equal("1 passed, 1 failed, 0 skipped");
    expect(code).to.equal(1);
  });

  it("keeps its last line when the set-up fails", async () => {
    box.remove("bin/python3");
    const { code, stdout } = await box.run("test.mjs");
    expect(stdout).to.contain("No Python found (tried python3, python).");
    expect(lastLine(stdout)).to.equal("0 passed, 1 failed, 0 skipped");
    expect(code).to.equal(1);
  });

  it("does not know other groups", async () => {
    const { code, stderr } = await box.run("test.mjs", ["--only", "units"]);
    expect(stderr).to.equal(
      "npm test takes --only and names from: lint, unit, kernel, notebooks, browser, classes. For example: npm test -- --only unit\n",
    );
    expect(code).to.equal(1);
  });
});
