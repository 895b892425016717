import { expect } from "chai";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VARIABLES_TARGET } from "../../../src/protocol";
import type { JsonObject } from "../../../kernel/json";
import { errorOf, sleep } from "../support/kernelClient";
import { withKernel } from "../support/withKernel";

/** What people type who come from IPython, and the words that must be in the answer. */
const HINTS: [code: string, says: string][] = [
  ["%timeit 1 + 1", "Write await timeit(() => ...) instead."],
  ["%%time\nf()", "Write await timeit(() => ...) instead."],
  ["// first\n\n%whos", "Write variables() instead."],
  ["%reset -f", "Write reset() instead."],
  ["%matplotlib inline", "Leave the line out"],
  ["!ls -l", `execSync("ls -l", { encoding: "utf8" })`],
  ["!pip install x", "execSync"],
  ["?Math.max", `Write help("Math.max") instead.`],
  ["Math.max??", `Write help("Math.max") instead.`],
];

/** Errors that no cell is waiting for. */
const LOST: [title: string, code: string][] = [
  ["a timer", `setTimeout(() => { throw new Error("lost"); }, 5)`],
  ["an interval", `const iv = setInterval(() => { clearInterval(iv); throw new Error("lost"); }, 5)`],
  ["an immediate", `setImmediate(() => { throw new Error("lost"); })`],
  ["a microtask", `queueMicrotask(() => { throw new Error("lost"); })`],
  ["a tick", `process.nextTick(() => { throw new Error("lost"); })`],
  ["a file's callback", `require("node:fs").readFile("/", () => { throw new Error("lost"); })`],
  ["an emitter", `setTimeout(() => new (require("node:events"))().emit("error", new Error("lost")), 5)`],
  ["a promise", `Promise.reject(new Error("lost"))`],
  ["an async function", `(async () => { await 0; await 0; throw new Error("lost"); })()`],
  ["a promise after a timer", `setTimeout(() => Promise.reject(new Error("lost")), 5)`],
];

