import { expect } from "chai";
import { errorOf, KernelClient, sleep, typesOf, type Answer } from "./support/kernelClient";
// Ends kernels that a failing test leaves behind.
import "./support/withKernel";

describe("kernel: execute", function () {
  this.timeout(60_000);
  let kernel: KernelClient;
  before(async () => {
    kernel = await KernelClient.start();
  });
  after(() => kernel.stop());

  const run = (code: string, options = {}): Promise<Answer> => kernel.execute(code, options);

  describe("messages", () => {
    it("come in order, all with the request as parent: busy, input, prints, result, idle", async () => {
      const { all, reply } = await run(`console.log("a"); console.error("b"); 6 * 7`);
      expect(typesOf(all)).to.deep.equal(["status", "execute_input", "stream", "stream", "execute_result", "status"]);
      expect(all[0]?.content).to.deep.equal({ execution_state: "busy" });
      expect(all[2]?.content).to.deep.equal({ name: "stdout", text: "a\n" });
      expect(all[3]?.content).to.deep.equal({ name: "stderr", text: "b\n" });
      expect(all[5]?.content).to.deep.equal({ execution_state: "idle" });
      const count = reply.execution_count;
      expect(all[1]?.content).to.deep.include({ execution_count: count });
      expect(all[4]?.content).to.deep.include({ data: { "text/plain": "42" }, execution_count: count });
      expect(reply).to.deep.include({ status: "ok", user_expressions: {} });
    });

    it("give no result for undefined, null, a statement or an empty cell", async () => {
      for (const code of ["undefined", "null", "const quiet = 1", "", "// only a comment"]) {
        const { reply, outputs } = await run(code);
        expect(reply.status, code).to.equal("ok");
        expect(outputs, code).to.have.length(0);
      }
    });

    it("lose nothing of 20,000 lines, and the result comes after the last", async () => {
      const { stdout, outputs, milliseconds } = await run(
        `for (let line = 0; line < 20_000; line++) console.log("line " + line); "end"`,
      );
      const expected = Array.from({ length: 20_000 }, (_, i) => `line ${i}\n`).join("");
      expect(stdout === expected, `${stdout.length} of ${expected.length} characters`).to.equal(true);
      expect(outputs.length).to.be.lessThan(200);
      expect(outputs.at(-1)?.header.msg_type).to.equal("execute_result");
      expect(milliseconds).to.be.lessThan(10_000);
    });

    it("show what a cell has printed while it still computes", async () => {
      const { id, answer } = await kernel.start(
        `console.log("first"); const until = Date.now() + 1500; while (Date.now() < until); console.log("last")`,
      );
      await kernel.printed(id, "first");
      expect(kernel.of(id).some((m) => String(m.content.text).includes("last"))).to.equal(false);
      expect((await answer).stdout).to.equal("first\nlast\n");
    });

    it("carry text that was written in pieces and as bytes", async () => {
      const { stdout } = await run(
        `process.stdout.write("a"); process.stdout.write(Buffer.from("bü").subarray(0, 2)); process.stdout.write(Buffer.from("bü").subarray(2)); 0`,
      );
      expect(stdout).to.equal("abü");
    });

    it("of a timer go to the cell that set it, also when another cell runs", async () => {
      const first = await kernel.start(`setTimeout(() => console.log("late"), 150); 1`);
      await first.answer;
      const second = await run(`await new Promise((r) => setTimeout(r, 400)); console.log("mine")`);
      expect(second.stdout).to.equal("mine\n");
      expect(kernel.of(first.id).some((m) => m.content.text === "late\n")).to.equal(true);
    });

    it("are quiet for a silent request, which is not counted", async () => {
      const before = Number((await run("1")).reply.execution_count);
      const { outputs, all, reply } = await run("5", { silent: true });
      expect(typesOf(all)).to.deep.equal(["status", "status"]);
      expect(outputs).to.have.length(0);
      expect(reply).to.deep.include({ status: "ok", execution_count: before });
      expect((await run("1", { store_history: false })).reply.execution_count).to.equal(before);
      expect((await run("1")).reply.execution_count).to.equal(before + 1);
    });

    it("answer user_expressions, good and bad", async () => {
      const { reply } = await run("const width = 20", { user_expressions: { a: "width * 2", b: "nope" } });
      const expressions = reply.user_expressions as Record<string, Record<string, unknown>>;
      expect(expressions.a).to.deep.include({ status: "ok", data: { "text/plain": "40" } });
      expect(expressions.b).to.deep.include({ status: "error", ename: "TypeScriptError" });
    });
  });

  describe("variables", () => {
    it("are seen by later cells and can be declared again with another type", async () => {
      await run(
        `const size = 3; let label = "a"; class Box { width = 1; } enum Colour { Red } type Pair = [number, number];`,
      );
      expect((await run(`[size, label, new Box().width, Colour.Red] as const`)).result).to.equal("[ 3, 'a', 1, 0 ]");
      expect((await run(`const size = "now text"; size.toUpperCase()`)).result).to.equal("'NOW TEXT'");
      expect((await run(`const pair: Pair = [1, 2]; pair`)).result).to.equal("[ 1, 2 ]");
    });

    it("are one variable for a closure and for later cells", async () => {
      await run(`let tally = 0; const read = () => tally; const add = () => { tally++; };`);
      expect((await run(`tally = 5; add(); [read(), tally]`)).result).to.equal("[ 6, 6 ]");
      await run(`let tally = "new"`);
      expect((await run(`add(); [read(), tally]`)).result).to.equal("[ 7, 'new' ]");
    });

    it("work in shorthand, destructuring and with leading underscores", async () => {
      await run(`const k = 3; const __under = 4; const { p, q: [r] } = { p: 1, q: [2] };`);
      expect((await run(`({ k, __under, p, r })`)).result).to.equal("{ k: 3, __under: 4, p: 1, r: 2 }");
      expect((await run(`{ const k = 9; console.log({ k }); }`)).stdout).to.equal("{ k: 9 }\n");
    });

    it("may be exported, as in code copied from a module", async () => {
      await run(
        `export const exported = 1;\nexport function twice(x: number) { return 2 * x; }\nexport type T = number;`,
      );
      expect((await run(`const typed: T = twice(exported); typed`)).result).to.equal("2");
    });

    it("of a failed cell are kept as far as it came; later ones stay what they were", async () => {
      await run(`const early = "old"; let late = "old"; const fixed = "old";`);
      const failed = await run(
        `const early = 1; let count = 2; function helper() { return early + count; }\nthrow new Error("stop");\nlet late = 3; const fixed = 4; const unborn = 5;`,
      );
      expect(failed.reply.status).to.equal("error");
      expect((await run(`[early, count, helper(), late.length, fixed.toUpperCase()]`)).result).to.equal(
        "[ 1, 2, 3, 3, 'OLD' ]",
      );
      expect(errorOf(await run("unborn")).evalue).to.contain("Cannot find name 'unborn'");
    });

    it("are unchanged by a cell that does not compile", async () => {
      await run(`let steady = 1`);
      expect(errorOf(await run(`steady = 2; steady.nope()`)).ename).to.equal("TypeScriptError");
      expect((await run("steady")).result).to.equal("1");
    });
  });

  describe("top-level await", () => {
    it("works with await, for await and a rejected promise", async () => {
      expect((await run(`const answer = await Promise.resolve(42); answer`)).result).to.equal("42");
      expect((await run(`for await (const x of [Promise.resolve(7)]) console.log(x)`)).stdout).to.equal("7\n");
      const failed = await run(`\nawait Promise.reject(new RangeError("no"))`);
      expect(errorOf(failed)).to.deep.include({ ename: "RangeError", evalue: "no" });
    });

    it("does not await a promise nobody awaits, and shows it as one", async () => {
      expect((await run(`Promise.resolve(1)`)).result).to.equal("Promise { 1 }");
      const { stdout } = await run(`console.log(Promise.resolve(1))`);
      expect(stdout).to.match(/^Note: line 1 prints a promise.*\nPromise \{ 1 \}\n$/);
    });

    it("lets other requests be answered while a cell awaits", async () => {
      const { id, answer } = await kernel.start(
        `console.log("go"); await new Promise((r) => setTimeout(r, 600)); "done"`,
      );
      await kernel.printed(id, "go");
      const { reply } = await kernel.request("shell", "complete_request", { code: "Math.ma", cursor_pos: 7 });
      expect(reply.matches).to.include("max");
      expect(kernel.of(id).at(-1)?.content.execution_state).to.not.equal("idle");
      expect((await answer).result).to.equal("'done'");
    });
  });

  describe("errors", () => {
    it("of types name each place with its line, and the code is not run", async () => {
      const failed = await run(`console.log("ran");\nconst n: number = "text";\nlet m = 1;\nm.foo();`);
      expect(failed.stdout + failed.stderr).to.equal("");
      const { ename, evalue, plain } = errorOf(failed);
      expect(ename).to.equal("TypeScriptError");
      expect(evalue).to.equal("Type 'string' is not assignable to type 'number'.");
      expect(plain).to.contain("> 2 | const n: number").and.contain("^");
      expect(plain).to.match(/cell\[\d+\]\.ts:2:7/);
      expect(plain).to.contain("Property 'foo' does not exist on type 'number'.").and.contain("> 4 | m.foo();");
      expect(failed.reply).to.deep.include({ status: "error", ename: "TypeScriptError" });
    });

    it("of syntax are SyntaxErrors", async () => {
      expect(errorOf(await run("const = 3")).ename).to.equal("SyntaxError");
      expect(errorOf(await run("if (")).ename).to.equal("SyntaxError");
    });

    it("have a traceback in lines of TypeScript and no frames of the kernel or Node", async () => {
      const code = `interface Shape {\n  width: number;\n}\n\nfunction area(s: Shape): number {\n  throw new RangeError("bad " + s.width);\n}\narea({ width: 3 });`;
      const failed = await run(code);
      const { plain } = errorOf(failed);
      const cell = `cell\\[${String(failed.reply.execution_count)}\\]\\.ts`;
      expect(plain).to.match(
        new RegExp(`^RangeError: bad 3\\n {4}at area \\(${cell}:6:9\\)\\n[^]*\\n {4}at ${cell}:8:1$`),
      );
      expect(plain).to.contain(
        `  5 | function area(s: Shape): number {\n> 6 |   throw new RangeError("bad " + s.width);\n    |         ^\n  7 | }\n`,
      );
      const again = errorOf(await run(`\n\narea({ width: 4 })`)).plain;
      expect(again)
        .to.match(/cell\[\d+\]\.ts:6:9/)
        .and.match(/cell\[\d+\]\.ts:3:\d/);
    });

    it("show the right line in error.stack as a cell reads it", async () => {
      const { result } = await run(`type Long = {\n  a: string;\n};\nnew Error("here").stack!.split("\\n")[1]`);
      expect(result).to.match(/cell\[\d+\]\.ts:4:1/);
    });

    it("show their cause and their own fields", async () => {
      const { plain } = errorOf(
        await run(`throw Object.assign(new Error("outer", { cause: new TypeError("inner") }), { code: "E1" })`),
      );
      expect(plain).to.contain("Error: outer").and.contain("code: 'E1'").and.contain("TypeError: inner");
    });

    it("of endless recursion stay short", async () => {
      const { ename, plain } = errorOf(await run(`function deep(): void { deep(); }\ndeep();`));
      expect(ename).to.equal("RangeError");
      expect(plain.split("\n").length).to.be.lessThan(30);
    });

    it("may be any value, even one that cannot be read", async () => {
      for (const [thrown, evalue] of [
        [`"text"`, "'text'"],
        ["null", "null"],
        ["undefined", "undefined"],
        ["{ a: 1 }", "{ a: 1 }"],
      ] as const) {
        expect(errorOf(await run(`throw ${thrown}`)).evalue, thrown).to.equal(evalue);
      }
      const hostile = `class Hostile extends Error { get message(): string { throw new Error("no"); } }\nthrow new Hostile()`;
      expect((await run(hostile)).reply.status).to.equal("error");
      const proxy = `throw new Proxy({}, { get() { throw 1; }, ownKeys() { throw 2; }, getPrototypeOf() { throw 3; } })`;
      expect((await run(proxy)).reply.status).to.equal("error");
      expect((await run("1 + 1")).result).to.equal("2");
    });

    it("in the background are reported on stderr of their cell and end nothing", async () => {
      const timer = await run(
        `setTimeout(() => { throw new Error("late"); }, 5); await new Promise((r) => setTimeout(r, 60))`,
      );
      expect(timer.stderr).to.contain("Uncaught").and.contain("late");
      const promise = await run(`Promise.reject(new Error("lost")); await new Promise((r) => setTimeout(r, 60))`);
      expect(promise.stderr).to.contain("Uncaught").and.contain("lost");
      const exit = errorOf(await run("process.exit(3)"));
      expect(exit.evalue).to.contain("Kernel > Restart");
      expect((await run("1 + 1")).result).to.equal("2");
    });
  });

  describe("stop_on_error", () => {
    const cells = [`throw new Error("first")`, `console.log("second")`, `console.log("third")`];

    it("aborts what was already sent, and nothing after it", async () => {
      const sent = [];
      for (const code of cells) sent.push(await kernel.start(code));
      const answers = await Promise.all(sent.map(({ answer }) => answer));
      expect(answers.map(({ reply }) => reply.status)).to.deep.equal(["error", "aborted", "aborted"]);
      expect(answers[1]?.outputs).to.have.length(0);
      expect((await run(`console.log("at once")`)).stdout).to.equal("at once\n");
    });

    it("aborts what was sent during a cell that blocks before it fails", async () => {
      const first = await kernel.start(
        `const end = Date.now() + 400; while (Date.now() < end); throw new Error("late")`,
      );
      await sleep(100);
      const second = await kernel.start(`1`);
      expect((await first.answer).reply.status).to.equal("error");
      expect((await second.answer).reply.status).to.equal("aborted");
    });

    it("set to false lets the following cells run", async () => {
      const sent = [];
      for (const code of cells) sent.push(await kernel.start(code, { stop_on_error: false }));
      const answers = await Promise.all(sent.map(({ answer }) => answer));
      expect(answers.map(({ reply }) => reply.status)).to.deep.equal(["error", "ok", "ok"]);
      expect(answers[2]?.stdout).to.equal("third\n");
    });
  });

  describe("MIME bundles", () => {
    it("are chosen by a value's own display method, at once or later", async () => {
      const bundle = `{ "text/html": "<b>x</b>", "application/vnd.receptive.v1+json": { view: "images", n: [1] }, "text/plain": "x" }`;
      for (const method of [`() => (${bundle})`, `async () => (${bundle})`]) {
        const { outputs } = await run(`({ [Symbol.for("Jupyter.display")]: ${method} })`);
        expect(outputs).to.have.length(1);
        expect(outputs[0]?.content.data).to.deep.equal({
          "text/html": "<b>x</b>",
          "application/vnd.receptive.v1+json": { view: "images", n: [1] },
          "text/plain": "x",
        });
      }
    });

    it("carry bytes as base64", async () => {
      const { outputs } = await run(
        `({ [Symbol.for("Jupyter.display")]: () => ({ "image/png": new Uint8Array([1, 2, 3]) }) })`,
      );
      expect(outputs[0]?.content.data).to.deep.include({ "image/png": "AQID" });
    });

    it("fall back to text if the display method fails in any way", async () => {
      for (const method of [
        `() => { throw new Error("no pixels"); }`,
        `async () => { throw new Error("no pixels"); }`,
        `() => 5`,
        `() => { const c: any = {}; c.c = c; return { "application/json": c }; }`,
      ]) {
        const { outputs, stderr, reply } = await run(
          `const net = new (class Net {})() as any; net[Symbol.for("Jupyter.display")] = ${method};\nnet`,
        );
        expect(reply.status, method).to.equal("ok");
        expect(stderr, method).to.contain("The display of Net failed");
        expect(outputs.at(-1)?.header.msg_type, method).to.equal("execute_result");
      }
    });

    it("are the cell's work where they say so: it fails with their error", async () => {
      const { stderr, reply, outputs } = await run(
        `import { nn, rand, show } from "receptive";
class Broken extends nn.Module {
  forward(): never {
    throw new RangeError("no such layer");
  }
}
show.featureMaps(new Broken(), rand([1, 1, 4, 4]))`,
      );
      expect(stderr).to.equal("");
      expect(reply).to.include({ status: "error", ename: "RangeError", evalue: "no such layer" });
      expect(outputs.map((m) => m.header.msg_type)).to.deep.equal(["error"]);
      expect(String(outputs[0]?.content.traceback)).to.contain("cell[");
    });

    it("of display() are shown and updated in place, in order", async () => {
      const { outputs } = await run(
        `const slow = { [Symbol.for("Jupyter.display")]: async () => { await new Promise((r) => setTimeout(r, 30)); return { "text/plain": "slow" }; } };
         const shown = display(slow); shown.update("now");`,
      );
      expect(typesOf(outputs)).to.deep.equal(["display_data", "update_display_data"]);
      expect(outputs.map((m) => m.content.data)).to.deep.equal([{ "text/plain": "slow" }, { "text/plain": "'now'" }]);
      const ids = outputs.map((m) => (m.content.transient as Record<string, string>).display_id);
      expect(ids[0]).to.equal(ids[1]).and.be.a("string");
    });

    it("work through tslab's own display", async () => {
      const { outputs, reply } = await run(
        `import * as tslab from "tslab"; tslab.display.html("<i>i</i>"); const d = tslab.newDisplay(); d.text("1"); d.text("2");`,
      );
      expect(reply.status).to.equal("ok");
      expect(typesOf(outputs)).to.deep.equal(["display_data", "display_data", "update_display_data"]);
      expect(outputs[0]?.content.data).to.deep.equal({ "text/html": "<i>i</i>", "text/plain": "i" });
    });

    it("always have a text, as IPython's have: nbgrader reads it", async () => {
      const own = (bundle: string): string => `({ [Symbol.for("Jupyter.display")]() { return ${bundle} } })`;
      const texts = async (code: string): Promise<unknown[]> =>
        (await run(code)).outputs.map((m) => (m.content.data as Record<string, unknown>)["text/plain"]);
      const [plain] = await texts(own(`{ "text/html": "<b>1</b>" }`));
      expect(plain).to.match(/^\{ \[Symbol\(Jupyter.display\)\]/);
      const named = `class Own { n = 1; [Symbol.for("Jupyter.display")]() { return { "image/svg+xml": "<svg/>" } } }`;
      expect(await texts(`${named}; new Own()`)).to.deep.equal(["Own { n: 1 }"]);
      expect(await texts(`display(new Own()); display(new Own(), { id: "o" }).update(new Own())`)).to.deep.equal(
        Array(3).fill("Own { n: 1 }"),
      );
      expect(await texts(own(`{}`))).to.have.length(1);
      expect(await texts(own(`Promise.resolve({ "text/html": "<b>1</b>" })`))).to.have.length(1);
      const raw = (bundle: string): string => `globalThis[Symbol.for("receptive.notebook")].display(${bundle})`;
      expect(await texts(raw(`{ "text/html": "<b>1</b> and" }`))).to.deep.equal(["1 and"]);
      expect(await texts(raw(`{ "text/markdown": "*1*" }`))).to.deep.equal(["*1*"]);
      expect(await texts(raw(`{ "image/png": "iVBORw0KGgo=" }`))).to.deep.equal(["[image/png]"]);
      for (const call of [`html("<hr>")`, `markdown("")`, `latex("$x$")`, `svg("<svg/>")`, `json([1])`]) {
        expect((await texts(`display.${call}`))[0], call).to.be.a("string");
      }
    });

    it("have strings where a notebook's file must have them", async () => {
      const own = (bundle: string): string => `({ [Symbol.for("Jupyter.display")]() { return ${bundle} } })`;
      const { outputs } = await run(own(`{ "text/plain": 5, "text/html": ["<b>", "x</b>"], "text/latex": null }`));
      expect(outputs[0]?.content.data).to.deep.equal({ "text/plain": "5", "text/html": "<b>x</b>" });
      const bad = await run(own(`{ "text/html": { a: 1 } }`));
      expect(bad.stderr).to.contain('"text/html" must be a string or bytes, got Object');
      expect(bad.result).to.be.a("string");
    });

    it("stay short for large values", async () => {
      const { result = "" } = await run(`Array.from({ length: 100_000 }, (_, i) => i)`);
      expect(result).to.contain("99900 more items");
      expect(result.length).to.be.lessThan(5000);
    });
  });
});
