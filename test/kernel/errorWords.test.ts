import { expect } from "chai";
import { wordsOf } from "../../kernel/output/errorWords";
import { withKernel } from "./support/withKernel";

describe("kernel: what is shown of an error", function () {
  this.timeout(60_000);
  const kernel = withKernel();

  /** The traceback without colours, and the folder of the notebook. */
  async function tracebackOf(code: string): Promise<string> {
    const { reply } = await kernel().execute(code);
    expect(reply.status, code).to.equal("error");
    const text = (reply.traceback as string[]).join("\n").replace(/\x1b\[\d+m/g, "");
    expect(text).to.include(String(reply.evalue));
    return text;
  }
  before(() => kernel().execute(`import * as fs from "node:fs"; import * as cp from "node:child_process";`));

  const SYSTEM: Record<string, string> = {
    readFileSync: `fs.readFileSync("data.csv")`,
    "fs.promises": `await fs.promises.readFile("data.csv")`,
    readdirSync: `fs.readdirSync("data")`,
    copyFileSync: `fs.copyFileSync("/dev/null", "no/such/file")`,
    "a cause": `try { fs.readFileSync("data.csv"); } catch (cause) { throw new Error("no data", { cause }); }`,
  };
  for (const [title, code] of Object.entries(SYSTEM)) {
    it(`a file that is not there, with the folder that was looked in: ${title}`, async () => {
      const text = await tracebackOf(code);
      expect(text).to.match(/ENOENT: no such file or directory, \w+ '/);
      expect(text).to.include(`Relative paths begin in ${kernel().folder}.`);
      expect(text).not.to.match(/errno|syscall/);
    });
  }

  it("of an absolute path and a command that is not there, no folder", async () => {
    for (const code of [`fs.readFileSync("/no/such/file")`, `cp.execFileSync("no-such-command")`]) {
      const text = await tracebackOf(code);
      expect(text)
        .to.include("ENOENT")
        .and.not.to.match(/errno:|syscall:|Relative/);
    }
  });

  it("of a command that failed, its status and no bytes", async () => {
    const text = await tracebackOf(`cp.execSync("echo wrong 1>&2; exit 3")`);
    expect(text).to.include("Command failed").and.include("wrong").and.include("{ status: 3 }");
    expect(text).not.to.match(/Buffer|pid|signal/);
  });

  const ASSERTIONS: Record<string, [code: string, message: string]> = {
    "a comparison": [`require("node:assert").strictEqual(1 + 1, 3)`, "2 !== 3"],
    "a deep one": [
      `require("node:assert").deepStrictEqual({ a: [1] }, { a: [2] })`,
      "Expected values to be strictly deep-equal",
    ],
    "a message of one's own": [`require("node:assert")(false, "relu: wrong")`, "AssertionError: relu: wrong\n"],
    "chai's": [
      `const path: string = ${JSON.stringify(require.resolve("chai"))};
       const chai: any = await import(path); chai.expect({ a: 1 }).to.deep.equal({ a: 2 })`,
      "expected { a: 1 } to deeply equal { a: 2 }",
    ],
  };
  for (const [title, [code, message]] of Object.entries(ASSERTIONS)) {
    it(`a failed assertion without its fields: ${title}`, async () => {
      const text = await tracebackOf(code);
      expect(text).to.include("AssertionError").and.include(message);
      expect(text).not.to.match(/generatedMessage|operator|showDiff|ERR_ASSERTION/);
    });
  }

  it("a package that is not there, with the command that installs it", async () => {
    for (const code of [`require("d3")`, `const name: string = "d3"; await import(name)`]) {
      const text = await tracebackOf(code);
      expect(text).to.include("Cannot find module 'd3'\n");
      expect(text).to.include(`(in a terminal in ${kernel().folder}): npm install d3`);
      expect(text).not.to.match(/cell\.js|requireStack|ERR_/);
    }
    expect(await tracebackOf(`require("@scope/name/part")`)).to.match(/npm install @scope\/name$/m);
    expect(await tracebackOf(`require("./helper")`)).to.include(`Relative to ${kernel().folder}.`);
  });

  it("the fields of errors of one's own", async () => {
    const text = await tracebackOf(
      `class Wrong extends Error { code = 7; path = "x"; expected = [1]; none = null; } throw new Wrong("w")`,
    );
    expect(text).to.include("{ code: 7, path: 'x', expected: [ 1 ], none: null }");
  });

  it("what Node says about arguments, without the number of the message", () => {
    const error = Object.assign(new TypeError("Invalid URL"), { code: "ERR_INVALID_URL", input: "x y" });
    expect(wordsOf(error)).to.deep.equal({ message: "Invalid URL", hint: null, fields: { input: "x y" } });
  });
});

describe("kernel: the last value of a cell", function () {
  this.timeout(60_000);
  const kernel = withKernel();

  for (const code of [
    `process.stdout.write("x")`,
    `process.stderr.write("x");`,
    `const { stdout } = process; stdout.write("x")`,
    `process.stdout.write("x") // no line end`,
    `await null; process.stdout.write("x")`,
  ]) {
    it(`is not that of a print: ${code}`, async () => {
      const { result, stdout, stderr } = await kernel().execute(code);
      expect(stdout + stderr).to.equal("x");
      expect(result).to.equal(undefined);
    });
  }

  it("is true where a method of that name is somebody else's", async () => {
    expect((await kernel().execute(`const file = { write: () => true }; file.write()`)).result).to.equal("true");
    expect((await kernel().execute(`const wrote = process.stdout.write(""); wrote`)).result).to.equal("true");
  });
});
