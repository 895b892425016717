import { expect } from "chai";
import { resolve } from "node:path";
import { errorOf } from "./support/kernelClient";
import { withKernel } from "./support/withKernel";

const GPU = JSON.stringify(resolve(__dirname, "../../../node_modules/gpu.js"));

describe("kernel: the text of functions", function () {
  this.timeout(60_000);
  const kernel = withKernel();

  const runs = async (code: string): Promise<string> => {
    const { reply, stdout } = await kernel().execute(code);
    expect(reply.status, JSON.stringify(reply)).to.equal("ok");
    return stdout;
  };
  /** The value of an expression, as JSON carries it. */
  const value = async (expression: string): Promise<unknown> =>
    JSON.parse(await runs(`console.log(JSON.stringify(${expression}))`));

  const TRIPLE = `function triple(n: number): number { let s = 0; for (let i = 0; i < 3; i++) s += n; return s }`;
  const TRIPLE_TEXT = "function triple(n) { let s = 0; for (let i = 0; i < 3; i++)\n    s += n; return s; }";

  it("is what was written, without types", async () => {
    await runs(TRIPLE);
    for (const asText of ["String(triple)", '"" + triple', "`${triple}`", "triple.toString()"]) {
      expect(await value(asText), asText).to.equal(TRIPLE_TEXT);
    }
    expect(await value("Function.prototype.toString.call(triple)")).to.equal(TRIPLE_TEXT);
    expect(await value("triple(2)")).to.equal(6);
  });

  it("of every kind of function has no guard in it", async () => {
    await runs(`const loop = "for"; class Kinds {
        static #count = 0;
        field = (n: number) => { for (;;) { if (n-- < 0) return n; } };
        constructor() { for (const x of [1]) Kinds.#count += x; }
        method(n: number) { while (n > 0) n--; return n; }
        async later() { do { await null; } while (false); return 1; }
        *series() { for (let i = 0; i < 2; i++) yield i; }
        async *laterSeries() { for await (const x of [1]) yield x; }
        get size() { for (const key in this) void key; return 1; }
        set size(n) { for (; n > 0; n--); }
        static make() { for (let i = 0; i < 1; i++) return new Kinds(); }
        static async *all() { while (false) yield 1; }
      }
      const literal = { short(n: number) { while (n > 0) n--; return n; }, get x() { for (;;) return 1; }, async *many() { for (;;) yield 1; }, ["com" + "puted"]() { for (;;) return 2; } };
      const arrow = (n: number) => { while (n > 0) n--; return n; };
      const nested = () => { const inner = function inside() { for (;;) return 3; }; return inner; };
      const make = async () => { for (let i = 0; i < 1; i++) await null; };`);
    const property = (of: string, name: string, kind: string): string =>
      `Object.getOwnPropertyDescriptor(${of}, "${name}")!.${kind}`;
    const functions: Record<string, string> = {
      Kinds: "class Kinds {",
      "new Kinds().field": "(n) => { for (;;) {",
      "Kinds.prototype.method": "method(n) { while (n > 0)",
      "Kinds.prototype.later": "async later() { do {",
      "Kinds.prototype.series": "*series() {",
      "Kinds.prototype.laterSeries": "async *laterSeries() {",
      [property("Kinds.prototype", "size", "get")]: "get size() {",
      [property("Kinds.prototype", "size", "set")]: "set size(n) {",
      "Kinds.make": "make() {",
      "Kinds.all": "async *all() {",
      "literal.short": "short(n) {",
      [property("literal", "x", "get")]: "get x() {",
      "literal.many": "async *many() {",
      "literal.computed": '["com" + "puted"]() {',
      arrow: "(n) => {",
      nested: "() => {",
      "nested()": "function inside() {",
      make: "async () => {",
    };
    for (const [expression, begins] of Object.entries(functions)) {
      const text = String(await value(`String(${expression})`));
      expect(text, expression).to.match(/for|while/);
      expect(text, expression).not.to.match(/receptive/i);
      expect(text.replace(/\s+/g, " ").startsWith(begins), `${expression}: ${text}`).to.equal(true);
    }
  });

  it("names variables of earlier cells and imports as they were written", async () => {
    await runs(`import { basename as base, join } from "node:path"; import path from "node:path"; const scale = 2;
      const own = (p: string) => { for (;;) return base(join(p, path.sep)); };`);
    expect(await value("own('/a/b')")).to.equal("b");
    expect(await value("String(own)")).to.equal("(p) => { for (;;)\n    return base(join(p, path.sep)); }");
    await runs(
      `const outer = async (x: number) => { for (;;) { await import("node:os"); return { scale, twice: triple(x) * scale }; } };`,
    );
    expect(await value("await outer(1)")).to.deep.equal({ scale: 2, twice: 6 });
    expect(String(await value("String(outer)")).replace(/\s+/g, " ")).to.equal(
      `async (x) => { for (;;) { await import("node:os"); return { scale, twice: triple(x) * scale }; } }`,
    );
  });

  it("can be compiled anew: by Function, in a Worker, in another realm", async () => {
    await runs(TRIPLE);
    expect(await value(`new Function("return " + triple)()(2)`)).to.equal(6);
    expect(await value(`(0, eval)("(" + triple + ")")(2)`)).to.equal(6);
    expect(await value(`require("node:vm").runInNewContext("(" + triple + ")(2)")`)).to.equal(6);
    const worker = `new (require("node:worker_threads").Worker)(
      \`require("node:worker_threads").parentPort.postMessage((\${triple})(2))\`, { eval: true }).once("message", done).once("error", done)`;
    expect(await value(`await new Promise((done) => ${worker})`)).to.equal(6);
  });

  it("of GPU.js kernels and their functions is what GPU.js can read", async () => {
    await runs(`const { GPU } = require(${GPU}); ${TRIPLE}
      const run = (kernel: any, ...given: unknown[]): number[] => Array.from(kernel(...given));`);
    const read = `function (a: number[]) { return triple(a[this.thread.x]) }`;
    const gpu = `new GPU({ mode: "cpu" })`;
    expect(
      await value(`run(${gpu}.createKernel(${read}).setFunctions([triple]).setOutput([2]), [1, 2])`),
    ).to.deep.equal([3, 6]);
    await runs(`const gpu = ${gpu}; gpu.addFunction(triple);`);
    expect(await value(`run(gpu.createKernel(${read}).setOutput([2]), [1, 2])`)).to.deep.equal([3, 6]);
    // A kernel with a loop, with and without this.thread.
    const sums = `function (a: number[]) { let s = 0; for (let i = 0; i < 2; i++) { s += a[i]; } return s + this.thread.x; }`;
    expect(await value(`run(${gpu}.createKernel(${sums}).setOutput([2]), [1, 2])`)).to.deep.equal([3, 4]);
    const same = sums.replace(" + this.thread.x", "");
    expect(await value(`run(${gpu}.createKernel(${same}).setOutput([2]), [1, 2])`)).to.deep.equal([3, 3]);
  });

  it("of other functions is Node's own", async () => {
    expect(await value("String(Math.max)")).to.equal("function max() { [native code] }");
    expect(await value("Function.prototype.toString.toString()")).to.equal("function toString() { [native code] }");
    expect(await value("[Function.prototype.toString.name, Function.prototype.toString.length]")).to.deep.equal([
      "toString",
      0,
    ]);
    expect(await value("String(class A {})")).to.equal("class A {\n}");
    expect(errorOf(await kernel().execute(`Function.prototype.toString.call({} as any)`)).plain).to.contain(
      "TypeError: Function.prototype.toString requires that 'this' be a Function",
    );
  });

  it("leaves the lines of errors and the places of loops as they are", async () => {
    const failing = await kernel().execute(
      `function third(n: number) {\n  for (;;) {\n    if (n > 2) throw new Error("three");\n    n++;\n  }\n}\nthird(0)`,
    );
    expect(errorOf(failing).plain).to.match(/at third \(cell\[\d+\]\.ts:3:22\)/);
  });
});
