import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { errorOf } from "../support/kernelClient";
import { withKernel } from "../support/withKernel";

describe("kernel language: today's TypeScript", function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), "receptive-modern-"));
  writeFileSync(join(folder, "data.json"), `{ "list": [3, 1, 2], "name": "digits" }`);
  const kernel = withKernel(() => ({ cwd: folder }));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const run = async (code: string): Promise<{ result: string | undefined; stdout: string }> => {
    const { reply, result, stdout } = await kernel().execute(code);
    expect(reply.status, JSON.stringify(reply)).to.equal("ok");
    return { result, stdout };
  };

  const CELLS: [code: string, result: string][] = [
    ["[3, 1, 2].toSorted((a, b) => a - b)", "[ 1, 2, 3 ]"],
    ["[1, 2, 3].toReversed().with(0, 9).toSpliced(1, 1)", "[ 9, 1 ]"],
    ["[1, 2, 3].findLast((n) => n < 3)", "2"],
    ["Float32Array.of(2, 1).toSorted()", "Float32Array(2) [ 1, 2 ]"],
    ["new WeakMap([[Symbol('a'), 1]]) instanceof WeakMap", "true"],
    [`/^[\\p{L}--[a-z]]$/v.test("A")`, "true"],
    [`"a\\ud800".isWellFormed()`, "false"],
    ["({ lr: 0.1 }) satisfies Record<string, number>", "{ lr: 0.1 }"],
    [
      "function firstOf<const T extends readonly unknown[]>(x: T): T[0] { return x[0]; } const one: 1 = firstOf([1, 2]); one",
      "1",
    ],
    ["class Box { accessor size = 3 } new Box().size", "3"],
    [`import data from "./data.json" with { type: "json" }; data.list.toSorted()`, "[ 1, 2, 3 ]"],
    ["data.name.length", "6"],
    [`(await import("./data.json", { with: { type: "json" } })).default.name`, "'digits'"],
  ];
  CELLS.push(
    ["const pair = { a: 1, b: 2, c: { d: 3 }, list: [4, 5] }; pair.a", "1"],
    ["const { a: first, b: second } = pair; [first, second, pair.b]", "[ 1, 2, 2 ]"],
    [
      "(() => { const { a: x, b: y } = pair; for (const key of ['c']) console.log(key); return [x, y, pair.a]; })()",
      "[ 1, 2, 1 ]",
    ],
    [
      "(() => { const { a: x, ...rest } = pair; return [x, Object.keys(rest), first]; })()",
      "[ 1, [ 'b', 'c', 'list' ], 1 ]",
    ],
    ["(() => { const { c: { d: deep }, list: [one] } = pair; return [deep, one, second]; })()", "[ 3, 4, 2 ]"],
    ["(() => { let x = 0, y = 0; ({ a: x, c: { d: y } } = pair); return [x, y, second]; })()", "[ 1, 3, 2 ]"],
    ["(({ a: x, b: y }: typeof pair) => [x, y, first])(pair)", "[ 1, 2, 1 ]"],
    ["let { b: later } = pair; later = first; later", "1"],
    ["[pair].map(({ a: x, list: [y] }) => ({ a: x, b: y, first }))", "[ { a: 1, b: 4, first: 1 } ]"],
  );
  for (const [code, result] of CELLS) {
    it(code, async () => expect((await run(code)).result).to.equal(result));
  }

  it("types of an import with attributes are checked in later cells", async () => {
    const { evalue } = errorOf(await kernel().execute("data.nam"));
    expect(evalue).to.contain("Did you mean 'name'?");
  });

  it("using closes at the end of a block, and outside blocks at the end of the cell", async () => {
    await run(
      `class File { constructor(readonly name: string) {} [Symbol.dispose]() { console.log("closed " + this.name); } }`,
    );
    const block = await run(`{ using file = new File("a"); console.log("open " + file.name); }\nconsole.log("after");`);
    expect(block.stdout).to.equal("open a\nclosed a\nafter\n");
    const cell = await run(`using file = new File("b");\nconsole.log("open " + file.name);`);
    expect(cell.stdout).to.equal("open b\nclosed b\n");
    const waiting = await run(
      `{ await using late = { async [Symbol.asyncDispose]() { await null; console.log("closed late"); } }; }\nconsole.log("after");`,
    );
    expect(waiting.stdout).to.equal("closed late\nafter\n");
    expect((await run("file.name")).result).to.equal("'b'");
  });

  it("using closes where a cell throws", async () => {
    const answer = await kernel().execute(`using file = new File("c");\nthrow new Error("in between");`);
    expect(answer.stdout).to.equal("closed c\n");
    expect(errorOf(answer).plain).to.match(/Error: in between\n\s+at cell\[\d+\]\.ts:2:7/);
  });

  it("kernel_info names the TypeScript that checks", async () => {
    const { reply } = await kernel().request("shell", "kernel_info_request", {});
    expect((reply.language_info as { version: string }).version).to.match(/^5\.9\./);
  });
});