describe("kernel protocol: tools of a cell", function () {
  this.timeout(60_000);
  let folder: string;
  const kernel = withKernel(() => {
    folder = mkdtempSync(join(tmpdir(), "receptive-tools-"));
    const write = (path: string, text: string): void => {
      mkdirSync(join(folder, path, ".."), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    const manifest = { name: "modern", version: "1.0.0", type: "module" };
    const exported = { ".": { types: "./i.d.ts", import: "./i.js" } };
    write("node_modules/modern/package.json", JSON.stringify({ ...manifest, exports: exported }));
    write(
      "node_modules/modern/i.js",
      `export const one = 1; export default (n) => "hello " + n; export let count = 0; export const add = () => ++count;`,
    );
    write(
      "node_modules/modern/i.d.ts",
      `export declare const one: number; declare const hello: (n: string) => string; export default hello; export declare let count: number; export declare function add(): number;`,
    );
    write("node_modules/waits/package.json", JSON.stringify({ ...manifest, name: "waits", exports: "./i.mjs" }));
    write("node_modules/waits/i.mjs", `export const later = await Promise.resolve(5);`);
    write("node_modules/waits/i.d.mts", `export declare const later: number;`);
    write(
      "lib.ts",
      `import hello from "modern";\nexport const greeting: string = hello("file");\nexport async function wait(): Promise<number> {\n  return (await import("waits")).later;\n}\n`,
    );
    return { cwd: folder };
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const result = async (code: string): Promise<string | undefined> => {
    const answer = await kernel().execute(code);
    expect(answer.reply.status, JSON.stringify(answer.reply)).to.equal("ok");
    return answer.result;
  };

  for (const [code, says] of HINTS) {
    it(`${JSON.stringify(code)} gets a hint`, async () => {
      const { ename, evalue } = errorOf(await kernel().execute(code));
      expect(ename).to.equal("SyntaxError");
      expect(evalue).to.contain("TypeScript").and.contain(says);
    });
  }

  it("TypeScript that looks alike is left alone", async () => {
    await result("const flag = false, list = [5], y = 3");
    expect(await result("!flag")).to.equal("true");
    expect(await result("!list.length")).to.equal("false");
    expect(await result("(7\n%y)")).to.equal("1");
  });

  describe("errors in the background go to the cell that started them", () => {
    for (const [title, code] of LOST) {
      it(`from ${title}`, async () => {
        const first = await kernel().start(`${code}; 0`);
        await first.answer;
        const second = await kernel().execute("await new Promise((r) => setTimeout(r, 40)); 'mine'");
        await kernel().until(() =>
          kernel()
            .of(first.id)
            .some((m) => m.content.name === "stderr"),
        );
        const text = kernel()
          .of(first.id)
          .map((m) => String(m.content.text ?? ""))
          .join("");
        expect(text).to.contain("Uncaught").and.contain("lost");
        expect(second.stderr + second.stdout).to.equal("");
        expect(second.result).to.equal("'mine'");
      });
    }
  });

  describe("timeit", () => {
    it("measures a function and shows it in one line", async () => {
      const text = await result(`await timeit(() => Math.sqrt(2), { seconds: 0.1 })`);
      expect(text).to.match(
        /^[\d.e+]+ (ns|µs|ms) ± [\d.e+]+ (ns|µs|ms) a call \(best .*; \d rounds, \d+ calls each\)$/,
      );
    });

    it("awaits promises, and its numbers are milliseconds", async () => {
      const mean = Number(
        await result(`(await timeit(() => new Promise((r) => setTimeout(r, 20)), { seconds: 0.2 })).mean`),
      );
      expect(mean).to.be.within(15, 500);
    });

    it("passes errors on, and refuses what is no function", async () => {
      expect((await kernel().execute(`await timeit(() => { throw new Error("in it"); })`)).reply.evalue).to.equal(
        "in it",
      );
      expect((await kernel().execute(`await timeit(5 as any)`)).reply.evalue).to.contain("expected a function");
    });

    it("can be interrupted", async () => {
      const { id, answer } = await kernel().start(
        `console.log("go"); await timeit(() => { for (let i = 0; i < 1e6; i++); }, { seconds: 60 })`,
      );
      await kernel().printed(id, "go");
      await kernel().request("control", "interrupt_request");
      expect((await answer).reply.ename).to.equal("Interrupted");
    });
  });

  describe("variables", () => {
    it("are listed with type, size and preview, imports left out", async () => {
      await result(`import { join } from "node:path"; reset()`);
      await result(`import { basename } from "node:path";
        const list = [1, 2, 3]; let text = "abc"; class Box {} const tensor = { shape: [2, 3] };
        function f(): void {} const called = Object.setPrototypeOf(() => 1, Box.prototype); const box = new Box(); const none = null;`);
      const { outputs } = await kernel().execute("JSON.stringify(variables().map((v) => [v.name, v.type, v.size]))");
      const text = (outputs[0]?.content.data as Record<string, string>)["text/plain"] ?? "";
      expect(JSON.parse(text.slice(1, -1))).to.have.deep.members([
        ["list", "Array", "3 items"],
        ["text", "string", "3 characters"],
        ["Box", "class", ""],
        ["tensor", "Object", "2 x 3"],
        ["f", "function", ""],
        ["called", "Box", ""],
        ["box", "Box", ""],
        ["none", "null", ""],
      ]);
    });

    it("are a table as the last line of a cell", async () => {
      const { outputs } = await kernel().execute("variables()");
      expect((outputs[0]?.content.data as Record<string, string>)["text/html"]).to.contain(">preview</th>");
    });

    it("travel over a comm: on opening, on request and after each cell", async () => {
      const tell = async (type: string, content: JsonObject): Promise<JsonObject[]> => {
        const id = await kernel().send("shell", type, content);
        await kernel().isIdle(id);
        return kernel()
          .of(id)
          .filter((m) => m.header.msg_type === "comm_msg")
          .map((m) => m.content.data as JsonObject);
      };
      const [first] = await tell("comm_open", { comm_id: "v", target_name: VARIABLES_TARGET, data: {} });
      expect((first?.variables as JsonObject[]).map(({ name }) => name)).to.include("tensor");
      const [second] = await tell("comm_msg", { comm_id: "v", data: { request: 5 } });
      expect(second?.request).to.equal(5);
      const { outputs } = await kernel().execute("const added = 1");
      const pushed = outputs.find((m) => m.header.msg_type === "comm_msg")?.content.data as JsonObject;
      expect((pushed.variables as JsonObject[]).find(({ name }) => name === "added")).to.deep.equal({
        name: "added",
        type: "number",
        size: "",
        preview: "1",
      });
      await kernel().send("shell", "comm_close", { comm_id: "v", data: {} });
      expect((await kernel().execute("const quiet = 1")).outputs).to.have.length(0);
    });

    it("are forgotten by reset, types included", async () => {
      await result("const doomed = 1; interface Doomed { a: number }");
      await result("reset()");
      expect(errorOf(await kernel().execute("doomed")).evalue).to.contain("Cannot find name 'doomed'.\n");
      expect(errorOf(await kernel().execute("let d: Doomed;")).evalue).to.contain("Cannot find name 'Doomed'");
      expect(await result("const doomed = 'again'; doomed")).to.equal("'again'");
      expect(await result("variables().length")).to.equal("1");
    });
  });

  it("help shows type and description in the pager", async () => {
    const { reply, outputs } = await kernel().execute(`help("Math.max")`);
    const [page] = reply.payload as { source: string; start: number; data: Record<string, string> }[];
    expect(page).to.deep.include({ source: "page", start: 0 });
    expect(page?.data["text/plain"]).to.contain("Math.max(...values: number[]): number");
    expect(outputs).to.have.length(0);
    expect((await kernel().execute(`help("nobody.knows")`)).reply.evalue).to.contain(
      `help: nothing is known about "nobody.knows"`,
    );
    expect((await kernel().execute("1")).reply.payload).to.deep.equal([]);
  });

  describe("modules", () => {
    it("an ESM-only package is imported with its types", async () => {
      expect(await result(`import hello, { one } from "modern"; hello("x") + one`)).to.equal("'hello x1'");
      expect(errorOf(await kernel().execute(`hello(5)`)).evalue).to.contain("not assignable to parameter");
    });

    it("its exports stay live, and import() gives the same module", async () => {
      expect(await result(`import { add } from "modern"; const m = await import("modern"); add(); m.count`)).to.equal(
        "1",
      );
    });

    it("a package with top-level await is imported, statically and by import()", async () => {
      expect(await result(`import { later } from "waits"; later`)).to.equal("5");
      expect(await result(`(await import("waits")).later`)).to.equal("5");
    });

    it("a TypeScript file beside the notebook imports such packages, too", async () => {
      expect(await result(`import { greeting, wait } from "./lib"; greeting + (await wait())`)).to.equal(
        "'hello file5'",
      );
    });

    it("import() of Node's own modules and of the notebook's files works", async () => {
      expect(await result(`const { basename: base } = await import("node:path"); base("/a/b")`)).to.equal("'b'");
      expect(await result(`(await import("./lib")).greeting`)).to.equal("'hello file'");
    });

    it("what cannot be found is an error of types", async () => {
      expect(errorOf(await kernel().execute(`import x from "nowhere"`)).evalue).to.contain(
        "Cannot find module 'nowhere'",
      );
    });
  });

  describe("completion and inspection", () => {
    const complete = async (code: string, at = code.length): Promise<JsonObject> =>
      (await kernel().request("shell", "complete_request", { code, cursor_pos: at })).reply;

    it("offers members after a dot with their kinds", async () => {
      await result(`const point = { width: 1, grow() {} }`);
      const reply = await complete("point.");
      expect(reply.matches).to.deep.equal(["grow", "width"]);
      const types = (reply.metadata as JsonObject)._jupyter_types_experimental as JsonObject[];
      expect(types.map(({ type }) => type)).to.deep.equal(["method", "property"]);
    });

    it("offers packages and files in the strings of imports", async () => {
      expect((await complete(`import x from "mod`)).matches).to.include("modern");
      expect((await complete(`import { x } from "./l`)).matches).to.include("lib");
      expect((await complete(`import fs from "node:f`)).matches).to.satisfy((matches: string[]) =>
        matches.some((match) => match.endsWith("fs")),
      );
    });

    it("offers keys of options and values of unions", async () => {
      await result(`function paint(o: { colour: "red" | "green"; wide?: boolean }): void {}`);
      expect((await complete("paint({ ")).matches).to.include.members(["colour", "wide"]);
      expect((await complete(`paint({ colour: "`)).matches).to.include.members(["red", "green"]);
    });

    it("answers an inspection with signature and description as markdown", async () => {
      await result(`/** Adds one. */\nfunction increment(n: number): number { return n + 1; }`);
      const { reply } = await kernel().request("shell", "inspect_request", {
        code: "increment(4)",
        cursor_pos: 4,
        detail_level: 1,
      });
      const data = reply.data as Record<string, string>;
      expect(data["text/markdown"]).to.contain("function increment(n: number): number").and.contain("Adds one.");
    });

    it("says how an unfinished line goes on", async () => {
      const ask = async (code: string): Promise<JsonObject> =>
        (await kernel().request("shell", "is_complete_request", { code })).reply;
      expect(await ask("for (const x of y) {")).to.deep.equal({ status: "incomplete", indent: "  " });
      expect(await ask("const f = async () => {\n  await g(")).to.deep.include({ status: "incomplete" });
      expect(await ask("let a = ;")).to.deep.equal({ status: "invalid" });
      expect(await ask("")).to.deep.equal({ status: "complete" });
    });
  });

  it("a closure and later cells share a reassigned let, however it is changed", async () => {
    await result(`let shared = 1; const peek = () => shared; const poke = (v: number) => { shared = v; };`);
    await result(`shared = 2`);
    expect(await result(`[peek(), shared]`)).to.equal("[ 2, 2 ]");
    await result(`poke(3); shared++`);
    expect(await result(`[peek(), shared]`)).to.equal("[ 4, 4 ]");
    await result(`({ shared } = { shared: 7 })`);
    expect(await result(`[peek(), shared]`)).to.equal("[ 7, 7 ]");
    await result(`setTimeout(() => poke(9), 5)`);
    await sleep(60);
    expect(await result(`[peek(), shared]`)).to.equal("[ 9, 9 ]");
  });

  it("names that begin with two underscores work in every position", async () => {
    await result(`const __a = 1; let ___b = 2; function __f(): number { return __a + ___b; } class __C {}`);
    expect(await result(`___b = 5; [__a, ___b, __f(), new __C()]`)).to.equal("[ 1, 5, 6, __C {} ]");
  });

  it("all type errors of a cell are shown, each with its code, and nothing runs", async () => {
    const lines = Array.from({ length: 30 }, (_, i) => `const wrong${i}: number = "text ${i}";`);
    const failed = await kernel().execute(`console.log("ran");\n${lines.join("\n")}`);
    const { plain, traceback } = errorOf(failed);
    expect(traceback).to.have.length(30);
    expect(plain).to.contain(`> 31 | const wrong29: number = "text 29";`);
    expect(failed.stdout).to.equal("");
  });
});
