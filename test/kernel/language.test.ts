import { expect } from "chai";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { errorOf, KernelClient } from "./support/kernelClient";
// Ends kernels that a failing test leaves behind.
import "./support/withKernel";

describe("kernel: language", function () {
  this.timeout(60_000);
  let kernel: KernelClient;
  let folder: string;

  /** Writes a file below the test's folder. */
  function write(path: string, text: string): void {
    const file = join(folder, path);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, text);
  }

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "receptive-lang-"));
    // A stand-in for our package: the kernel leads `receptive` to whatever package it is told to be part of.
    write(
      "package/package.json",
      `{ "version": "9.9.9", "main": "dist/src/index.js", "types": "dist/src/index.d.ts" }`,
    );
    write(
      "package/dist/src/index.d.ts",
      `import { Tensor } from "./tensor";\nexport { Tensor };\n/** Makes a tensor. */\nexport declare function tensor(data: number[], options?: { dtype?: string }): Tensor;\nexport declare const nn: { Conv2d: new (inChannels: number, outChannels: number) => { weight: Tensor } };`,
    );
    write("package/dist/src/tensor.d.ts", `export declare class Tensor { readonly shape: number[]; sum(): Tensor; }`);
    write(
      "package/dist/src/index.js",
      `class Tensor { constructor(d) { this.shape = [d.length]; } sum() { return new Tensor([0]); } }
       exports.Tensor = Tensor; exports.tensor = (d) => { if (d.length > 9) fail(); return new Tensor(d); };
       function fail() { throw new Error("tensor: too long"); }
       exports.nn = { Conv2d: class { constructor() { this.weight = new Tensor([1, 2]); } } };`,
    );
    write(
      "notebooks/helper.ts",
      `export const version: number = 1;\nexport function fail() {\n  throw new Error("in the helper");\n}\n`,
    );
    write("notebooks/plain.js", `exports.plain = (x) => x + 1;`);
    write(
      "notebooks/node_modules/leftpad/package.json",
      `{ "name": "leftpad", "version": "1.0.0", "main": "i.js", "types": "i.d.ts" }`,
    );
    write("notebooks/node_modules/leftpad/i.js", `exports.pad = (s) => " " + s;`);
    write("notebooks/node_modules/leftpad/i.d.ts", `export declare function pad(s: string): string;`);
    kernel = await KernelClient.start({
      cwd: join(folder, "notebooks"),
      env: { RECEPTIVE_PACKAGE_ROOT: join(folder, "package") },
    });
  });
  after(async () => {
    await kernel.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const result = async (code: string): Promise<string | undefined> => {
    const answer = await kernel.execute(code);
    expect(answer.reply.status, JSON.stringify(answer.reply)).to.equal("ok");
    return answer.result;
  };
  const complete = async (code: string, cursor = [...code].length): Promise<Record<string, unknown>> =>
    (await kernel.request("shell", "complete_request", { code, cursor_pos: cursor })).reply;
  const inspect = async (code: string, cursor = [...code].length): Promise<Record<string, unknown>> =>
    (await kernel.request("shell", "inspect_request", { code, cursor_pos: cursor, detail_level: 0 })).reply;

  describe(`import from "receptive"`, () => {
    it("works with types from a folder without node_modules of its own for it", async () => {
      expect(await result(`import { nn, Tensor, tensor } from "receptive"; tensor([1, 2, 3]).shape`)).to.equal("[ 3 ]");
      expect(await result(`const conv = new nn.Conv2d(3, 6); const w: Tensor = conv.weight; w.shape`)).to.equal(
        "[ 2 ]",
      );
      expect(await result(`import * as R from "receptive"; R.tensor === tensor`)).to.equal("true");
    });

    it("reports wrong types", async () => {
      const { evalue } = errorOf(await kernel.execute(`tensor("text")`));
      expect(evalue).to.contain("not assignable to parameter of type 'number[]'");
      expect(errorOf(await kernel.execute(`tensor([1]).shap`)).evalue).to.contain("Did you mean 'shape'?");
    });

    it("keeps the type of a variable whose type was never imported", async () => {
      await result(`import { tensor as make } from "receptive"; const inferred = make([1]).sum();`);
      expect((await complete("inferred.")).matches).to.include.members(["shape", "sum"]);
    });

    it("folds frames of the package out of the traceback", async () => {
      const { plain } = errorOf(await kernel.execute(`\ntensor([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])`));
      expect(plain).to.match(
        /^Error: tensor: too long\n.*2 more inside the library\n\s+at cell\[\d+\]\.ts:2:\d+\n {2}1 \| \n> 2 \| tensor\(.*\n {4}\| \s+\^$/,
      );
    });
  });

  it("reads TypeScript and JavaScript beside the notebook, and packages of its folder", async () => {
    expect(await result(`import { version, fail } from "./helper"; version + 1`)).to.equal("2");
    expect(errorOf(await kernel.execute("fail()")).plain).to.match(/helper\.ts:3:9/);
    expect(await result(`import { plain } from "./plain"; plain(1)`)).to.equal("2");
    expect(await result(`import { pad } from "leftpad"; pad("x")`)).to.equal("' x'");
    expect(await result(`import { readFileSync } from "fs"; typeof readFileSync`)).to.equal("'function'");
    expect(await result(`const path = await import("node:path"); path.basename("/a/b")`)).to.equal("'b'");
  });

  it("sees a changed and a new file at the next cell", async () => {
    expect(errorOf(await kernel.execute(`import { fresh } from "./fresh"`)).evalue).to.contain("Cannot find module");
    write("notebooks/fresh.ts", `export const fresh = "new";`);
    expect(await result(`import { fresh } from "./fresh"; fresh`)).to.equal("'new'");
    await new Promise((done) => setTimeout(done, 20));
    write("notebooks/fresh.ts", `export const fresh = 12345;`);
    expect(await result(`import { fresh } from "./fresh"; fresh + 1`)).to.equal("12346");
  });

  it("knows Node's types and the kernel's globals in every folder", async () => {
    expect(await result(`const t: NodeJS.Timeout = setTimeout(() => {}, 1); typeof process.pid`)).to.equal("'number'");
    expect(errorOf(await kernel.execute(`display()`)).evalue).to.contain("Expected 1-2 arguments");
    expect(errorOf(await kernel.execute(`describe("x", () => {})`)).evalue).to.contain("Cannot find name 'describe'");
  });

  describe("complete", () => {
    it("offers members, names of earlier cells and what an import exports", async () => {
      await result(`const someTensor = 5; const wide = { alpha: 1, beta: 2 };`);
      expect((await complete("someTe")).matches).to.deep.equal(["someTensor"]);
      expect((await complete("wide.")).matches).to.deep.equal(["alpha", "beta"]);
      expect((await complete(`import { ten } from "receptive"`, 12)).matches).to.include("tensor");
    });

    it("gives the range in code points and the kind of each match", async () => {
      const reply = await complete("/* 😀 */ wide.al");
      expect(reply).to.deep.include({ status: "ok", matches: ["alpha"], cursor_start: 13, cursor_end: 15 });
      const types = (reply.metadata as Record<string, unknown>)._jupyter_types_experimental;
      expect(types).to.deep.equal([{ text: "alpha", type: "property", start: 13, end: 15 }]);
    });

    it("answers in half-written code", async () => {
      expect((await complete("if (wide.")).matches).to.deep.equal(["alpha", "beta"]);
      expect((await complete("")).status).to.equal("ok");
    });
  });

  describe("inspect", () => {
    it("explains a name with its type and its doc comment", async () => {
      await result(`import { tensor } from "receptive"`);
      const reply = await inspect("tensor", 3);
      const data = reply.data as Record<string, string>;
      expect(reply.found).to.equal(true);
      expect(data["text/plain"]).to.contain("function tensor(data: number[]").and.contain("Makes a tensor.");
      expect(data["text/markdown"]).to.contain("```typescript");
    });

    it("explains the function whose arguments are being written", async () => {
      for (const code of ["tensor(", "tensor([1, 2], "]) {
        const data = (await inspect(code)).data as Record<string, string>;
        expect(data["text/plain"], code).to.contain("tensor(data: number[]");
      }
    });

    it("says when there is nothing", async () => {
      expect(await inspect("   ", 1)).to.deep.include({ status: "ok", found: false });
    });
  });

  it("says whether a cell is complete", async () => {
    const ask = async (code: string): Promise<unknown> =>
      (await kernel.request("shell", "is_complete_request", { code })).reply;
    expect(await ask("1 + 1")).to.deep.equal({ status: "complete" });
    expect(await ask("await Promise.resolve(1)")).to.deep.equal({ status: "complete" });
    expect(await ask("function f() {\n  if (a) {")).to.deep.equal({ status: "incomplete", indent: "    " });
    expect(await ask("`open")).to.deep.include({ status: "incomplete" });
    expect(await ask("const = 3")).to.deep.equal({ status: "invalid" });
  });

  it("keeps a history", async () => {
    const ask = async (content: Record<string, unknown>): Promise<unknown[][]> =>
      (await kernel.request("shell", "history_request", { raw: true, output: false, ...content })).reply
        .history as unknown[][];
    await result("1000 + 1");
    await result("1000 + 2");
    await result("1000 + 1");
    const tail = await ask({ hist_access_type: "tail", n: 2 });
    expect(tail.map((entry) => entry[2])).to.deep.equal(["1000 + 2", "1000 + 1"]);
    const found = await ask({ hist_access_type: "search", pattern: "1000*", n: 10, unique: true });
    expect(found.map((entry) => entry[2])).to.deep.equal(["1000 + 2", "1000 + 1"]);
    const line = Number(tail[0]?.[1]);
    const range = await ask({
      hist_access_type: "range",
      session: 0,
      start: line,
      stop: line + 1,
      output: true,
    });
    expect(range).to.deep.equal([[0, line, ["1000 + 2", "1002"]]]);
  });
});
